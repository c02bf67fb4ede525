"""What differs between runs or recipes, in words: each setting with its values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from digitlab.analysis.differences import Difference, RunSetting
from digitlab.specs import HiddenLayer
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import short_per_cent
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import epoch_count_words, rate_words, setting_name
from digitlab.wording.settings.network_names import network_words

_SETTINGS: Final[dict[RunSetting, Message]] = {
    RunSetting.NETWORK: to_say("Network"),
    RunSetting.FILTERS: to_say("Filters of the convolutions"),
    RunSetting.BIASES: to_say("Biases"),
    RunSetting.LAYERS: to_say("Hidden layers"),
    RunSetting.LAYER_COUNT: to_say("Number of hidden layers"),
    RunSetting.UNITS: to_say("Units"),
    RunSetting.ACTIVATION: to_say("Activation"),
    RunSetting.OPTIMIZER: to_say("Optimizer"),
    RunSetting.LEARNING_RATE: to_say("Learning rate"),
    RunSetting.BATCH_SIZE: to_say("Batch size"),
    RunSetting.EPOCHS: to_say("Epochs"),
    RunSetting.VALIDATION_SHARE: to_say("Validation share"),
    RunSetting.LOSS: to_say("Loss"),
    RunSetting.METRIC: to_say("Metric"),
    RunSetting.ZERO_START: to_say("Weights at the start"),
    RunSetting.SCALING: to_say("Pixels"),
    RunSetting.ONE_HOT: to_say("Labels"),
    RunSetting.DATA_SHARE: to_say("Share of the training digits"),
    RunSetting.DROPPED_DIGIT: to_say("Digit left out"),
    RunSetting.LABEL_NOISE: to_say("Label noise"),
    RunSetting.SHUFFLED_LABELS: to_say("Labels shuffled"),
    RunSetting.SEED: to_say("Seed"),
}


def setting_words(setting: RunSetting) -> str:
    """What a setting is called."""
    return say_message(_SETTINGS[setting])


def value_words(setting: RunSetting, value: object) -> str:
    """A value of a setting, as `analysis.differences` gives it.

    >>> value_words(RunSetting.VALIDATION_SHARE, 0.0), value_words(RunSetting.OPTIMIZER, "adam")
    ('none', 'Adam')
    """
    return _VALUES[setting](value)


def difference_table(
    settings: Mapping[RunSetting, Sequence[object]], letters: Sequence[str]
) -> dict[str, list[str]]:
    """The columns of a table: the settings, and a column of values for each run.

    Args:
        settings: a value for each run.
        letters: of the runs.
    """
    columns = {say("Setting"): [setting_words(setting) for setting in settings]}
    for place, letter in enumerate(letters):
        columns[letter] = [
            value_words(setting, values[place]) for setting, values in settings.items()
        ]
    return columns


def other_settings(differing: Sequence[Difference]) -> str:
    """What the second of two recipes has in place of the first: "Learning rate: 0.1"."""
    return with_commas(
        [
            say(
                "{setting}: {value}",
                setting=setting_words(difference.setting),
                value=value_words(difference.setting, difference.second),
            )
            for difference in differing
        ]
    )


def recipe_causes(differing: Sequence[Difference]) -> str:
    """What a difference between the results of two recipes can be put down to, unless to luck."""
    causes = [setting_words(difference.setting) for difference in differing if difference.matters]
    if not causes:
        return say("The recipes differ in nothing that changes the learning.")
    if len(causes) == 1:
        return say(
            "The recipes differ in one setting only: **{setting}**. What is not luck comes from "
            "this setting.",
            setting=causes[0],
        )
    return say(
        "The recipes differ in {count} settings: {settings}. So nobody can tell which of them made "
        "the difference. Change one at a time.",
        count=len(causes),
        settings=with_commas(causes),
    )


def _numbers(values: Sequence[int]) -> str:
    return with_commas([str(value) for value in values]) or say("none")


def _layers(layers: Sequence[HiddenLayer]) -> str:
    return with_commas([f"{layer.units} {layer.activation}" for layer in layers]) or say("none")


def _share(share: float) -> str:
    return short_per_cent(share) if share else say("none")


_VALUES: Final[dict[RunSetting, Callable[[Any], str]]] = {
    RunSetting.NETWORK: network_words,
    RunSetting.FILTERS: _numbers,
    RunSetting.BIASES: lambda used: say("one for each unit") if used else say("none"),
    RunSetting.LAYERS: _layers,
    RunSetting.LAYER_COUNT: str,
    RunSetting.UNITS: _numbers,
    RunSetting.ACTIVATION: with_commas,
    RunSetting.OPTIMIZER: setting_name,
    RunSetting.LEARNING_RATE: rate_words,
    RunSetting.BATCH_SIZE: str,
    RunSetting.EPOCHS: lambda count: epoch_count_words(*count),
    RunSetting.VALIDATION_SHARE: _share,
    RunSetting.LOSS: setting_name,
    RunSetting.METRIC: setting_name,
    RunSetting.ZERO_START: lambda zero: say("all 0") if zero else say("random"),
    RunSetting.SCALING: lambda scaled: say("from 0 to 1") if scaled else say("from 0 to 255"),
    RunSetting.ONE_HOT: lambda one_hot: say("one-hot") if one_hot else say("whole numbers"),
    RunSetting.DATA_SHARE: short_per_cent,
    RunSetting.DROPPED_DIGIT: lambda digit: say("none") if digit is None else str(digit),
    RunSetting.LABEL_NOISE: _share,
    RunSetting.SHUFFLED_LABELS: lambda shuffled: say("yes") if shuffled else say("no"),
    RunSetting.SEED: str,
}
