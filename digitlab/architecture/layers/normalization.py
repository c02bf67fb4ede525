# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that rescale or standardize."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers.base import (
    Layer,
    Numbers,
    Shape,
    check_axis,
    check_channels,
    check_number,
    check_numbers,
)
from digitlab.specs.checks import check_choice, check_count


@dataclass(frozen=True)
class _ScalingLayer(Layer):
    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape)


@dataclass(frozen=True)
class Rescaling(_ScalingLayer):
    """Each number times a scale, plus an offset."""

    scale: Numbers
    offset: Numbers = 0.0

    def __post_init__(self) -> None:
        check_numbers("The scale", self.scale)
        check_numbers("The offset", self.offset)

    def output_shape(self, shape: Shape) -> Shape:
        for numbers in (self.scale, self.offset):
            check_channels("Rescaling", numbers, shape)
        return shape


@dataclass(frozen=True)
class Normalization(_ScalingLayer):
    """Standardized by a mean and a variance that are known before the training.

    Attributes:
        axis: the last one, or None: then there is one mean for all numbers.
        mean: given with the layer; None if `adapt` found it: then it is a weight.
        variance: the same.
    """

    axis: int | None = -1
    mean: Numbers | None = None
    variance: Numbers | None = None

    def __post_init__(self) -> None:
        if self.axis is not None:
            check_count("axis", self.axis, -4, 4)
        if (self.mean is None) != (self.variance is None):
            raise UploadError(UploadProblem.MEAN_AND_VARIANCE)
        if self.mean is not None and self.variance is not None:
            check_numbers("The mean", self.mean)
            check_numbers("The variance", self.variance, 0)

    def output_shape(self, shape: Shape) -> Shape:
        if self.axis is not None:
            check_axis("Normalization", self.axis, shape)
        for numbers in (self.mean, self.variance):
            if numbers is not None:
                check_channels("Normalization", numbers, shape if self.axis is not None else (1,))
        return shape

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        if self.mean is not None:
            return {}
        statistics: Shape = () if self.axis is None else shape[-1:]
        return {"mean": statistics, "variance": statistics}

    def check_weights(self, arrays: Sequence[Any]) -> None:
        if arrays and (arrays[1] < 0).any():
            raise UploadError(UploadProblem.NEGATIVE_VARIANCE)


@dataclass(frozen=True)
class BatchNormalization(_ScalingLayer):
    """Standardized by the moving mean and variance of the training; then gamma and beta."""

    axis: int = -1
    epsilon: float = 0.001
    center: bool = True
    scale: bool = True

    def __post_init__(self) -> None:
        check_count("axis", self.axis, -4, 4)
        check_number("epsilon", self.epsilon, 0, 1e6)
        check_choice("center", self.center, (True, False))
        check_choice("scale", self.scale, (True, False))

    def output_shape(self, shape: Shape) -> Shape:
        check_axis("BatchNormalization", self.axis, shape)
        return shape

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        trained = {"gamma": self.scale, "beta": self.center}
        names = [name for name, used in trained.items() if used]
        return dict.fromkeys((*names, "moving_mean", "moving_variance"), shape[-1:])

    def check_weights(self, arrays: Sequence[Any]) -> None:
        if (arrays[-1] < 0).any():
            raise UploadError(UploadProblem.NEGATIVE_VARIANCE)
