# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""The kinds of layers that the lab reads from a file, and their arithmetic, without Keras."""

import math
from dataclasses import dataclass, fields

from digitlab import limits
from digitlab.brought.errors import BroughtError
from digitlab.specs import IMAGE_SHAPE
from digitlab.specs.checks import check_choice, check_count

Shape = tuple[int, ...]
"""Of one sample."""

ACTIVATIONS = (
    *("linear", "sigmoid", "relu", "tanh", "softmax"),
    *("elu", "selu", "gelu", "silu", "softplus", "softsign", "relu6", "leaky_relu"),
)
_PADDINGS = ("valid", "same")


@dataclass(frozen=True)
class Layer:
    """A layer that changes nothing; the others say what they change.

    The fields are arguments of the Keras layer of the same name. The methods take the shape of
    one sample that comes in.
    """

    def output(self, shape: Shape) -> Shape:
        """The shape that goes out."""
        return shape

    def weights(self, shape: Shape) -> tuple[Shape, ...]:
        """The shapes of its arrays, in Keras's order."""
        return ()

    def work(self, shape: Shape) -> int:
        """How many numbers it multiplies or compares for one sample."""
        return 0

    @property
    def words(self) -> str:
        """What it is, in a few words."""
        return type(self).__name__


@dataclass(frozen=True)
class Dense(Layer):
    """Each unit weighs all numbers of the last axis."""

    units: int
    activation: str
    use_bias: bool

    def __post_init__(self) -> None:
        check_count("The number of units", self.units, 1, limits.MAX_BROUGHT_PARAMETERS)
        check_choice("The activation", self.activation, ACTIVATIONS)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def weights(self, shape: Shape) -> tuple[Shape, ...]:
        return _with_bias((shape[-1], self.units), self.use_bias)

    def work(self, shape: Shape) -> int:
        return math.prod(shape) * self.units

    @property
    def words(self) -> str:
        return f"Dense {self.units} {self.activation}"


@dataclass(frozen=True)
class Conv2D(Layer):
    """Filters that slide over a picture."""

    filters: int
    kernel_size: tuple[int, int]
    strides: tuple[int, int]
    padding: str
    activation: str
    use_bias: bool

    def __post_init__(self) -> None:
        check_count("The number of filters", self.filters, 1, limits.MAX_BROUGHT_PARAMETERS)
        _check_window(self.kernel_size, self.strides, self.padding)
        check_choice("The activation", self.activation, ACTIVATIONS)
        check_choice("use_bias", self.use_bias, (True, False))

    def output(self, shape: Shape) -> Shape:
        sides = _slide("Conv2D", shape, self.kernel_size, self.strides, self.padding)
        return (*sides, self.filters)

    def weights(self, shape: Shape) -> tuple[Shape, ...]:
        return _with_bias((*self.kernel_size, shape[-1], self.filters), self.use_bias)

    def work(self, shape: Shape) -> int:
        return math.prod(self.output(shape)) * math.prod(self.kernel_size) * shape[-1]

    @property
    def words(self) -> str:
        return f"Conv2D {self.filters} {self.activation}"


@dataclass(frozen=True)
class _Pooling(Layer):
    pool_size: tuple[int, int]
    strides: tuple[int, int]
    padding: str

    def __post_init__(self) -> None:
        _check_window(self.pool_size, self.strides, self.padding)

    def output(self, shape: Shape) -> Shape:
        sides = _slide(type(self).__name__, shape, self.pool_size, self.strides, self.padding)
        return (*sides, shape[-1])

    def work(self, shape: Shape) -> int:
        return math.prod(self.output(shape)) * math.prod(self.pool_size)


@dataclass(frozen=True)
class MaxPooling2D(_Pooling):
    """Keeps the largest number of each window."""


@dataclass(frozen=True)
class AveragePooling2D(_Pooling):
    """Keeps the average of each window."""


@dataclass(frozen=True)
class Flatten(Layer):
    """All numbers in a row."""

    def output(self, shape: Shape) -> Shape:
        return (math.prod(shape),)


@dataclass(frozen=True)
class Dropout(Layer):
    """Does something in training only."""


@dataclass(frozen=True)
class Activation(Layer):
    """An activation function alone."""

    activation: str

    def __post_init__(self) -> None:
        check_choice("The activation", self.activation, ACTIVATIONS)

    def work(self, shape: Shape) -> int:
        return math.prod(shape)

    @property
    def words(self) -> str:
        return self.activation


KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (Dense, Conv2D, MaxPooling2D, AveragePooling2D, Flatten, Dropout, Activation)
}
"""The layers that the lab knows, by Keras's names."""


def settings(kind: type[Layer]) -> list[str]:
    """The names of a layer's settings, as Keras calls them too."""
    return [field.name for field in fields(kind)]


def _with_bias(kernel: Shape, use_bias: bool) -> tuple[Shape, ...]:
    return (kernel, kernel[-1:]) if use_bias else (kernel,)


def _check_window(size: tuple[int, int], strides: tuple[int, int], padding: str) -> None:
    for pair in (size, strides):
        for number in pair:
            check_count("The size of a window and its strides", number, 1, IMAGE_SHAPE[0])
    check_choice("The padding", padding, _PADDINGS)


def _slide(
    kind: str, shape: Shape, size: tuple[int, int], strides: tuple[int, int], padding: str
) -> Shape:
    """The sides of the picture that a sliding window leaves."""
    if len(shape) != 3:
        raise BroughtError(
            f"A {kind} layer takes pictures such as (28, 28, 1), and gets {written(shape)}. Build the "
            "network with keras.Input(shape=(28, 28, 1)), and flatten after the last such layer."
        )
    room = (
        shape[:2] if padding == "same" else [s - k + 1 for s, k in zip(shape, size, strict=False)]
    )
    sides = tuple(-(-side // stride) for side, stride in zip(room, strides, strict=True))
    if min(sides) < 1:
        raise BroughtError(
            f"Nothing is left of the picture after a {kind} layer: its window is larger than "
            f"{written(shape)}. Take smaller windows or fewer such layers."
        )
    return sides


def written(shape: Shape) -> str:
    """A shape as Python writes it, short."""
    text = repr(shape)
    return text if len(text) <= 40 else f"{text[:40]}…"
