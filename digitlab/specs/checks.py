"""Checks of a learner's choices; each raises ValueError with one sentence for the learner."""

import reprlib
from collections.abc import Sequence


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is no number between `low` and `high`, both included."""
    # A spec may come from a link or a file, where True or "12" can stand for a number.
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"{name} must be a number; it is {shown(value)}.")
    # "not (low <= value)" also refuses NaN.
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low:,} and {high:,}; it is {shown(value)}.")


def check_count(name: str, value: int, low: int, high: int) -> None:
    """Refuse what is no whole number between `low` and `high`, both included."""
    check_range(name, value, low, high)
    if not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number; it is {shown(value)}.")


def check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Refuse what is not one of the choices."""
    # Of the same type: 100.0 is no batch size, though it equals one.
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        all_of_them = ", ".join(map(str, choices))
        raise ValueError(f"{name} must be one of {all_of_them}; it is {shown(value)}.")


def shown(value: object) -> str:
    """A value within a sentence: a stranger's may be very long."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return reprlib.repr(value)
    text = value if isinstance(value, str) else f"{value:,}"
    # Half a character can't be sent to a browser, and a terminal obeys some that can't be seen.
    text = "".join(char if char.isprintable() else "?" for char in text[:41])
    return text if len(text) <= 40 else f"{text[:40]}…"
