"""From specs to Keras: layers, starting weights, optimizers."""

import keras
import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.engine.build import build_model, make_optimizer
from digitlab.specs import ACTIVATIONS, OPTIMIZERS, PRESETS, HiddenLayer, NetworkSpec, TrainSpec

CLASSES = {
    "sgd": keras.optimizers.SGD,
    "momentum": keras.optimizers.SGD,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_with_its_learning_rate(name: str) -> None:
    optimizer = make_optimizer(TrainSpec(optimizer=name, learning_rate=0.25))
    assert type(optimizer) is CLASSES[name]
    assert float(optimizer.learning_rate) == 0.25
    assert getattr(optimizer, "momentum", 0.0) == (0.9 if name == "momentum" else 0.0)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_usual_learning_rates_are_those_of_keras(name: str) -> None:
    assert float(CLASSES[name]().learning_rate) == pytest.approx(OPTIMIZERS[name])


@pytest.mark.parametrize("name", PRESETS)
def test_outputs_are_ten_probabilities(name: str, mnist: Dataset) -> None:
    network = PRESETS[name].network
    x = mnist.x_test[:10].reshape(10, *network.input_shape).astype("float32") / 255
    probabilities = np.asarray(build_model(network)(x))  # (10, 10)
    assert probabilities.shape == (10, 10)
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_same_seed_same_weights_as_plain_keras(activation: str) -> None:
    keras.utils.set_random_seed(7)
    ours = build_model(NetworkSpec((HiddenLayer(5, activation), HiddenLayer(4, "relu"))))
    keras.utils.set_random_seed(7)
    plain = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(5, activation=activation),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    assert [layer.get_config()["activation"] for layer in ours.layers] == [
        layer.get_config()["activation"] for layer in plain.layers
    ]
    for mine, theirs in zip(ours.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_convolutions_come_first_and_are_pooled() -> None:
    network = NetworkSpec((HiddenLayer(6, "tanh"),), convolutions=(3, 2))
    first, pooling, *_ = build_model(network).layers
    config = first.get_config()
    assert (config["filters"], config["kernel_size"], config["activation"]) == (3, (3, 3), "relu")
    assert config["padding"] == "valid"
    assert pooling.get_config()["pool_size"] == (2, 2)
