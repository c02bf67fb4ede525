"""Weighted sums, softmax and sigmoids by hand, against the layers' own outputs and SciPy."""

import numpy as np
import pytest
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
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.inspection.forward_pass import forward
from digitlab.records.layer_weights import WeightedLayer, layers_of
from tests.random_networks import NAMES, RandomNetwork


@pytest.mark.parametrize("name", NAMES)
def test_sums_worked_out_by_hand_are_those_of_the_layer(
    networks: dict[str, RandomNetwork], small: Dataset, name: str
) -> None:
    """Every unit of a dense layer, and cells of a feature map, also at the edge."""
    network = networks[name].network
    forward_pass = forward(network, small.x_test[3])
    for layer, done in zip(layers_of(network), forward_pass.layers, strict=True):
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
    networks: dict[str, RandomNetwork], name: str, shape: tuple[int, ...] | None
) -> None:
    network = networks[name].network
    stack = stack_of(network.architecture)
    layer = layers_of(network)[stack.kernel_layer_indices[0]]
    pictures = first_pictures(stack, layer)
    assert (None if pictures is None else pictures.shape) == shape
    if pictures is None:
        return
    if shape == (8, 28, 28):
        assert pictures[3, 2, 5] == layer.kernel[2 * 28 + 5, 3]
    if shape == (4, 3, 3):
        assert pictures[3, 2, 1] == layer.kernel[2, 1, 0, 3]


def test_what_stands_before_the_first_kernel_is_known(networks: dict[str, RandomNetwork]) -> None:
    before = {name: before_first(stack_of(networks[name].network.architecture)) for name in NAMES}
    names = {name: [type(layer).__name__ for layer in layers] for name, layers in before.items()}
    assert names.pop("scaled within") == ["Rescaling", "BatchNormalization"]
    assert names.pop("sigmoid") == ["Normalization"]
    assert not any(names.values())


def test_a_convolution_of_several_channels_lies_on_no_picture() -> None:
    stack = LayerStack((784,), (Reshape((14, 14, 4)), Conv2D(3, (3, 3)), Flatten(), Dense(10)))
    kernel, bias = np.ones((3, 3, 4, 3), "f4"), np.zeros(3, "f4")
    assert first_pictures(stack, WeightedLayer("conv2d", stack.layers[1], (kernel, bias))) is None
