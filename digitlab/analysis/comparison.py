"""Two runs beside each other: what differs, and what follows from it.

It never names a cause unless one setting alone differs.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from digitlab.records.job_state import JobState
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.wording.descriptions import (
    accuracy,
    activations,
    epochs_words,
    joined,
    network_words,
    rates_words,
    state_words,
)
from digitlab.wording.numerals import short_per_cent

TEST_DIGITS = 10_000

_MANY = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


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
    """The settings that two runs do not share, in the order in which a learner meets them."""
    done = len(first.history), len(second.history)
    diverged = _diverged(first, second)
    epochs = Difference(
        "Epochs", epochs_words(first), epochs_words(second), done[0] != done[1] and not diverged
    )
    same_epochs = first.spec.training.epochs == second.spec.training.epochs
    if same_epochs and diverged:  # how many there are is a result, no setting
        epochs = replace(epochs, second=epochs.first)
    return _spec_differences(first.spec, second.spec, done, epochs)


def _spec_differences(
    first: RunSpec, second: RunSpec, done: tuple[int, int], epochs: Difference
) -> list[Difference]:
    """The settings that two specs do not share.

    Args:
        first: of A.
        second: of B.
        done: how many epochs of each were trained.
        epochs: what is said of these.
    """
    one, other = first.training, second.training
    rates = rates_words(one, done[0]), rates_words(other, done[1])
    compared = [
        *_network_differences(first.network, second.network),
        Difference("Optimizer", one.optimizer, other.optimizer),
        Difference("Learning rate", *rates),
        Difference("Batch size", str(one.batch_size), str(other.batch_size)),
        epochs,
        Difference("Validation share", _share(one), _share(other)),
        Difference("Loss", one.loss, other.loss),
        Difference("Metric", one.metric, other.metric, matters=False),
        Difference("Start", _start(one), _start(other)),
        *_preparation_differences(first.preparation, second.preparation),
        Difference("Seed", str(one.seed), str(other.seed)),
    ]
    return [setting for setting in compared if setting.first != setting.second]


def same_numbers(first: Run, second: Run) -> bool:
    """Whether both learned the same, to the last digit: every epoch and the test.

    What only one of them has counted is left out.
    """
    if len(first.history) != len(second.history) or not first.history:
        return False
    pairs = [(first.test_accuracy, second.test_accuracy), (first.test_loss, second.test_loss)]
    for one, other in zip(first.history, second.history, strict=True):
        pairs += [(one.logs[name], other.logs[name]) for name in one.logs.keys() & other.logs]
    return all(_same(a, b) for a, b in pairs)


def verdict(first: Run, second: Run) -> str:
    """What follows from the differences of A, the first, and B, in one or two sentences."""
    found = differences(first, second)
    causes = [difference for difference in found if difference.matters]
    if first.state.active or second.state.active:
        return "One of them is not done yet: compare when both have ended."
    if len(causes) > 1:
        many = _MANY[len(causes) - 2] if len(causes) < len(_MANY) + 2 else len(causes)
        return f"{many} things changed, so you can't tell which one did it. Change one at a time."
    versions = _versions(first, second)
    if causes and versions:
        return (
            f"You changed one thing, but the packages differ too ({versions}), so you can't tell "
            "which one did it."
        )
    if causes and causes[0].setting == "Seed":
        return (
            "Only the seed differs: the random numbers started elsewhere. So all of it is luck, "
            "the luck of the start."
        )
    if causes:
        return (
            f"Only one thing changed: **{causes[0].setting.lower()}**. So it made the difference, "
            f"at least with seed {first.spec.training.seed}. Is it the same with other seeds?"
        )
    if same_numbers(first, second):
        twice = "That changes nothing in the learning" if found else "The same run twice"
        return f"{twice}: the same numbers, to the last digit."
    if not (first.history and second.history):
        return "No setting differs that matters, but one of them has not finished an epoch."
    reason = f"made with {versions}" if versions else "made on computers that round differently"
    return f"No setting differs that matters, yet the numbers do. Perhaps they were {reason}."


def gap_words(first: Run, second: Run) -> str:
    """Which of A, the first, and B reads more of the test digits, and by how much."""
    scores = [accuracy(first), accuracy(second)]
    for letter, score, run in zip("AB", scores, (first, second), strict=True):
        if score is None:
            return f"{letter} ({state_words(run)}) has no test accuracy to compare."
    a, b = (round(TEST_DIGITS * score) for score in scores if score is not None)
    if a == b:
        return f"Both read {a:,} of the {TEST_DIGITS:,} test digits."
    better, worse = ("B", "A") if b > a else ("A", "B")
    return (
        f"**{better} reads {abs(b - a):,} more** of the {TEST_DIGITS:,} test digits than {worse}: "
        f"{max(a, b):,}, not {min(a, b):,}."
    )


def _network_differences(first: NetworkSpec, second: NetworkSpec) -> Iterable[Difference]:
    if first.convolutions != second.convolutions:
        a, b = (joined(one.convolutions, ", ") or "none" for one in (first, second))
        yield Difference("Filters of the convolutions", a, b)
    one, other = first.hidden, second.hidden
    if len(one) != len(other):
        if _within(one, other) or _within(other, one):  # layers were added, and that is all
            yield Difference("Hidden layers", _layers(one), _layers(other))
            return
        yield Difference("Hidden layers", str(len(one)), str(len(other)))
    units = [[layer.units for layer in layers] for layers in (one, other)]
    if units[0] != units[1]:
        yield Difference("Units", joined(units[0], ", "), joined(units[1], ", "))
    a, b = _activation_words(one), _activation_words(other)
    if a != b:
        yield Difference("Activation", a, b)


def _preparation_differences(first: PrepSpec, second: PrepSpec) -> Iterable[Difference]:
    for setting, words in _PREPARATION.items():
        a, b = words(first), words(second)
        if a != b:
            yield Difference(setting, a, b)


_PREPARATION: dict[str, Callable[[PrepSpec], str]] = {
    "Scaling": lambda one: "to 0–1" if one.scale else "left out",
    "Labels": lambda one: "one-hot" if one.one_hot else "whole numbers",
    "Share of the training digits": lambda one: short_per_cent(one.data_share),
    "Digit left out": lambda one: "none" if one.dropped_digit is None else str(one.dropped_digit),
    "Label noise": lambda one: short_per_cent(one.label_noise) if one.label_noise else "none",
    "Labels shuffled": lambda one: "yes" if one.shuffle_labels else "no",
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


def _start(training: TrainSpec) -> str:
    return "at zero" if training.zero_start else "at random"


def _share(training: TrainSpec) -> str:
    return short_per_cent(training.validation_share) if training.validation_share else "none"


def _diverged(*runs: Run) -> bool:
    return any(run.state is JobState.DIVERGED for run in runs)


def _same(a: float | None, b: float | None) -> bool:
    both_nan = a is not None and b is not None and math.isnan(a) and math.isnan(b)
    return a == b or both_nan


def _versions(first: Run, second: Run) -> str:
    """The packages whose versions differ: "keras 3.15.1 and 3.16.0"."""
    names = dict.fromkeys(chain(first.versions, second.versions))
    pairs = {name: (first.versions.get(name), second.versions.get(name)) for name in names}
    return ", ".join(f"{name} {a} and {b}" for name, (a, b) in pairs.items() if a and b and a != b)


def recipe_differences(first: RunSpec, second: RunSpec) -> list[Difference]:
    """The settings that two recipes do not share, whatever the seed, if both run to their end."""
    done = first.training.epochs, second.training.epochs
    epochs = Difference("Epochs", str(done[0]), str(done[1]))
    return _spec_differences(first.with_seed(0), second.with_seed(0), done, epochs)


def recipe_causes(found: Sequence[Difference]) -> str:
    """What a difference between the results of two recipes can be put down to, unless to luck."""
    causes = [difference.setting.lower() for difference in found if difference.matters]
    if not causes:
        return "They differ in nothing that changes the learning."
    if len(causes) == 1:
        return f"What is not luck comes from the **{causes[0]}**: they differ in nothing else."
    return (
        f"They differ in {len(causes)} settings ({joined(causes, ', ')}), so what is not luck can't "
        "be put down to one of them. Change one at a time."
    )


def settings_apart(runs: Sequence[Run]) -> dict[str, list[str]]:
    """The settings that not all of several runs share, each with its value in every run.

    What differs in the layers is one setting, the network.
    """
    first, found = runs[0], dict[str, list[str]]()
    networks = [run.spec.network for run in runs]
    if len(set(networks)) > 1:
        found["Network"] = [network_words(network) for network in networks]
    for position, other in enumerate(runs):
        within = {one.setting for one in _network_differences(networks[0], networks[position])}
        for one in differences(first, other):
            if one.setting not in within:
                found.setdefault(one.setting, [one.first] * len(runs))[position] = one.second
    return found
