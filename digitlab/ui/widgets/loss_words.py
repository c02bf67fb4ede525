"""How the loss of one answer is worked out, with this network's numbers."""

import math

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.sample_loss import SQUARED
from digitlab.architecture.loss import EPSILON
from digitlab.records.networks import Network, TrainedNetwork

_NEAR_ONE = 0.9999  # four digits would say 1, and the loss would be 0


def loss_of(network: Network) -> str:
    """Keras's name of the loss that the test loss counts."""
    if isinstance(network, TrainedNetwork):
        return network.spec.training.loss
    return "categorical_crossentropy"  # of a network from a file: see `parsed.cross_entropy`


def loss_words(probabilities: NDArray[np.float32], label: int, loss: str) -> str:
    """The loss of one answer, worked out.

    Args:
        probabilities: the answer, (10,).
        label: the true digit.
        loss: Keras's name of it.
    """
    true = float(probabilities[label])
    given = (
        f"The true digit is **{label}**, and the network gives it a probability of "
        f"**{_number(true)}**."
    )
    if loss == SQUARED:
        targets = np.eye(len(probabilities))[label]
        squares = float(np.sum((probabilities.astype(float) - targets) ** 2))
        return (
            f"{given} **Mean squared error** wants 1 there and 0 for the nine others. It takes how "
            "far each of the ten probabilities is from that, and squares it. For this digit alone "
            f"that is ({_number(true)} − 1)² = {_number((1 - true) ** 2)}. All ten squares add up "
            f"to {_number(squares)}, and the mean of the ten is the **loss** of this answer: "
            f"{_number(squares)} / 10 = **{_number(squares / 10)}**."
        )
    if true < EPSILON:
        return (
            f"{given} **Cross-entropy** takes minus the natural logarithm of this one number. "
            "Keras counts no probability as smaller than 0.0000001, so the **loss** of this answer "
            f"is −ln(0.0000001) = **{-math.log(EPSILON):.3f}**, the largest there is."
        )
    shown = _number(true)
    worked_out = -math.log(min(float(shown), 1 - EPSILON))
    return (
        f"{given} **Cross-entropy** looks at this one number and takes minus its natural "
        f"logarithm. So the **loss** of this answer is −ln({shown}) = "
        f"**{_number(worked_out) if worked_out < 0.01 else f'{worked_out:.3f}'}**. With a "
        "probability of 1 the loss is 0. The smaller the probability, the larger the loss."
    )


def _number(value: float) -> str:
    """With four digits that count, without an exponent; near 1 with as many as Keras counts."""
    if _NEAR_ONE < value < 1:
        return f"{min(value, 1 - EPSILON):.7f}"
    return np.format_float_positional(value, precision=4, fractional=False, trim="-")
