"""Two runs beside each other: what differs, and what follows from it.

It never names a cause unless one setting alone differs.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from digitlab.descriptions import (
    accuracy,
    activations,
    epochs_words,
    joined,
    rates_words,
    state_words,
)
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, TrainSpec
from digitlab.training.jobs import JobState

TEST_DIGITS = 10_000

_MANY = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven")


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
    one, other = first.spec.training, second.spec.training
    found = [*_network_differences(first.spec.network, second.spec.network)]

    def add(setting: str, a: str, b: str, matters: bool = True) -> None:
        if a != b:
            found.append(Difference(setting, a, b, matters))

    add("Optimizer", one.optimizer, other.optimizer)
    add("Learning rate", _rates(first), _rates(second))
    add("Batch size", str(one.batch_size), str(other.batch_size))
    if one.epochs != other.epochs or not _diverged(first, second):  # else it is a result
        matters = len(first.history) != len(second.history) and not _diverged(first, second)
        add("Epochs", epochs_words(first), epochs_words(second), matters)
    add("Validation share", _share(one), _share(other))
    add("Loss", one.loss, other.loss)
    add("Metric", one.metric, other.metric, matters=False)
    add("Seed", str(one.seed), str(other.seed))
    return found


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
        return (
            f"{_MANY[len(causes) - 2]} things changed, so you can't tell which one did it. "
            "Change one at a time."
        )
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


def _share(training: TrainSpec) -> str:
    return f"{100 * training.validation_share:g} %" if training.validation_share else "none"


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
