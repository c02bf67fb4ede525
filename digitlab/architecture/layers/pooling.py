# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Pooling layers: one number of each window, or of each channel."""

import math
from dataclasses import dataclass

from digitlab.architecture.layers.base import Layer, Shape
from digitlab.architecture.layers.windows import Pair, check_image, check_window, output_sides
from digitlab.specs.checks import check_choice


@dataclass(frozen=True)
class Pooling(Layer):
    """Pooling with a window that slides over each channel."""

    pool_size: Pair = (2, 2)
    strides: Pair | None = None
    padding: str = "valid"

    def __post_init__(self) -> None:
        check_window(self.pool_size, self.effective_strides, self.padding)

    @property
    def effective_strides(self) -> Pair:
        """The strides; as Keras, the pool size where none are given."""
        return self.pool_size if self.strides is None else self.strides

    def output_shape(self, shape: Shape) -> Shape:
        sides = output_sides(
            type(self).__name__, shape, self.pool_size, self.effective_strides, self.padding
        )
        return (*sides, shape[-1])

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output_shape(shape)) * math.prod(self.pool_size)


@dataclass(frozen=True)
class MaxPooling2D(Pooling):
    """Keeps the largest number of each window."""


@dataclass(frozen=True)
class AveragePooling2D(Pooling):
    """Keeps the average of each window."""


@dataclass(frozen=True)
class GlobalPooling(Layer):
    """Pooling over a whole feature map: one number of each channel."""

    keepdims: bool = False

    def __post_init__(self) -> None:
        check_choice("keepdims", self.keepdims, (True, False))

    def output_shape(self, shape: Shape) -> Shape:
        check_image(type(self).__name__, shape)
        return (1, 1, shape[-1]) if self.keepdims else shape[-1:]

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape)


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling):
    """Keeps the average of each channel."""


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling):
    """Keeps the largest number of each channel."""
