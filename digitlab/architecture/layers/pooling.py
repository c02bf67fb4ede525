# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that keep one number of many."""

import math
from dataclasses import dataclass

from digitlab.architecture.layers.base import Layer, Shape
from digitlab.architecture.layers.windows import Pair, check_picture, check_window, slide
from digitlab.specs.checks import check_choice


@dataclass(frozen=True)
class Pooling(Layer):
    """One number of each window."""

    pool_size: Pair = (2, 2)
    strides: Pair | None = None
    padding: str = "valid"

    def __post_init__(self) -> None:
        check_window(self.pool_size, self.steps, self.padding)

    @property
    def steps(self) -> Pair:
        """The strides: without any, one window beside the other."""
        return self.pool_size if self.strides is None else self.strides

    def output(self, shape: Shape) -> Shape:
        sides = slide(type(self).__name__, shape, self.pool_size, self.steps, self.padding)
        return (*sides, shape[-1])

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output(shape)) * math.prod(self.pool_size)


@dataclass(frozen=True)
class MaxPooling2D(Pooling):
    """Keeps the largest number of each window."""


@dataclass(frozen=True)
class AveragePooling2D(Pooling):
    """Keeps the average of each window."""


@dataclass(frozen=True)
class GlobalPooling(Layer):
    """One number of each channel."""

    keepdims: bool = False

    def __post_init__(self) -> None:
        check_choice("keepdims", self.keepdims, (True, False))

    def output(self, shape: Shape) -> Shape:
        check_picture(type(self).__name__, shape)
        return (1, 1, shape[-1]) if self.keepdims else shape[-1:]

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape)


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling):
    """Keeps the average of each channel."""


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling):
    """Keeps the largest number of each channel."""
