"""A search in words: what it changes, and what it has found."""

from collections.abc import Iterable
from typing import Final

from digitlab.specs.search import SearchSpec, Setting
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.descriptions import setting_name

_HYPERPARAMETERS: Final[dict[str, Message]] = {
    "learning_rate": to_say("learning rate"),
    "units": to_say("units of the first hidden layer"),
    "batch_size": to_say("batch size"),
    "epochs": to_say("epochs"),
    "optimizer": to_say("optimizer"),
}
_ON_CONTROLS: Final[dict[str, Message]] = {
    "learning_rate": to_say("Learning rate"),
    "units": to_say("Units"),
    "batch_size": to_say("Batch size"),
    "epochs": to_say("Epochs"),
    "optimizer": to_say("Optimizer"),
}


def hyperparameter_words(name: str) -> str:
    """What a hyperparameter is called."""
    return say_message(_HYPERPARAMETERS[name])


def control_words(name: str) -> str:
    """The same on a control: the whole of "units of the first hidden layer" is too wide."""
    return say_message(_ON_CONTROLS[name])


def value_words(value: float | str) -> str:
    """A value of one.

    >>> [value_words(value) for value in (0.0003, 128, "sgd")]
    ['0.0003', '128', 'SGD']
    """
    return setting_name(value) if isinstance(value, str) else significant(value)


def setting_words(plan: SearchSpec, setting: Setting) -> str:
    """A setting: "learning rate 0.1, 32 units"."""
    return with_commas(
        [_part(name, value) for (name, _), value in zip(plan.grid, setting, strict=True)]
    )


def _part(name: str, value: float | str) -> str:
    if name == "units" and isinstance(value, int):
        return say_count("{count} unit", "{count} units", value)
    if name == "epochs" and isinstance(value, int):
        return say_count("{count} epoch", "{count} epochs", value)
    if name == "optimizer":
        return value_words(value)
    if name == "batch_size":
        return say("batch size {value}", value=value_words(value))
    return say("learning rate {rate}", rate=value_words(value))


def scores_words(scores: Iterable[float]) -> str:
    """The scores of a setting: "0.9512, 0.9498"."""
    return with_commas([decimal(score, 4) for score in scores])
