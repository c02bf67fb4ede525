"""A forward pass worked out in NumPy: kernels as pictures, weighted sums, softmax."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.layers import Conv2D, DepthwiseConv2D, Layer, SeparableConv2D
from digitlab.architecture.stack import LayerStack
from digitlab.records.layer_weights import WeightedLayer
from digitlab.specs import IMAGE_SHAPE, PIXELS

Array = NDArray[np.float32]

Sliding = Conv2D | DepthwiseConv2D
"""Layers whose cells are one weighted sum each."""


@dataclass(frozen=True, eq=False)
class WeightedSum:
    """A unit's weighted sum: the inputs, each times its weight, plus the bias.

    Attributes:
        inputs: of any shape.
        weights: of the same shape.
        bias: of the unit.
    """

    inputs: Array
    weights: Array
    bias: float

    @property
    def products(self) -> Array:
        """Each number times its weight."""
        return self.inputs * self.weights

    @property
    def weighted(self) -> float:
        """The products added up."""
        return float(self.products.sum(dtype=np.float64))

    @property
    def total(self) -> float:
        """With the bias: what the activation function gets."""
        return self.weighted + self.bias


def unit_sum(inputs: Array, layer: WeightedLayer, unit: int, picture: bool) -> WeightedSum:
    """The sum of a dense layer's unit: inputs `(n,)`.

    Args:
        inputs: what comes in.
        layer: a dense one.
        unit: its number.
        picture: whether the inputs are pixels: 28 × 28 of them are laid out as a picture.
    """
    weights = layer.kernel[:, unit]
    if picture and inputs.size == PIXELS:
        inputs, weights = inputs.reshape(IMAGE_SHAPE), weights.reshape(IMAGE_SHAPE)
    return WeightedSum(inputs, weights, float(layer.bias[unit]))


def cell_sum(
    inputs: Array, layer: WeightedLayer, kind: Sliding, unit: int, row: int, column: int
) -> WeightedSum:
    """The sum of one cell of a filter's feature map: a window `(h, w, c)` of inputs `(H, W, c)`.

    A filter of a depthwise convolution sees one channel: `c` is 1.
    """
    height, width = kind.kernel_size
    top, left = window_corner(inputs.shape, kind, row, column)
    weights = layer.kernel[..., unit] if isinstance(kind, Conv2D) else None
    if weights is None:
        channel, number = divmod(unit, layer.kernel.shape[-1])
        inputs = inputs[..., channel : channel + 1]
        weights = layer.kernel[:, :, channel : channel + 1, number]
    # What lies beyond the edge counts as 0, with padding="same".
    room = np.pad(inputs, ((height, height), (width, width), (0, 0)))
    window = room[height + top : 2 * height + top, width + left : 2 * width + left]
    return WeightedSum(window, weights, float(layer.bias[unit]))


def window_corner(shape: tuple[int, ...], kind: Sliding, row: int, column: int) -> tuple[int, int]:
    """Row and column at which the window of a cell begins; below 0 it hangs over the edge."""
    axes = zip(shape[:2], kind.kernel_size, kind.strides, (row, column), strict=True)
    top, left = (
        place * stride - (_before(side, size, stride) if kind.padding == "same" else 0)
        for side, size, stride, place in axes
    )
    return top, left


def _before(side: int, size: int, stride: int) -> int:
    """How far the first window of `padding="same"` hangs over the edge."""
    outputs = -(-side // stride)
    return max((outputs - 1) * stride + size - side, 0) // 2


def first_pictures(stack: LayerStack, layer: WeightedLayer) -> Array | None:
    """The kernel of the first layer that has one, a picture for each unit, `(units, h, w)`.

    Args:
        stack: the network's layers.
        layer: the first of them that has a kernel.

    Returns:
        None if they don't lie on the picture: when the layer sees a row, a single pixel or several
        channels at a time.
    """
    kernel = layer.kernel
    if isinstance(layer.layer, Conv2D | DepthwiseConv2D | SeparableConv2D):
        return np.moveaxis(kernel[:, :, 0], -1, 0) if kernel.shape[2] == 1 else None
    shapes = stack.shapes[: stack.kernel_layer_indices[0] + 1]
    flat = len(shapes[-1]) == 1
    picture = next((shape[:2] for shape in reversed(shapes) if len(shape) > 1), IMAGE_SHAPE)
    if not flat or np.prod(picture) != len(kernel):
        return None
    return kernel.T.reshape(-1, *picture)


def before_first(stack: LayerStack) -> tuple[Layer, ...]:
    """The layers that change numbers before the first one that has a kernel."""
    return tuple(
        layer for layer in stack.layers[: stack.kernel_layer_indices[0]] if not layer.keeps_values
    )


@dataclass(frozen=True, eq=False)
class Softmax:
    """Softmax, step by step: ten logits, and what becomes of them.

    Attributes:
        sums: the logits, (10,).
        powers: e to the power of each sum less the largest one.
        shares: each power as a share of all: the probabilities.
    """

    sums: NDArray[np.float64]
    powers: NDArray[np.float64]
    shares: NDArray[np.float64]


def softmax_steps(logits: Array) -> Softmax:
    """The steps from ten logits to ten probabilities."""
    sums = logits.astype(np.float64)
    powers = np.exp(sums - sums.max())
    return Softmax(sums, powers, powers / powers.sum())


@dataclass(frozen=True, eq=False)
class Sigmoids:
    """Ten sigmoids, and the shares that the lab makes of them.

    Attributes:
        sums: before the sigmoid, (10,).
        bent: after it: each from 0 to 1.
        shares: each as a share of their sum.
    """

    sums: NDArray[np.float64]
    bent: NDArray[np.float64]
    shares: NDArray[np.float64]


def sigmoid_steps(logits: Array) -> Sigmoids:
    """The steps from ten logits to ten shares, where each goes through a sigmoid of its own."""
    sums = logits.astype(np.float64)
    bent = 0.5 * (1 + np.tanh(sums / 2))  # the sigmoid, without a power that could overflow
    total = bent.sum()
    return Sigmoids(sums, bent, bent / total if total else np.full_like(bent, 1 / len(bent)))
