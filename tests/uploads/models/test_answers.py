"""A file that plain Keras saved gives the answers that plain Keras gives."""

from typing import Any

import keras
import numpy as np
import pytest

from digitlab.architecture.layers import ACTIVATIONS
from digitlab.data.mnist import Dataset
from digitlab.engine import inference
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import cleaned, cross_entropy
from digitlab.wording.problems.uploads import output_notes
from tests.uploads.models.making import saved

layers = keras.layers


def flat() -> list[Any]:
    return [
        keras.Input((784,)),
        layers.Dense(9, activation="tanh", use_bias=False, kernel_regularizer="l2"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ]


def pictures() -> list[Any]:
    return [
        keras.Input((28, 28), batch_size=4),
        layers.Flatten(),
        layers.Dense(8),
        layers.Activation("relu"),
        layers.Dense(7, activation=keras.activations.gelu),
        layers.Dense(10),
    ]


def rows() -> list[Any]:
    """A dense layer that takes each row of the picture for itself."""
    return [
        keras.Input((28, 28)),
        layers.Dense(3, activation="sigmoid"),
        layers.Flatten(),
        layers.Dense(10),
        layers.Activation("softmax"),
    ]


def convolutions() -> list[Any]:
    return [
        keras.Input((28, 28, 1)),
        layers.Conv2D(4, (5, 3), strides=(2, 1), padding="same", activation="relu"),
        layers.AveragePooling2D((3, 2), strides=2, padding="same"),
        layers.Conv2D(5, 2, use_bias=False),
        layers.Dropout(0.2),
        layers.Conv2D(6, 3, padding="same", activation="elu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]


def down_to_ten() -> list[Any]:
    """Ends in a convolution of ten filters with softmax, flattened."""
    return [
        keras.Input((28, 28, 1)),
        layers.MaxPooling2D((4, 4), padding="same"),
        layers.Conv2D(10, 7, activation="softmax"),
        layers.Flatten(),
    ]


def set_random_weights(model: keras.Sequential, deviation: float) -> None:
    """Biases too: Keras starts them at zero, where one that is lost would not be missed."""
    draw = np.random.default_rng(4).normal
    model.set_weights([draw(0, deviation, array.shape) for array in model.get_weights()])


@pytest.fixture(scope="module", params=[flat, pictures, rows, convolutions, down_to_ten])
def model(request: pytest.FixtureRequest) -> keras.Sequential:
    model = keras.Sequential(request.param())
    set_random_weights(model, 0.3)
    model.compile("adam", "categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    return model


def test_probabilities_are_those_of_keras(model: keras.Sequential, mnist: Dataset) -> None:
    network = read_network(saved(model))
    images = mnist.x_test[:300]
    x = images.reshape(300, *model.input_shape[1:]).astype("float32") / 255
    expected = np.asarray(model(x, training=False))
    if network.architecture.gives_logits:
        expected = np.asarray(keras.ops.softmax(expected))
    answers = inference.probabilities(network, images)
    np.testing.assert_allclose(answers, expected, atol=1e-6)
    assert answers.std() > 0.01  # it tells digits apart, so that a lost layer would be noticed


def test_arithmetic_is_that_of_keras(model: keras.Sequential) -> None:
    stack = read_network(saved(model)).architecture
    assert stack.parameters == model.count_params()
    assert stack.input_shape == model.input_shape[1:]
    assert list(stack.shapes[1:]) == [layer.output.shape[1:] for layer in model.layers]
    assert [list(map(tuple, shapes)) for shapes in stack.weight_shapes] == [
        [tuple(weight.shape) for weight in layer.weights] for layer in model.layers
    ]


def test_every_known_activation_is_that_of_keras(mnist: Dataset) -> None:
    stack = [keras.Input((784,))]
    stack += [layers.Dense(5, activation=name) for name in ACTIVATIONS]
    model = keras.Sequential([*stack, layers.Dense(10, activation="softmax")])
    set_random_weights(model, 1)
    network = read_network(saved(model))
    answers = inference.probabilities(network, mnist.x_test[:20])
    x = mnist.x_test[:20].reshape(20, 784).astype("float32") / 255
    np.testing.assert_allclose(answers, np.asarray(model(x)), atol=1e-6)


def test_work_counts_multiplications() -> None:
    model = keras.Sequential([*convolutions()[:2], layers.Flatten(), layers.Dense(10)])
    stack = read_network(saved(model)).architecture
    assert stack.multiply_adds == 14 * 28 * 4 * (5 * 3 * 1) + 14 * 28 * 4 * 10


def test_loss_is_the_cross_entropy_of_keras() -> None:
    generator = np.random.default_rng(1)
    answers = generator.dirichlet([0.05] * 10, 500).astype("float32")  # some shares are 0
    labels = generator.integers(0, 10, 500).astype("uint8")
    targets = keras.utils.to_categorical(labels, 10)
    expected = np.mean(keras.losses.categorical_crossentropy(targets, answers))
    assert (answers[np.arange(500), labels] < 1e-7).any()
    assert cross_entropy(answers, labels) == pytest.approx(expected, rel=1e-5)


def test_notes_say_what_the_visitor_should_know(dense_file: bytes) -> None:
    network = read_network(dense_file)
    assert output_notes(network.architecture) == ()
    logits = read_network(saved(keras.Sequential(pictures())))
    (softmax,) = output_notes(logits.architecture)
    assert "softmax" in softmax


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("my net.keras", "my net.keras"),
        ("C:\\Users\\me\\net.keras", "net.keras"),
        ("../../net.keras", "net.keras"),
        ("a\u202eb\n\x00.keras", "a b .keras"),
        ("x" * 200, "x" * 39 + "…"),
        ("x" * 38 + "👩\u200d🔬.keras", "x" * 38 + "…"),  # an emoji is not cut through
        ("👩\u200d🔬 ❤\ufe0f 🇩🇪 1\ufe0f\u20e3.keras", "👩\u200d🔬 ❤\ufe0f 🇩🇪 1\ufe0f\u20e3.keras"),
    ],
)
def test_names_are_cleaned(name: str, expected: str) -> None:
    assert cleaned(name) == expected
