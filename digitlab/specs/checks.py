"""Checks of a learner's choices; each raises ChoiceError, a code with values.

`wording.problems.choice_rules` makes the sentences.
"""

import reprlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """What a choice breaks; beside each the values that belong to it, after name and value."""

    NUMBER = "number"
    RANGE = "range"  # low, high
    WHOLE = "whole"
    CHOICE = "choice"  # choices
    # In a link, which is text.
    DECIMAL = "decimal"  # like: a number that is written as it must be
    FORM = "form"  # like: what is written as it must be
    # In JSON.
    LENGTH = "length"  # high: the most characters; the value is how many there are
    JSON = "json"
    OBJECT = "object"
    KEYS = "keys"  # choices: the names that it may have; the value is another one
    LIST = "list"
    PAIR = "pair"


class ChoiceError(ValueError):
    """A choice breaks a rule.

    Args:
        rule: which.
        name: of what is chosen: one of `wording.choice_rules.NAMES`, or Keras's argument.
        value: that was chosen.
        values: what else belongs to the rule, such as the bounds `low` and `high`.
    """

    def __init__(self, rule: Rule, name: str, value: object, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values: dict[str, Any] = {"name": name, "value": shown(value), **values}

    def __str__(self) -> str:
        """For the log and for tests; the learner reads `wording.choice_rules.choice_words`."""
        return f"{self.rule} {self.values}"


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
