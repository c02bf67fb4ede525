"""What every kind of layer says of itself, and how its settings are checked."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.specs.checks import check_range

Shape = tuple[int, ...]
"""Of one sample."""

Numbers = float | tuple[float, ...]
"""A setting that is one number, or one for each channel."""

_LARGEST = 1e9


@dataclass(frozen=True)
class Layer:
    """A layer that changes nothing; the others say what they change.

    The fields are arguments of the Keras layer of the same name, with Keras's defaults. The methods
    take the shape of one input sample.
    """

    def output_shape(self, shape: Shape) -> Shape:
        """The shape of one output sample."""
        return shape

    def weight_shapes(self, shape: Shape) -> dict[str, Shape]:
        """The shapes of its weights by Keras's names, in Keras's order; biases are among them."""
        return {}

    def multiply_adds(self, shape: Shape) -> int:
        """How many multiply-adds, or comparisons, one sample takes."""
        return 0

    def largest_shape(self, shape: Shape) -> Shape:
        """The shape of the largest tensor that it makes of one sample."""
        return self.output_shape(shape)

    def check_weights(self, arrays: Sequence[Any]) -> None:
        """Refuse weights that no training makes.

        Raises:
            UploadError: if there are such ones.
        """

    @property
    def words(self) -> str:
        """What it is, in a few words."""
        return type(self).__name__

    @property
    def keeps_values(self) -> bool:
        """Whether its outputs are its inputs at inference, perhaps in another shape."""
        return False

    @property
    def has_kernel(self) -> bool:
        """Whether it has a kernel: whether its outputs are weighted sums of its inputs."""
        return False


def settings(kind: type[Layer]) -> list[str]:
    """The names of a layer's settings, as Keras calls them too."""
    return [field.name for field in fields(kind)]


def check_number(name: str, value: float, low: float = -_LARGEST, high: float = _LARGEST) -> None:
    """Refuse what is no finite number within two bounds."""
    check_range(name, value, low, high)


def check_numbers(name: str, value: Numbers, low: float = -_LARGEST) -> None:
    """Refuse what is neither a finite number nor several of them."""
    for number in value if isinstance(value, tuple) else (value,):
        check_number(name, number, low)


def check_axis(kind: str, axis: int, shape: Shape) -> None:
    """Refuse a layer that does not work along the last axis of its input; the batch is axis 0."""
    if axis not in (-1, len(shape)):
        raise UploadError(UploadProblem.AXIS, kind=kind, axis=axis, shape=shape)


def check_channels(kind: str, value: Numbers, shape: Shape) -> None:
    """Refuse numbers that are neither one for all nor one for each channel."""
    if isinstance(value, tuple) and len(value) not in (1, shape[-1]):
        raise UploadError(UploadProblem.CHANNELS, kind=kind, count=len(value), shape=shape)


def written(shape: Shape) -> str:
    """A shape as Python writes it, short."""
    text = repr(shape)
    return text if len(text) <= 40 else f"{text[:40]}…"
