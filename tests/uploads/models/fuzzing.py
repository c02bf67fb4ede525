"""Random networks as strangers may bring them, asked all that the lab asks; against plain Keras.

    python -m tests.uploads.models.fuzzing FIRST_SEED COUNT

In a process of its own: what a library writes past its memory ends it.
"""

import os

if __name__ == "__main__":
    # The faults of oneDNN show on every processor; without this only on those with AVX-512.
    os.environ |= {"TF_ENABLE_ONEDNN_OPTS": "1", "TF_NUM_INTRAOP_THREADS": "1"}

import sys
from collections.abc import Callable
from dataclasses import asdict
from random import Random

import keras
import numpy as np
import tensorflow as tf

from digitlab.architecture import layers
from digitlab.architecture.errors import UploadError
from digitlab.architecture.stack import INPUT_SHAPES, LayerStack
from digitlab.compute.tasks import distorted_accuracy
from digitlab.data.mnist import load_mnist
from digitlab.engine import inference
from digitlab.engine.inspection import attribution, forward_pass, neighbours, pca, tsne
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel
from tests.uploads.models.making import saved
from tests.uploads.models.older import in_hdf5
from tests.uploads.models.random_weights import arrays_of, with_random_weights

_DIGITS = 40


def some_stack(random: Random) -> LayerStack:
    """A network within the lab's limits."""
    while True:
        shape = random.choice([*INPUT_SHAPES, (28, 28, 1), (28, 28, 1)])
        body = [_some_layer(random, shape) for _ in range(random.randint(0, 4))]
        bend = random.choice(["softmax", "linear", "sigmoid"])
        end = [layers.Flatten(), layers.Dense(10, bend, True)]
        try:
            stack = LayerStack(shape, (*body, *end))
        except (UploadError, IndexError, ValueError):  # the layers don't fit, or are too much
            continue
        if stack.multiply_adds < 1_000_000:
            return stack


def _some_layer(random: Random, shape: tuple[int, ...]) -> layers.Layer:
    # Small windows with large strides are what nobody builds, and what breaks.
    sides = random.choices((1, 1, 2, 3, 5), k=4)
    window, strides = (sides[0], sides[1]), (sides[2], sides[3])
    padding, bend = random.choice(("valid", "same")), random.choice(layers.ACTIVATIONS)
    kinds = [
        layers.Dense(random.randint(1, 8), bend, random.random() < 0.7),
        layers.Dropout(),
        layers.GaussianNoise(),
        layers.Activation(bend),
        _some_scaling(random),
        _some_bending(random),
    ]
    if random.random() < 0.1:
        kinds.append(layers.Reshape(random.choice([(784,), (28, 28, 1), (14, -1, 2), (-1,)])))
    if len(shape) == 3:
        kinds += 3 * [
            layers.Conv2D(random.randint(1, 6), window, strides, padding, bend, True),
            layers.MaxPooling2D(window, strides, padding),
            layers.AveragePooling2D(window, strides, padding),
            layers.DepthwiseConv2D(
                window, strides[:1] * 2, padding, random.randint(1, 3), bend, random.random() < 0.7
            ),
            layers.SeparableConv2D(
                random.randint(1, 6), window, strides[:1] * 2, padding, random.randint(1, 3), bend
            ),
        ]
        kinds += [
            layers.ZeroPadding2D(((sides[0], 0), (1, sides[1]))),
            layers.GlobalAveragePooling2D(random.random() < 0.5),
            layers.GlobalMaxPooling2D(random.random() < 0.5),
            layers.RandomRotation(),
        ]
    return random.choice(kinds)


def _some_scaling(random: Random) -> layers.Layer:
    return random.choice(
        [
            layers.BatchNormalization(-1, 0.01, random.random() < 0.5, random.random() < 0.5),
            layers.Rescaling(random.uniform(-2, 2), random.uniform(-1, 1)),
            layers.Normalization(random.choice([-1, None])),
            layers.Normalization(-1, random.uniform(-1, 1), random.uniform(0, 2)),
        ]
    )


def _some_bending(random: Random) -> layers.Layer:
    return random.choice(
        [
            layers.ReLU(random.choice([None, 1.5]), random.choice([0.0, 0.3]), random.random()),
            layers.LeakyReLU(random.random()),
            layers.ELU(random.random()),
            layers.Softmax(),
        ]
    )


_OTHER_ARGUMENTS: dict[type, dict[str, float]] = {
    layers.Dropout: {"rate": 0.5},
    layers.GaussianNoise: {"stddev": 0.5},
    layers.RandomRotation: {"factor": 0.2},
}
"""Of layers that act in training only."""


def in_keras(stack: LayerStack) -> keras.Sequential:
    """The same network, built by Keras."""
    built = [
        getattr(keras.layers, type(layer).__name__)(
            **asdict(layer), **_OTHER_ARGUMENTS.get(type(layer), {})
        )
        for layer in stack.layers
    ]
    return keras.Sequential([keras.Input(stack.input_shape), *built])


def ask_everything(stack: LayerStack, seed: int, again: int = 1) -> None:
    """Every question, with Keras's own numbers wherever Keras has the same question.

    The gradient is asked several times if need be.
    """
    data, model = load_mnist(), in_keras(stack)
    with_random_weights(model, seed, 0.4)
    network = ParsedModel(stack, arrays_of(model))
    comes_back(network, model)
    images = data.x_test[:_DIGITS]
    x = tf.constant(images.reshape(_DIGITS, *stack.input_shape).astype("float32") / 255)

    outputs = model(x, training=False)
    expected = keras.ops.softmax(outputs) if stack.gives_logits else outputs
    if stack.gives_sigmoids:
        expected /= tf.reduce_sum(expected, axis=1, keepdims=True)
    close(inference.probabilities(network, images), expected)

    passed, inputs = forward_pass.forward(network, images[0]), x[:1]
    for layer, own in zip(model.layers, passed.layers, strict=True):
        inputs = layer(inputs, training=False)
        close(own.outputs, inputs[0])
    close(passed.logits, _logits(model, x)[0])

    image, answer = images[seed % _DIGITS], seed % 10
    expected = _gradient(model, x, seed % _DIGITS, answer)
    for _ in range(again):
        close(attribution.gradient(network, image, answer), expected)
    covered = np.stack([image, *attribution.occluded(image)])
    chances = inference.probabilities(network, covered)[:, answer]
    close(attribution.drops(network, image, answer).ravel(), chances[0] - chances[1:])

    numbers = (
        _hidden(model, x) if len(stack.kernel_layer_indices) > 1 else np.asarray(_logits(model, x))
    )
    close(forward_pass.features(network, images), numbers)
    distances = np.sort(np.linalg.norm(numbers - numbers[3], axis=1))
    close(neighbours.by_network(network, images, images[3], 4).distances, distances[:4], numbers)
    places, star, _ = pca.pca(network, images, images[5])
    close(places[5], star, numbers)
    if seed % 3 == 0:  # half a second each
        state = tsne.optimize(tsne.begin(network, data.x_test[:100]), 2, 12)
        assert tsne.coordinates(network, state, image)[0].shape == (100, 2)
    kind, distortion = list(DISTORTIONS.items())[seed % len(DISTORTIONS)]

    def ask(task: Callable[..., int], *arguments: object) -> int:
        return task(network, *arguments)

    share = distorted_accuracy.share_right(ask, stack, kind, distortion.strengths[-1])
    assert 0 <= share <= 1


def comes_back(network: ParsedModel, model: keras.Sequential) -> None:
    """Read from what Keras saves, as `.keras` and as HDF5, it is the same network."""
    files = [saved(model)]
    if not any(isinstance(layer, layers.RANDOM) for layer in network.architecture.layers):
        files.append(in_hdf5(model))  # Keras can't save the others so
    for file in files:
        read = read_network(file)
        assert read.architecture.layers == network.architecture.layers
        for ours, theirs in zip(read.weights, network.weights, strict=True):
            np.testing.assert_array_equal(ours, theirs)


def close(actual: object, expected: object, computed_from: object = 0) -> None:
    """The same numbers, as far as another order of sums leaves them so."""
    scale = max(
        1.0, *(float(np.abs(np.asarray(array)).max()) for array in (expected, computed_from))
    )
    np.testing.assert_allclose(
        np.asarray(actual), np.asarray(expected), atol=2e-5 * scale, rtol=1e-4
    )


def _hidden(model: keras.Sequential, x: tf.Tensor) -> np.ndarray:
    """What comes to the last layer."""
    for layer in model.layers[:-1]:
        x = layer(x, training=False)
    return np.asarray(x).reshape(len(x), -1)


def _logits(model: keras.Sequential, x: tf.Tensor) -> tf.Tensor:
    """The ten sums: the last layer, a dense one, without its activation."""
    *before, last = model.layers
    for layer in before:
        x = layer(x, training=False)
    return x @ last.kernel + last.bias


def _gradient(model: keras.Sequential, x: tf.Tensor, place: int, answer: int) -> np.ndarray:
    """By Keras, with strides as a filter of the same numbers and one pixel more."""
    sample = tf.identity(x[place : place + 1])
    with tf.GradientTape() as tape:
        tape.watch(sample)
        output = sample
        for layer in model.layers[:-1]:
            output = _wider(layer, output)
        logit = (output @ model.layers[-1].kernel + model.layers[-1].bias)[0, answer]
    return np.asarray(tape.gradient(logit, sample)).reshape(28, 28)


def _wider(layer: keras.layers.Layer, x: tf.Tensor) -> tf.Tensor:
    """What the layer makes; a filter of one pixel gets zeros around it, which oneDNN can bear."""
    one_pixel = getattr(layer, "kernel_size", None) == (1, 1)
    if not one_pixel or not isinstance(layer, _SLIDING):
        return layer(x, training=False)
    each = layer.depthwise_kernel if hasattr(layer, "depthwise_kernel") else layer.kernel
    kernel = tf.pad(each, [[1, 1], [1, 1], [0, 0], [0, 0]])
    around = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]])
    if isinstance(layer, keras.layers.Conv2D):
        sums = tf.nn.conv2d(around, kernel, layer.strides, "VALID")
    else:
        sums = tf.nn.depthwise_conv2d(around, kernel, [1, *layer.strides, 1], "VALID")
    if isinstance(layer, keras.layers.SeparableConv2D):
        sums = tf.nn.conv2d(sums, layer.pointwise_kernel, 1, "VALID")
    return layer.activation(sums + layer.bias if layer.use_bias else sums)


_SLIDING = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
)


def thin(filters: layers.Layer) -> LayerStack:
    """A filter of one pixel with strides: its gradient in oneDNN writes past its memory."""
    end = (layers.Flatten(), layers.Dense(10, "softmax", True))
    return LayerStack((28, 28, 1), (filters, *end))


KNOWN = [
    thin(layers.Conv2D(2, (1, 1), (2, 2), "same")),
    thin(layers.Conv2D(2, (1, 1), (2, 1), "valid")),
    thin(layers.Conv2D(2, (1, 1), (1, 3), "same")),
    thin(layers.Conv2D(2, (1, 1), (3, 3), "valid")),
    thin(layers.DepthwiseConv2D((1, 1), (2, 2), "same", 2)),
    thin(layers.SeparableConv2D(2, (1, 1), (3, 3), "valid", 2)),
]


def main(first: int, count: int) -> None:
    """Say each network before it is asked: the last one said is the one that ended the process."""
    for seed, stack in enumerate(KNOWN):
        print("known", seed, stack, flush=True)
        ask_everything(stack, seed, again=20)
    for seed in range(first, first + count):
        stack = some_stack(Random(seed))
        print(seed, stack, flush=True)
        ask_everything(stack, seed)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
