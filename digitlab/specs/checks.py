"""Checks of a learner's choices; each raises ChoiceError, a ValueError with one sentence."""

import reprlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """What a choice breaks; the value is the sentence's template."""

    NUMBER = "{name} must be a number; it is {value}."
    RANGE = "{name} must be between {low:,} and {high:,}; it is {value}."
    WHOLE = "{name} must be a whole number; it is {value}."
    CHOICE = "{name} must be one of {choices}; it is {value}."


class ChoiceError(ValueError):
    """A choice breaks a rule.

    Args:
        rule: which.
        name: of what is chosen, as a sentence begins with it.
        value: that was chosen.
        values: the bounds `low` and `high`, or the possible `choices`.
    """

    def __init__(self, rule: Rule, name: str, value: object, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values: dict[str, Any] = {"name": name, "value": shown(value), **values}

    def __str__(self) -> str:
        """The sentence for the learner."""
        return sentence(self.rule, **self.values)


def sentence(rule: Rule, **values: Any) -> str:
    """What is said of a choice that breaks a rule; for the values see `ChoiceError`."""
    choices = ", ".join(map(str, values.pop("choices", ())))
    return rule.format(**values, choices=choices)


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is no number between `low` and `high`, both included."""
    # A spec may come from a link or a file, where True or "12" can stand for a number.
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ChoiceError(Rule.NUMBER, name, value)
    # "not (low <= value)" also refuses NaN.
    if not low <= value <= high:
        raise ChoiceError(Rule.RANGE, name, value, low=low, high=high)


def check_count(name: str, value: int, low: int, high: int) -> None:
    """Refuse what is no whole number between `low` and `high`, both included."""
    check_range(name, value, low, high)
    if not isinstance(value, int):
        raise ChoiceError(Rule.WHOLE, name, value)


def check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Refuse what is not one of the choices."""
    # Of the same type: 100.0 is no batch size, though it equals one.
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        raise ChoiceError(Rule.CHOICE, name, value, choices=tuple(choices))


def shown(value: object) -> str:
    """A value within a sentence: a stranger's may be very long."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return reprlib.repr(value)
    text = value if isinstance(value, str) else f"{value:,}"
    # Half a character can't be sent to a browser, and a terminal obeys some that can't be seen.
    text = "".join(char if char.isprintable() else "?" for char in text[:41])
    return text if len(text) <= 40 else f"{text[:40]}…"
