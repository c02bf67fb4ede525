"""The stages from a drawing to a digit, each with its picture and its numbers; no words."""

from dataclasses import dataclass
from typing import NamedTuple

from digitlab.preprocess.light import Floats, Pixels


class Size(NamedTuple):
    """Of a picture or a part of it, in pixels."""

    width: int
    height: int

    @classmethod
    def of(cls, array: Floats | Pixels) -> "Size":
        """The size of an array, (h, w) or (h, w, channels)."""
        return cls(array.shape[1], array.shape[0])


@dataclass(frozen=True, eq=False)
class Step:
    """One stage on the way, to show to the learner.

    Attributes:
        pixels: uint8, two dimensions; 0 is paper, 255 is ink.
    """

    pixels: Pixels


@dataclass(frozen=True, eq=False)
class SheetFound(Step):
    """The table around the sheet is left out."""

    sheet: Size
    picture: Size


@dataclass(frozen=True, eq=False)
class InkFound(Step):
    """All ink is found.

    Attributes:
        share: of the sheet or picture, that is ink; 0 to 1.
        on_sheet: whether a sheet was found.
    """

    share: float
    on_sheet: bool


@dataclass(frozen=True, eq=False)
class DigitTaken(Step):
    """One digit is taken of several, or without what is around it.

    Attributes:
        place: of the digit, from the left; from 0.
        count: how many digits there are.
        frame: whether a frame around it is left out.
        cut_off: whether something that the picture's edge cuts off is left out.
    """

    place: int
    count: int
    frame: bool
    cut_off: bool


@dataclass(frozen=True, eq=False)
class CutOut(Step):
    """What is around the digit is cut away."""

    digit: Size
    picture: Size


@dataclass(frozen=True, eq=False)
class Straightened(Step):
    """Half of its slant is taken out.

    Attributes:
        degrees: how far it leaned, to the right if positive; 0 if it stood upright.
    """

    degrees: int


@dataclass(frozen=True, eq=False)
class LinesEvened(Step):
    """Its lines are as wide as MNIST's.

    Attributes:
        width: what they would have been in pixels of the digit; within `shaping.STROKE` they stay.
    """

    width: float


@dataclass(frozen=True, eq=False)
class Shrunk(Step):
    """It fits where MNIST's digits fit."""

    digit: Size


@dataclass(frozen=True, eq=False)
class Centred(Step):
    """Its centre of mass is in the middle of the picture that the network gets."""
