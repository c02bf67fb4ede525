# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that give the same numbers another shape."""

import math
from dataclasses import dataclass

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers.base import Layer, Shape
from digitlab.architecture.layers.windows import Pair, check_image
from digitlab.specs import IMAGE_SHAPE, PIXELS
from digitlab.specs.checks import check_count

_MOST_AXES = 3
_LONGEST = PIXELS * 100


@dataclass(frozen=True)
class Flatten(Layer):
    """From any shape to one axis."""

    def output_shape(self, shape: Shape) -> Shape:
        return (math.prod(shape),)

    @property
    def keeps_values(self) -> bool:
        return True


@dataclass(frozen=True)
class Reshape(Layer):
    """Another shape, in row-major order; one side may be -1: it is inferred."""

    target_shape: Shape

    def __post_init__(self) -> None:
        if not 1 <= len(self.target_shape) <= _MOST_AXES:
            raise UploadError(
                UploadProblem.RESHAPE_SIDES, most=_MOST_AXES, count=len(self.target_shape)
            )
        for side in self.target_shape:
            check_count("A side of a Reshape layer", side, -1, _LONGEST)

    def output_shape(self, shape: Shape) -> Shape:
        known = math.prod(side for side in self.target_shape if side != -1)
        inferred = math.prod(shape) // known if known else 0
        sides = tuple(inferred if side == -1 else side for side in self.target_shape)
        if self.target_shape.count(-1) > 1 or math.prod(sides) != math.prod(shape) or 0 in sides:
            raise UploadError(UploadProblem.RESHAPE_SIZE, target=self.target_shape, shape=shape)
        return sides

    @property
    def keeps_values(self) -> bool:
        return True


@dataclass(frozen=True)
class ZeroPadding2D(Layer):
    """Zeros around an image: rows above and below, columns to the left and right."""

    padding: tuple[Pair, Pair] = ((1, 1), (1, 1))

    def __post_init__(self) -> None:
        if len(self.padding) != 2 or any(len(pair) != 2 for pair in self.padding):
            raise UploadError(UploadProblem.PADDING_PAIRS)
        for pair in self.padding:
            for count in pair:
                check_count("The padding of a ZeroPadding2D layer", count, 0, IMAGE_SHAPE[0])

    def output_shape(self, shape: Shape) -> Shape:
        check_image("ZeroPadding2D", shape)
        rows, columns = (side + sum(pair) for side, pair in zip(shape, self.padding, strict=False))
        return (rows, columns, shape[-1])

    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(self.output_shape(shape))
