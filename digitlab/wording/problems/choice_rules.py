"""What is said of a choice that breaks a rule of `specs.checks`."""

from typing import Any, Final

from digitlab.specs.checks import ChoiceError, Rule
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import significant, whole
from digitlab.wording.say import Message, say_message, to_say

_RULES: Final[dict[Rule, Message]] = {
    Rule.NUMBER: to_say("{name} must be a number."),
    Rule.RANGE: to_say("{name} must be between {low} and {high}."),
    Rule.WHOLE: to_say("{name} must be a whole number."),
    Rule.CHOICE: to_say("{name} must be one of these: {choices}."),
    Rule.DECIMAL: to_say("{name} must be a number like {like}."),
    Rule.FORM: to_say("{name} must be written like {like}."),
    Rule.LENGTH: to_say("{name} may have at most {high} characters."),
    Rule.JSON: to_say("{name} must be valid JSON. Write it with an editor that checks JSON."),
    Rule.OBJECT: to_say("{name} must be a JSON object, with names and values."),
    Rule.KEYS: to_say("{name} can have only parts with these names: {choices}."),
    Rule.LIST: to_say("{name} must be written as a JSON list."),
    Rule.PAIR: to_say("{name} must be written as a JSON list of two values."),
}

_ONE_CHOICE: Final = to_say("{name} must be {choices}.")
_EMPTY: Final = to_say("Here it is empty.")
_FOUND: Final = to_say("Here it is {value}.")
_FOUND_BY_RULE: Final[dict[Rule, Message]] = {
    Rule.LENGTH: to_say("Here it has {value}."),
    Rule.KEYS: to_say("Here a part has the name {value}."),
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
    # Of the network and its training.
    "The activation": to_say("The activation"),
    "The number of hidden layers": to_say("The number of hidden layers"),
    "The number of convolutions": to_say("The number of convolutions"),
    "The use of biases": to_say("The use of biases"),
    "The loss": to_say("The loss"),
    "The optimizer": to_say("The optimizer"),
    "The metric": to_say("The metric"),
    "The batch size": to_say("The batch size"),
    "The learning rate": to_say("The learning rate"),
    "The epoch of a new learning rate": to_say("The epoch of a new learning rate"),
    "The number of epochs": to_say("The number of epochs"),
    "The validation share": to_say("The validation share"),
    "The seed": to_say("The seed"),
    "The start at zero": to_say("The start at zero"),
    # Of the preparation.
    "Scaling": to_say("The scaling of the pixels"),
    "One-hot": to_say("The one-hot form of the labels"),
    "The share of the training digits": to_say("The share of the training digits"),
    "The digit that is dropped": to_say("The digit that is left out"),
    "The label noise": to_say("The label noise"),
    "Shuffling the labels": to_say("The shuffling of the labels"),
    # Of the digits that a learner looks at.
    "The set": to_say("The set of the digit"),
    "The number of the digit": to_say("The number of the digit"),
    "The digit": to_say("The digit"),
    "The number of axes": to_say("The number of axes"),
    "The row": to_say("The row"),
    "The column": to_say("The column"),
    "The number of the test digit": to_say("The number of the test digit"),
    # Of what several values describe, in a link or in JSON.
    "A hidden layer": to_say("A hidden layer"),
    "A change of learning rate": to_say("A change of the learning rate"),
    "The digit on Data and Prepare": to_say("The digit on Data and Prepare"),
    "The tensor": to_say("The tensor"),
    "The description of the run": to_say("The description of the run"),
    "The version of this description": to_say("The version of this description"),
    "The run": to_say("The run"),
    "The network": to_say("The network"),
    "The training": to_say("The training"),
    "The preparation": to_say("The preparation"),
    "The hidden layers": to_say("The hidden layers"),
    "The convolutions": to_say("The convolutions"),
    "The changes of learning rate": to_say("The changes of the learning rate"),
}
"""Of what settings are called in their checks; others have the name of Keras's argument."""


def choice_words(error: ChoiceError) -> str:
    """What must be, and what is.

    >>> choice_words(ChoiceError(Rule.WHOLE, "The seed", ""))
    'The seed must be a whole number. Here it is empty.'
    """
    return rule_words(error.rule, **error.values)


def rule_words(rule: Rule, name: str, value: str, **values: Any) -> str:
    """The same of the values of a `ChoiceError`.

    >>> rule_words(Rule.RANGE, "The number of units", "0", low=1, high=2000)
    'The number of units must be between 1 and 2,000. Here it is 0.'
    """
    choices = [str(choice) for choice in values.get("choices", ())]
    asked = say_message(
        _ONE_CHOICE if rule is Rule.CHOICE and len(choices) == 1 else _RULES[rule],
        name=say_message(NAMES[name]) if name in NAMES else name,
        low=_bound(values.get("low", 0)),
        high=_bound(values.get("high", 0)),
        choices=with_commas(choices),
        like=values.get("like", ""),
    )
    if rule is Rule.JSON:
        return asked
    value_message = _FOUND_BY_RULE.get(rule, _FOUND if value else _EMPTY)
    return f"{asked} {say_message(value_message, value=value)}"


def _bound(number: float) -> str:
    return whole(int(number)) if number == int(number) else significant(number)
