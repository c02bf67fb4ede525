"""What happens between pixels and answer, against plain Keras, SciPy and finite differences."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, softmax

from digitlab.analysis.layer_arithmetic import (
    before_first,
    cell_sum,
    first_pictures,
    sigmoid_steps,
    softmax_steps,
    unit_sum,
)
from digitlab.architecture.layers import Conv2D, Dense, DepthwiseConv2D, Flatten, Reshape
from digitlab.architecture.stack import LayerStack
from digitlab.architecture.summary import layer_rows
from digitlab.data.mnist import Dataset
from digitlab.engine.attribution import attribution, occluded
from digitlab.engine.forward_pass import features, forward, logits, prepared
from digitlab.engine.inference import probabilities
from digitlab.preprocess.arrays import network_input
from digitlab.records.inside import PATCH, STEP
from digitlab.records.layer_weights import WeightedLayer, layers_of, stack_of
from digitlab.specs import PRESETS

from .conftest import NAMES


def given(one: SimpleNamespace, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Images as the Keras model takes them."""
    return network_input(images, stack_of(one.network.architecture), one.network.preprocessing)


@pytest.mark.parametrize("name", NAMES)
def test_each_layer_makes_what_keras_makes_of_a_picture(
    networks: dict[str, SimpleNamespace], small: Dataset, name: str
) -> None:
    one, image = networks[name], small.x_test[3]
    found = forward(one.network, image)
    x = given(one, image[None])
    for layer, keras_layer in zip(found.layers, one.model.layers, strict=True):
        x = keras_layer(x, training=False)
        np.testing.assert_allclose(layer.outputs, np.asarray(x)[0], rtol=1e-4, atol=1e-5)
    answer = probabilities(one.network, image[None])[0]
    bent = expit(found.logits) / expit(found.logits).sum()
    expected = bent if name == "sigmoid" else softmax(found.logits)
    np.testing.assert_allclose(expected, answer, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_sums_worked_out_by_hand_are_those_of_the_layer(
    networks: dict[str, SimpleNamespace], small: Dataset, name: str
) -> None:
    """Every unit of a dense layer, and cells of a feature map, also at the edge."""
    network = networks[name].network
    found = forward(network, small.x_test[3])
    for layer, done in zip(layers_of(network), found.layers, strict=True):
        if isinstance(layer.layer, Dense) and done.inputs.ndim == 1:
            sums = [
                unit_sum(done.inputs, layer, unit, False).total for unit in range(done.sums.size)
            ]
            np.testing.assert_allclose(sums, done.sums, rtol=1e-3, atol=1e-4)
        if isinstance(layer.layer, Conv2D | DepthwiseConv2D):
            height, width, filters = done.sums.shape
            for row, column, unit in [(0, 0, 0), (height - 1, width - 1, filters - 1), (2, 1, 0)]:
                cell = cell_sum(done.inputs, layer, layer.layer, unit, row, column)
                assert cell.total == pytest.approx(done.sums[row, column, unit], abs=1e-4)


def test_softmax_steps_are_scipys_softmax_and_never_overflow() -> None:
    sums = np.array([-3.5, 0.25, 4, 1, 2, 3, -1, 0, 0, 1.5], np.float32)
    for logit in (sums, 300 * sums):
        steps = softmax_steps(logit)
        np.testing.assert_allclose(steps.shares, softmax(logit.astype(float)), rtol=1e-12)
    np.testing.assert_allclose(softmax_steps(sums).powers, np.exp(sums.astype(float) - 4))


def test_sigmoid_steps_are_scipys_and_never_overflow() -> None:
    sums = np.array([-3.5, 0.25, 4, 1, 2, 3, -1, 0, 0, 1.5], np.float32)
    for logit in (sums, 300 * sums):
        steps = sigmoid_steps(logit)
        np.testing.assert_allclose(steps.bent, expit(logit.astype(float)), atol=1e-12)
        np.testing.assert_allclose(steps.shares, steps.bent / steps.bent.sum(), rtol=1e-12)
    np.testing.assert_allclose(sigmoid_steps(np.full(10, -1e4, np.float32)).shares, 0.1)


@pytest.mark.parametrize(
    "name",
    ["tanh", "not scaled", "logits", "row by row", "sigmoid", "filters for each channel"],
)
def test_gradient_is_what_finite_differences_give(
    networks: dict[str, SimpleNamespace], small: Dataset, name: str
) -> None:
    network, image, answer = networks[name].network, small.x_test[3], 6
    stack, tensors = prepared(network)
    slope = attribution(network, image, answer).gradient
    unit = 255 if name == "not scaled" else 1
    pixels = image.astype(np.float32) / 255 * unit
    assert np.abs(slope).max() > 0.01
    step = 0.01 * unit
    for row, column in [(14, 14), (5, 20), (0, 0), (20, 9)]:
        ends = []
        for sign in (1, -1):
            moved = pixels.copy()
            moved[row, column] += sign * step
            x = moved.reshape(1, *stack.input_shape)
            ends.append(float(logits(stack, tensors, x)[0, answer]))
        difference = (ends[0] - ends[1]) / (2 * step) * unit
        assert slope[row, column] == pytest.approx(
            difference, abs=3e-3 * float(np.abs(slope).max())
        )


def test_gradient_of_a_network_without_hidden_layer_is_its_weights(
    networks: dict[str, SimpleNamespace], small: Dataset
) -> None:
    network = networks["no hidden layer"].network
    found = attribution(network, small.x_test[3], 4)
    weights = network.weights[0][:, 4].reshape(28, 28)
    np.testing.assert_allclose(found.gradient, weights, rtol=1e-5)
    stack = LayerStack.of(network.architecture)
    pictures = first_pictures(stack, layers_of(network)[0])
    assert pictures is not None
    np.testing.assert_array_equal(pictures[4], weights)


def test_occlusion_is_what_a_patch_of_paper_takes_away(
    networks: dict[str, SimpleNamespace], small: Dataset
) -> None:
    network, image = networks["CNN"].network, small.x_test[3]
    drops = attribution(network, image, 0).drops
    assert drops.shape == (13, 13)
    for row, column in [(0, 0), (5, 6), (12, 12)]:
        patched = image.copy()
        patched[STEP * row : STEP * row + PATCH, STEP * column : STEP * column + PATCH] = 0
        before, after = probabilities(network, np.stack([image, patched]))[:, 0]
        assert drops[row, column] == pytest.approx(before - after, abs=1e-6)
    assert len(occluded(image)) == drops.size
    assert not np.any(occluded(image)[-1][-PATCH:, -PATCH:])  # it reaches the last pixel


@pytest.mark.parametrize("name", NAMES)
def test_features_are_what_the_last_layer_gets(
    networks: dict[str, SimpleNamespace], small: Dataset, name: str
) -> None:
    one = networks[name]
    images = small.x_test[:7]
    if name == "no hidden layer":
        kernel, bias = one.model.get_weights()
        expected = given(one, images) @ kernel + bias
    else:
        last = next(layer for layer in reversed(one.model.layers) if layer.get_weights())
        before = keras.Model(one.model.inputs[0], last.input)
        expected = np.asarray(before(given(one, images), training=False)).reshape(7, -1)
    np.testing.assert_allclose(features(one.network, images), expected, rtol=1e-4, atol=1e-5)


def test_layers_are_those_of_the_summary() -> None:
    for preset in PRESETS.values():
        stack, rows = LayerStack.of(preset.network), layer_rows(preset.network)
        assert [(None, *shape) for shape in stack.shapes[1:]] == [row.output_shape for row in rows]
        assert stack.parameters == sum(row.parameters for row in rows)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("article", (10, 28, 28)),
        ("CNN", (4, 3, 3)),
        ("logits", (8, 28, 28)),
        ("other convolutions", (4, 5, 3)),
        ("row by row", None),
        ("scaled within", (4, 3, 3)),
        ("filters for each channel", (4, 3, 3)),
        ("sigmoid", (12, 28, 28)),
    ],
)
def test_weights_lie_on_the_picture_where_they_can(
    networks: dict[str, SimpleNamespace], name: str, shape: tuple[int, ...] | None
) -> None:
    network = networks[name].network
    stack = stack_of(network.architecture)
    layer = layers_of(network)[stack.weighted[0]]
    pictures = first_pictures(stack, layer)
    assert (None if pictures is None else pictures.shape) == shape
    if pictures is not None and shape == (8, 28, 28):
        assert pictures[3, 2, 5] == layer.kernel[2 * 28 + 5, 3]
    if pictures is not None and shape == (4, 3, 3):
        assert pictures[3, 2, 1] == layer.kernel[2, 1, 0, 3]


def test_what_stands_before_the_first_kernel_is_known(networks: dict[str, SimpleNamespace]) -> None:
    before = {name: before_first(stack_of(networks[name].network.architecture)) for name in NAMES}
    names = {name: [type(layer).__name__ for layer in found] for name, found in before.items()}
    assert names.pop("scaled within") == ["Rescaling", "BatchNormalization"]
    assert names.pop("sigmoid") == ["Normalization"]
    assert not any(names.values())


def test_a_convolution_of_several_channels_lies_on_no_picture() -> None:
    stack = LayerStack((784,), (Reshape((14, 14, 4)), Conv2D(3, (3, 3)), Flatten(), Dense(10)))
    kernel, bias = np.ones((3, 3, 4, 3), "f4"), np.zeros(3, "f4")
    assert first_pictures(stack, WeightedLayer("conv2d", stack.layers[1], (kernel, bias))) is None
