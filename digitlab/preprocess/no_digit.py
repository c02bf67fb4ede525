"""Why there is no digit to read in a picture: a code. The words are made where they are shown."""

from enum import StrEnum


class NoDigit(StrEnum):
    """Why there is no digit to read."""

    EMPTY = "empty"
    """White throughout."""
    ONE_COLOUR = "one colour"
    """Another colour throughout."""
    FAINT = "faint"
    """Nothing stands out from the paper."""
    FULL = "full"
    """Ink is nearly everywhere."""
    DOT = "dot"
    """What is there is too small or too round for a digit."""
    MANY = "many"
    """More pieces of ink side by side than the lab reads."""


class DrawingError(ValueError):
    """There is no digit to read.

    Attributes:
        reason: why.
    """

    def __init__(self, reason: NoDigit) -> None:
        super().__init__(f"no digit: {reason}")
        self.reason = reason
