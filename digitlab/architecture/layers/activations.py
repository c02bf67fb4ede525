# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Activation functions, and the layers that apply one."""

import math
from dataclasses import dataclass

from digitlab.architecture.errors import UploadError, UploadProblem, word
from digitlab.architecture.layers.base import Layer, Shape, check_axis, check_number
from digitlab.specs.checks import check_count

ACTIVATIONS = (
    *("linear", "sigmoid", "relu", "tanh", "softmax"),
    *("elu", "selu", "gelu", "silu", "softplus", "softsign", "relu6", "leaky_relu"),
    *("exponential", "hard_sigmoid", "hard_silu", "hard_tanh", "mish", "celu", "log_sigmoid"),
    *("squareplus", "sparse_plus", "sparse_sigmoid", "soft_shrink", "hard_shrink", "tanh_shrink"),
)
"""By Keras's names: softmax, and the elementwise functions."""

_BOUND = 1e6


def check_activation(name: str) -> None:
    """Refuse what is not among `ACTIVATIONS`."""
    if name not in ACTIVATIONS:
        raise UploadError(UploadProblem.UNKNOWN_ACTIVATION, activation=word(name))


@dataclass(frozen=True)
class _ActivationLayer(Layer):
    def multiply_adds(self, shape: Shape) -> int:
        return math.prod(shape)


@dataclass(frozen=True)
class Activation(_ActivationLayer):
    """An elementwise activation function, or softmax, as a layer of its own."""

    activation: str

    def __post_init__(self) -> None:
        check_activation(self.activation)

    @property
    def words(self) -> str:
        return self.activation


@dataclass(frozen=True)
class ReLU(_ActivationLayer):
    """0, or a slope, below the threshold; clipped at `max_value`."""

    max_value: float | None = None
    negative_slope: float = 0.0
    threshold: float = 0.0

    def __post_init__(self) -> None:
        if self.max_value is not None:
            check_number("max_value", self.max_value, 0, _BOUND)
        check_number("negative_slope", self.negative_slope, 0, _BOUND)
        check_number("threshold", self.threshold, 0, _BOUND)


@dataclass(frozen=True)
class LeakyReLU(_ActivationLayer):
    """A slope below 0."""

    negative_slope: float = 0.3

    def __post_init__(self) -> None:
        check_number("negative_slope", self.negative_slope, 0, _BOUND)


@dataclass(frozen=True)
class ELU(_ActivationLayer):
    """Below 0 a curve that ends at minus alpha."""

    alpha: float = 1.0

    def __post_init__(self) -> None:
        check_number("alpha", self.alpha, -_BOUND, _BOUND)


@dataclass(frozen=True)
class Softmax(_ActivationLayer):
    """Probabilities along the last axis: they add up to 1."""

    axis: int = -1

    def __post_init__(self) -> None:
        check_count("axis", self.axis, -4, 4)

    def output_shape(self, shape: Shape) -> Shape:
        check_axis("Softmax", self.axis, shape)
        return shape
