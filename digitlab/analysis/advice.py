"""What to change about a training that has learned hardly anything."""

from collections.abc import Sequence
from enum import StrEnum, auto

from digitlab.records.training import EpochRecord
from digitlab.specs import OPTIMIZERS, TrainSpec

_FAR = 10
"""Times the optimizer's usual learning rate: further away than the usual choices of a first try."""

_STILL = 0.01
"""A share of the loss; what falls less than this over all epochs does not fall."""


class Advice(StrEnum):
    """What to try first."""

    SMALLER_RATE = auto()
    LARGER_RATE = auto()
    MORE_EPOCHS = auto()


def advice(training: TrainSpec, history: Sequence[EpochRecord]) -> Advice:
    """What the numbers say about a network that reads no better than guessing.

    A network that took too large steps can stand as still as one that takes too small ones: its
    units are dead. So the rate is looked at first, beside the optimizer's usual one, then the loss.

    Args:
        training: how it was trained.
        history: its finished epochs, at least one.
    """
    rate, usual = training.rate_at(len(history) - 1), OPTIMIZERS[training.optimizer]
    if rate > _FAR * usual:
        return Advice.SMALLER_RATE
    if rate < usual / _FAR:
        return Advice.LARGER_RATE
    losses = [record.logs["loss"] for record in history]
    if len(losses) > 1 and losses[-1] > (1 - _STILL) * losses[0]:
        return Advice.SMALLER_RATE if rate > usual else Advice.LARGER_RATE
    return Advice.MORE_EPOCHS
