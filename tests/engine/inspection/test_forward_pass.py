"""The outputs of each layer, against plain Keras."""

import keras
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, softmax

from digitlab.architecture.stack import stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.engine.inspection.forward_pass import features, forward
from digitlab.preprocess.arrays import network_input
from tests.random_networks import NAMES, RandomNetwork


def network_inputs(example: RandomNetwork, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Images as the Keras model takes them."""
    return network_input(
        images, stack_of(example.network.architecture), example.network.preprocessing
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_layer_makes_what_keras_makes_of_a_picture(
    networks: dict[str, RandomNetwork], small: Dataset, name: str
) -> None:
    example, image = networks[name], small.x_test[3]
    forward_pass = forward(example.network, image)
    x = network_inputs(example, image[None])
    for layer, keras_layer in zip(forward_pass.layers, example.model.layers, strict=True):
        x = keras_layer(x, training=False)
        np.testing.assert_allclose(layer.outputs, np.asarray(x)[0], rtol=1e-4, atol=1e-5)
    answer = probabilities(example.network, image[None])[0]
    sigmoids = expit(forward_pass.logits) / expit(forward_pass.logits).sum()
    expected = sigmoids if name == "sigmoid" else softmax(forward_pass.logits)
    np.testing.assert_allclose(expected, answer, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_features_are_what_the_last_layer_gets(
    networks: dict[str, RandomNetwork], small: Dataset, name: str
) -> None:
    example = networks[name]
    images = small.x_test[:7]
    if name == "no hidden layer":
        kernel, bias = example.model.get_weights()
        expected = network_inputs(example, images) @ kernel + bias
    else:
        last = next(layer for layer in reversed(example.model.layers) if layer.get_weights())
        before = keras.Model(example.model.inputs[0], last.input)
        expected = np.asarray(before(network_inputs(example, images), training=False)).reshape(
            7, -1
        )
    np.testing.assert_allclose(features(example.network, images), expected, rtol=1e-4, atol=1e-5)
