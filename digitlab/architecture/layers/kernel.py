# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers with a kernel: dense layers and convolutions."""

import math
from dataclasses import dataclass

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers.activations import check_activation
from digitlab.architecture.layers.base import Layer, Shape
from digitlab.architecture.layers.windows import Pair, check_window, output_sides
from digitlab.specs.checks import check_choice, check_count

_MOST = limits.MAX_UPLOADED_PARAMETERS


class _KernelLayer(Layer):
    """What all of them have. It is no dataclass: each kind lists its fields in Keras's order."""

    activation: str
    use_bias: bool

    def __post_init__(self) -> None:
        check_activation(self.activation)
        check_choice("use_bias", self.use_bias, (True, False))

    @property
    def has_kernel(self) -> bool:
        return True

    def _bias(self, units: int) -> dict[str, Shape]:
        return {"bias": (units,)} if self.use_bias else {}


class _Convolution(_KernelLayer):
    """A kernel that slides over an image."""

    kernel_size: Pair
    strides: Pair
    padding: str

    def __post_init__(self) -> None:
        self._check_window()
        super().__post_init__()

    def _check_window(self) -> None:
        check_window(self.kernel_size, self.strides, self.padding)

    def _output_sides(self, shape: Shape) -> Pair:
        kind = type(self).__name__
        return output_sides(kind, shape, self.kernel_size, self.strides, self.padding)


class _PerChannelConvolution(_Convolution):
    """A convolution that has kernels for each channel of its input."""

    depth_multiplier: int

    def _check_window(self) -> None:
        super()._check_window()
        check_count("depth_multiplier", self.depth_multiplier, 1, _MOST)
        if self.strides[0] != self.strides[1]:  # TensorFlow can't do it either
            raise UploadError(UploadProblem.UNEQUAL_STRIDES)

    def _depthwise_kernel(self, shape: Shape) -> Shape:
        return (*self.kernel_size, shape[-1], self.depth_multiplier)


@dataclass(frozen=True)
class Dense(_KernelLayer):
    """Fully connected: each unit is a weighted sum of all numbers of the last axis."""

    units: int
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of units", self.units, 1, _MOST)
        super().__post_init__()

    def output_shape(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        return {"kernel": (shape[-1], self.units)} | self._bias(self.units)

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape) * self.units

    @property
    def words(self) -> str:
        return f"Dense {self.units} {self.activation}"


@dataclass(frozen=True)
class Conv2D(_Convolution):
    """A convolution: each filter is a weighted sum of a window, over all channels."""

    filters: int
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of filters", self.filters, 1, _MOST)
        super().__post_init__()

    def output_shape(self, shape: Shape) -> Shape:
        return (*self._output_sides(shape), self.filters)

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        kernel = (*self.kernel_size, shape[-1], self.filters)
        return {"kernel": kernel} | self._bias(self.filters)

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output_shape(shape)) * math.prod(self.kernel_size) * shape[-1]

    @property
    def words(self) -> str:
        return f"Conv2D {self.filters} {self.activation}"


@dataclass(frozen=True)
class DepthwiseConv2D(_PerChannelConvolution):
    """A depthwise convolution: each filter sees one channel."""

    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    depth_multiplier: int = 1
    activation: str = "linear"
    use_bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        return (*self._output_sides(shape), shape[-1] * self.depth_multiplier)

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        bias = self._bias(shape[-1] * self.depth_multiplier)
        return {"kernel": self._depthwise_kernel(shape)} | bias

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output_shape(shape)) * math.prod(self.kernel_size)

    @property
    def words(self) -> str:
        return f"DepthwiseConv2D {self.activation}"


@dataclass(frozen=True)
class SeparableConv2D(_PerChannelConvolution):
    """A depthwise convolution, then a pointwise one: a weighted sum over the channels."""

    filters: int
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: str = "valid"
    depth_multiplier: int = 1
    activation: str = "linear"
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_count("The number of filters", self.filters, 1, _MOST)
        super().__post_init__()

    def output_shape(self, shape: Shape) -> Shape:
        return (*self._output_sides(shape), self.filters)

    def largest_shape(self, shape: Shape) -> Shape:
        channels = max(shape[-1] * self.depth_multiplier, self.filters)
        return (*self._output_sides(shape), channels)

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        pointwise = (1, 1, shape[-1] * self.depth_multiplier, self.filters)
        kernels = {
            "depthwise_kernel": self._depthwise_kernel(shape),
            "pointwise_kernel": pointwise,
        }
        return kernels | self._bias(self.filters)

    def multiply_adds(self, shape: Shape) -> int:
        positions = math.prod(self._output_sides(shape))
        channels = shape[-1] * self.depth_multiplier
        return positions * channels * (math.prod(self.kernel_size) + self.filters)

    @property
    def words(self) -> str:
        return f"SeparableConv2D {self.filters} {self.activation}"
