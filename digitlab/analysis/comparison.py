"""Two runs beside each other: what follows from their differences, as codes with values.

It never names a cause unless one setting alone differs.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from digitlab.analysis.differences import RunSetting, differences
from digitlab.analysis.kept_aside import kept_aside, same_labels
from digitlab.records.score import DigitSet
from digitlab.runs.record import Run
from digitlab.runs.scores import has_network, training_accuracy, validation_accuracy


class Verdict(StrEnum):
    """What follows from the differences of two runs."""

    UNDER_WAY = "under_way"
    """One of them has not ended."""
    SEVERAL = "several"
    """Several settings differ."""
    PACKAGES_TOO = "packages_too"
    """One setting differs, and so do versions."""
    SEED = "seed"
    """Only the seed differs."""
    ONE = "one"
    """Only one setting differs."""
    NO_CAUSE = "no_cause"
    """A setting differs that changes no number, and the numbers are the same."""
    SAME = "same"
    """The settings and the numbers are the same."""
    NO_EPOCH = "no_epoch"
    """No setting differs that matters, and one of them has finished no epoch."""
    PACKAGES = "packages"
    """The numbers differ, and of all that matters only versions do."""
    ROUNDING = "rounding"
    """The numbers differ, and nothing that the lab knows of does."""


class VersionPair(NamedTuple):
    """A package with its version in A and in B."""

    package: str
    first: str
    second: str


@dataclass(frozen=True)
class Finding:
    """What may be said of the differences of two runs.

    Attributes:
        verdict: what follows.
        causes: the settings that differ and matter.
        packages: those whose versions differ.
    """

    verdict: Verdict
    causes: tuple[RunSetting, ...] = ()
    packages: tuple[VersionPair, ...] = ()

    @property
    def recipes_differ(self) -> bool:
        """Whether a setting matters that is not the seed: several seeds can tell more."""
        return any(cause is not RunSetting.SEED for cause in self.causes)


@dataclass(frozen=True)
class Gap:
    """The scores of two runs by which they may be compared.

    Attributes:
        digits: that both accuracies are of; None if there are none to compare.
        accuracies: of A and of B, 0 to 1; empty without.
        without_network: the first of A and B that has no network; "" if both have one.
        without_validation: those of A and B that have no validation digits.
        same_digits: whether they were validated with the same digits.
        same_labels: whether the digits of both had the same labels.
    """

    digits: DigitSet | None = None
    accuracies: tuple[float, ...] = ()
    without_network: str = ""
    without_validation: tuple[str, ...] = ()
    same_digits: bool = True
    same_labels: bool = True


def same_numbers(first: Run, second: Run) -> bool:
    """Whether both learned the same, to the last digit: every epoch and the test.

    What only one of them has counted is left out.
    """
    if len(first.history) != len(second.history) or not first.history:
        return False
    pairs = [(first.test_accuracy, second.test_accuracy), (first.test_loss, second.test_loss)]
    for a, b in zip(first.history, second.history, strict=True):
        pairs += [(a.logs[name], b.logs[name]) for name in a.logs.keys() & b.logs]
    return all(_same(a, b) for a, b in pairs)


def find(first: Run, second: Run) -> Finding:
    """What follows from the differences of A, the first, and B."""
    differing = differences(first, second)
    causes = tuple(difference.setting for difference in differing if difference.matters)
    packages = _packages(first, second)
    return Finding(
        _verdict(first, second, bool(differing), causes, bool(packages)), causes, packages
    )


def _verdict(
    first: Run, second: Run, differ: bool, causes: tuple[RunSetting, ...], packages: bool
) -> Verdict:
    if first.state.active or second.state.active:
        return Verdict.UNDER_WAY
    if len(causes) > 1:
        return Verdict.SEVERAL
    if causes and packages:
        return Verdict.PACKAGES_TOO
    if causes:
        return Verdict.SEED if causes[0] is RunSetting.SEED else Verdict.ONE
    if same_numbers(first, second):
        return Verdict.NO_CAUSE if differ else Verdict.SAME
    if not (first.history and second.history):
        return Verdict.NO_EPOCH
    return Verdict.PACKAGES if packages else Verdict.ROUNDING


def gap(first: Run, second: Run) -> Gap:
    """The scores by which A, the first, and B may be compared, and how fair that is."""
    for letter, run in zip("AB", (first, second), strict=True):
        if not has_network(run):
            return Gap(without_network=letter)
    validated = validation_accuracy(first), validation_accuracy(second)
    if validated[0] is not None and validated[1] is not None:
        scores = (validated[0], validated[1])
        return Gap(
            DigitSet.VALIDATION,
            scores,
            same_digits=kept_aside(first.spec) == kept_aside(second.spec),
            same_labels=same_labels(first.spec, second.spec),
        )
    trained = training_accuracy(first), training_accuracy(second)
    if trained[0] is None or trained[1] is None:
        return Gap()
    lacking = tuple(letter for letter, score in zip("AB", validated, strict=True) if score is None)
    return Gap(DigitSet.TRAINING, (trained[0], trained[1]), without_validation=lacking)


def _same(a: float | None, b: float | None) -> bool:
    both_nan = a is not None and b is not None and math.isnan(a) and math.isnan(b)
    return a == b or both_nan


def _packages(first: Run, second: Run) -> tuple[VersionPair, ...]:
    names = dict.fromkeys(chain(first.versions, second.versions))
    pairs = ((name, first.versions.get(name), second.versions.get(name)) for name in names)
    return tuple(VersionPair(name, a, b) for name, a, b in pairs if a and b and a != b)
