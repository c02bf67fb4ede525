"""How well a network reads, by the digits that a choice may look at: never by the test digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from digitlab.records.training import EpochRecord

GUESSING = 0.2
"""One digit in ten is right by guessing; below this a network has learned next to nothing."""


class DigitSet(StrEnum):
    """One of the three sets of digits."""

    TRAINING = "training"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True)
class Score:
    """The share of digits that a network reads correctly.

    Attributes:
        digits: which ones.
        accuracy: 0 to 1.
    """

    digits: DigitSet
    accuracy: float


def choosing_score(history: Sequence[EpochRecord]) -> Score | None:
    """The score to choose by: after the last epoch on the validation digits, if there are any.

    Without them it is the training accuracy, which Keras averages over the epoch: it is of digits
    that the network has learned from, and lower than what the network reads at the epoch's end.

    Args:
        history: the finished epochs.

    Returns:
        None before the first epoch ends, and if the training counted another metric.
    """
    logs = history[-1].logs if history else {}
    if "val_accuracy" in logs:
        return Score(DigitSet.VALIDATION, logs["val_accuracy"])
    if "accuracy" in logs:
        return Score(DigitSet.TRAINING, logs["accuracy"])
    return None
