"""What is said of a choice that breaks a rule of `specs.checks`."""

from typing import Any, Final

from digitlab.specs.checks import Rule
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say_message, to_say

_RULES: Final[dict[Rule, Message]] = {
    Rule.NUMBER: to_say("{name} must be a number. Here it is {value}."),
    Rule.RANGE: to_say("{name} must be between {low} and {high}. Here it is {value}."),
    Rule.WHOLE: to_say("{name} must be a whole number. Here it is {value}."),
    Rule.CHOICE: to_say("{name} must be one of these: {choices}. Here it is {value}."),
}

NAMES: Final[dict[str, Message]] = {
    "The number of units": to_say("The number of units"),
    "The number of filters": to_say("The number of filters"),
    "The size of a window and its strides": to_say("The size of a window and of its strides"),
    "The padding": to_say("The padding"),
    "A side of a Reshape layer": to_say("A number in the shape of a Reshape layer"),
    "The padding of a ZeroPadding2D layer": to_say("The padding of a ZeroPadding2D layer"),
    "The scale": to_say("The scale"),
    "The offset": to_say("The offset"),
    "The mean": to_say("The mean"),
    "The variance": to_say("The variance"),
}
"""Of what a layer's settings are called in its checks; others have the name of Keras's argument."""


def rule_words(rule: Rule, name: str, value: str, **values: Any) -> str:
    """What must be, and what is; for the values see `ChoiceError`.

    >>> rule_words(Rule.RANGE, "The number of units", "0", low=1, high=2000)
    'The number of units must be between 1 and 2,000. Here it is 0.'
    """
    return say_message(
        _RULES[rule],
        name=say_message(NAMES[name]) if name in NAMES else name,
        value=value,
        low=whole(values.get("low", 0)),
        high=whole(values.get("high", 0)),
        choices=with_commas([str(choice) for choice in values.get("choices", ())]),
    )
