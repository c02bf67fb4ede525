# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that multiply what comes in by a kernel, and add up."""

import math
from dataclasses import dataclass

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers.activations import check_activation
from digitlab.architecture.layers.base import Layer, Shape
from digitlab.architecture.layers.windows import Pair, check_window, slide
from digitlab.specs.checks import check_choice, check_count

_MOST = limits.MAX_UPLOADED_PARAMETERS


@dataclass(frozen=True)
class _Weighted(Layer):
    @property
    def has_weights(self) -> bool:
        return True


@dataclass(frozen=True)
class Dense(_Weighted):
    """Each unit weighs all numbers of the last axis."""

    units: int
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of units", self.units, 1, _MOST)
        check_activation(self.activation)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def arrays(self, shape: Shape) -> dict[str, Shape]:
        return {"kernel": (shape[-1], self.units)} | _bias(self.units, self.use_bias)

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape) * self.units

    @property
    def words(self) -> str:
        return f"Dense {self.units} {self.activation}"


@dataclass(frozen=True)
class Conv2D(_Weighted):
    """Filters that slide over a picture."""

    filters: int
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of filters", self.filters, 1, _MOST)
        check_window(self.kernel_size, self.strides, self.padding)
        check_activation(self.activation)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        sides = slide("Conv2D", shape, self.kernel_size, self.strides, self.padding)
        return (*sides, self.filters)

    def arrays(self, shape: Shape) -> dict[str, Shape]:
        kernel = (*self.kernel_size, shape[-1], self.filters)
        return {"kernel": kernel} | _bias(self.filters, self.use_bias)

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output(shape)) * math.prod(self.kernel_size) * shape[-1]

    @property
    def words(self) -> str:
        return f"Conv2D {self.filters} {self.activation}"


@dataclass(frozen=True)
class DepthwiseConv2D(_Weighted):
    """Filters that slide over each channel for itself."""

    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    depth_multiplier: int = 1
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        _check_depthwise(self.kernel_size, self.strides, self.padding, self.depth_multiplier)
        check_activation(self.activation)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        sides = slide("DepthwiseConv2D", shape, self.kernel_size, self.strides, self.padding)
        return (*sides, shape[-1] * self.depth_multiplier)

    def arrays(self, shape: Shape) -> dict[str, Shape]:
        kernel = (*self.kernel_size, shape[-1], self.depth_multiplier)
        return {"kernel": kernel} | _bias(shape[-1] * self.depth_multiplier, self.use_bias)

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output(shape)) * math.prod(self.kernel_size)

    @property
    def words(self) -> str:
        return f"DepthwiseConv2D {self.activation}"


@dataclass(frozen=True)
class SeparableConv2D(_Weighted):
    """A filter for each channel, then a weighted sum of all of them at each place."""

    filters: int
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    depth_multiplier: int = 1
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of filters", self.filters, 1, _MOST)
        _check_depthwise(self.kernel_size, self.strides, self.padding, self.depth_multiplier)
        check_activation(self.activation)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        return (*self.between(shape)[:2], self.filters)

    def between(self, shape: Shape) -> Shape:
        sides = slide("SeparableConv2D", shape, self.kernel_size, self.strides, self.padding)
        # Also what goes out: whichever is larger counts.
        return (*sides, max(shape[-1] * self.depth_multiplier, self.filters))

    def arrays(self, shape: Shape) -> dict[str, Shape]:
        depthwise = (*self.kernel_size, shape[-1], self.depth_multiplier)
        pointwise = (1, 1, shape[-1] * self.depth_multiplier, self.filters)
        kernels = {"depthwise_kernel": depthwise, "pointwise_kernel": pointwise}
        return kernels | _bias(self.filters, self.use_bias)

    def multiply_adds(self, shape: Shape) -> int:
        places, channels = math.prod(self.between(shape)[:2]), shape[-1] * self.depth_multiplier
        return places * channels * (math.prod(self.kernel_size) + self.filters)

    @property
    def words(self) -> str:
        return f"SeparableConv2D {self.filters} {self.activation}"


def _bias(units: int, use_bias: bool) -> dict[str, Shape]:
    return {"bias": (units,)} if use_bias else {}


def _check_depthwise(size: Pair, strides: Pair, padding: str, multiplier: int) -> None:
    check_window(size, strides, padding)
    check_count("depth_multiplier", multiplier, 1, _MOST)
    if strides[0] != strides[1]:  # TensorFlow can't do it either
        raise UploadError(UploadProblem.UNEQUAL_STRIDES)
