"""The settings that two runs, two recipes or several runs do not share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.wording.descriptions import (
    activations,
    epochs_words,
    joined,
    network_words,
    rates_words,
)
from digitlab.wording.numerals import short_per_cent


@dataclass(frozen=True)
class Difference:
    """One setting that two runs do not share.

    Attributes:
        setting: in words.
        first, second: its values, in words or by Keras's names.
        matters: whether it can change the numbers that are learned.
    """

    setting: str
    first: str
    second: str
    matters: bool = True


def differences(first: Run, second: Run) -> list[Difference]:
    """The settings that differ, in the order in which a learner meets them."""
    ours, theirs = first.spec.training, second.spec.training
    differing = [*_network_differences(first.spec.network, second.spec.network)]

    def add(setting: str, a: str, b: str, matters: bool = True) -> None:
        if a != b:
            differing.append(Difference(setting, a, b, matters))

    add("Optimizer", ours.optimizer, theirs.optimizer)
    add("Learning rate", _rates(first), _rates(second))
    add("Batch size", str(ours.batch_size), str(theirs.batch_size))
    if ours.epochs != theirs.epochs or not _diverged(first, second):  # else it is a result
        matters = len(first.history) != len(second.history) and not _diverged(first, second)
        add("Epochs", epochs_words(first), epochs_words(second), matters)
    add("Validation share", _share(ours), _share(theirs))
    add("Loss", ours.loss, theirs.loss)
    add("Metric", ours.metric, theirs.metric, matters=False)
    add("Start", _start(ours), _start(theirs))
    differing += _preparation_differences(first.spec.preparation, second.spec.preparation)
    add("Seed", str(ours.seed), str(theirs.seed))
    return differing


def _network_differences(first: NetworkSpec, second: NetworkSpec) -> Iterable[Difference]:
    if first.convolutions != second.convolutions:
        a, b = (joined(network.convolutions, ", ") or "none" for network in (first, second))
        yield Difference("Filters of the convolutions", a, b)
    ours, theirs = first.hidden, second.hidden
    if len(ours) != len(theirs):
        if _within(ours, theirs) or _within(theirs, ours):  # layers were added, and that is all
            yield Difference("Hidden layers", _layers(ours), _layers(theirs))
            return
        yield Difference("Hidden layers", str(len(ours)), str(len(theirs)))
    units = [[layer.units for layer in layers] for layers in (ours, theirs)]
    if units[0] != units[1]:
        yield Difference("Units", joined(units[0], ", "), joined(units[1], ", "))
    a, b = _activation_words(ours), _activation_words(theirs)
    if a != b:
        yield Difference("Activation", a, b)


def _preparation_differences(first: PrepSpec, second: PrepSpec) -> Iterable[Difference]:
    for setting, words in _PREPARATION.items():
        a, b = words(first), words(second)
        if a != b:
            yield Difference(setting, a, b)


_PREPARATION: dict[str, Callable[[PrepSpec], str]] = {
    "Scaling": lambda preparation: "to 0–1" if preparation.scale else "left out",
    "Labels": lambda preparation: "one-hot" if preparation.one_hot else "whole numbers",
    "Share of the training digits": lambda preparation: short_per_cent(preparation.data_share),
    "Digit left out": lambda preparation: (
        "none" if preparation.dropped_digit is None else str(preparation.dropped_digit)
    ),
    "Label noise": lambda preparation: (
        short_per_cent(preparation.label_noise) if preparation.label_noise else "none"
    ),
    "Labels shuffled": lambda preparation: "yes" if preparation.shuffle_labels else "no",
}


def _within(few: Sequence[HiddenLayer], many: Sequence[HiddenLayer]) -> bool:
    """Whether `few` is `many` with some left out."""
    rest = iter(many)
    return all(layer in rest for layer in few)


def _layers(layers: Sequence[HiddenLayer]) -> str:
    return joined((f"{layer.units} {layer.activation}" for layer in layers), ", ") or "none"


def _activation_words(layers: Sequence[HiddenLayer]) -> str:
    different = activations(layers)
    return different[0] if len(different) == 1 else joined((x.activation for x in layers), ", ")


def _rates(run: Run) -> str:
    return rates_words(run.spec.training, len(run.history))


def _start(training: TrainSpec) -> str:
    return "at zero" if training.zero_start else "at random"


def _share(training: TrainSpec) -> str:
    return short_per_cent(training.validation_share) if training.validation_share else "none"


def _diverged(*runs: Run) -> bool:
    return any(run.state is JobState.DIVERGED for run in runs)


def recipe_differences(first: RunSpec, second: RunSpec) -> list[Difference]:
    """The settings that two recipes do not share, whatever the seed, if both run to their end."""
    return differences(_whole(first), _whole(second))


def settings_apart(runs: Sequence[Run]) -> dict[str, list[str]]:
    """The settings that not all of several runs share, each with its value in every run.

    What differs in the layers is one setting, the network.
    """
    first, settings = runs[0], dict[str, list[str]]()
    networks = [run.spec.network for run in runs]
    if len(set(networks)) > 1:
        settings["Network"] = [network_words(network) for network in networks]
    for position, other in enumerate(runs):
        within = {
            difference.setting
            for difference in _network_differences(networks[0], networks[position])
        }
        for difference in differences(first, other):
            if difference.setting not in within:
                values = settings.setdefault(difference.setting, [difference.first] * len(runs))
                values[position] = difference.second
    return settings


def _whole(recipe: RunSpec) -> Run:
    """A run of all epochs of a recipe, without results."""
    now = datetime.now(UTC)
    epochs = recipe.training.epochs
    history = tuple(EpochRecord(epoch, 0, 0.0, {}) for epoch in range(epochs))
    return Run("", "", recipe.with_seed(0), JobState.FINISHED, now, now, history=history)
