"""A weight's gradient worked out by hand, and what a learning rate makes of a step, in NumPy."""

from collections.abc import Sequence
from enum import StrEnum, auto

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.sample_loss import SQUARED
from digitlab.records.learning import GradientChain

Array = NDArray[np.float32]

_MUCH = 0.5
"""A step is called right if the loss falls by at least this share of the largest fall."""


class StepSize(StrEnum):
    """What a step with one learning rate does to the loss, beside the steps with other rates."""

    TOO_SMALL = auto()
    RIGHT = auto()
    TOO_FAR = auto()
    NO_HELP = auto()
    """The loss stays as it is, and no other rate here makes it smaller."""


def output_errors(probabilities: Array, label: int, loss: str) -> Array:
    """The errors of ten softmax outputs: the gradient of the loss with regard to their sums, (10,).

    Args:
        probabilities: the answer, (10,).
        label: the true digit.
        loss: Keras's name of it. With cross-entropy an error is probability minus target.
    """
    target = np.eye(len(probabilities), dtype=np.float32)[label]
    away: Array = probabilities - target
    if loss != SQUARED:
        return away
    slope = 2 * away / np.float32(len(probabilities))
    errors: Array = probabilities * (slope - np.sum(slope * probabilities))
    return errors


def sum_of_errors(chain: GradientChain) -> np.float32:
    """What comes back to a hidden unit: each weight to the next layer × the error there, added."""
    return np.float32(np.sum(chain.outgoing * chain.next_errors))


def unit_error(chain: GradientChain) -> np.float32:
    """The error of the weight's unit by the chain rule; an output's error as it is."""
    return chain.error if chain.slope is None else np.float32(chain.slope * sum_of_errors(chain))


def gradient_by_hand(chain: GradientChain) -> np.float32:
    """The weight's gradient: its input × the error of its unit."""
    return np.float32(chain.source * unit_error(chain))


def stepped(weight: np.float32, gradient: np.float32, rate: float) -> np.float32:
    """A weight after a step of gradient descent: weight − learning rate × gradient."""
    return np.float32(weight - gradient * np.float32(rate))


def step_sizes(rates: Sequence[float], losses: Sequence[float], start: float) -> list[StepSize]:
    """What each step does.

    Args:
        rates: learning rates, in rising order.
        losses: after a step with each of them; NaN and infinite ones are too far.
        start: the loss before the step.
    """
    falls = [start - loss if np.isfinite(loss) else -np.inf for loss in losses]
    largest = max(falls)
    best = rates[falls.index(largest)]
    return [
        StepSize.NO_HELP
        if fall == 0 == largest
        else StepSize.TOO_FAR
        if largest <= 0 or fall < 0 or (rate > best and fall < _MUCH * largest)
        else StepSize.TOO_SMALL
        if fall < _MUCH * largest
        else StepSize.RIGHT
        for rate, fall in zip(rates, falls, strict=True)
    ]
