"""What is said of an answer: how its loss is worked out, and why its numbers are shares."""

import math

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.sample_loss import SQUARED
from digitlab.architecture.loss import EPSILON
from digitlab.architecture.stack import stack_of
from digitlab.records.networks import Network, TrainedNetwork
from digitlab.wording.calculations import number_in_sum
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say


def loss_of(network: Network) -> str:
    """Keras's name of the loss that the test loss counts."""
    if isinstance(network, TrainedNetwork):
        return network.spec.training.loss
    return "categorical_crossentropy"  # of a network from a file: see `parsed.cross_entropy`


def loss_words(
    probabilities: NDArray[np.float32], label: int, loss: str, counted: float | None = None
) -> str:
    """The loss of one answer, worked out.

    Args:
        probabilities: the answer, (10,).
        label: the true digit.
        loss: Keras's name of it.
        counted: the loss as training counts it, from the sums; None where only probabilities are.
    """
    true = float(probabilities[label])
    if loss != SQUARED:  # Keras counts no more: -ln(1) would be 0, and its loss is not
        true = min(true, 1 - EPSILON)
    given = say(
        "The true digit is **{label}**. The network gives it a probability of **{true}**.",
        label=label,
        true=number_in_sum(true),
    )
    if loss == SQUARED:
        targets = np.eye(len(probabilities))[label]
        squares = float(np.sum((probabilities.astype(float) - targets) ** 2))
        return say(
            "{given} **Mean squared error** wants 1 for this digit and 0 for the nine others. It "
            "takes the ten differences and squares each of them. For this digit: ({true} − 1)² = "
            "{square}. All ten squares add up to {squares}. Their mean is the **loss** of this "
            "answer: {squares} / 10 = **{loss}**.",
            given=given,
            true=number_in_sum(true),
            square=number_in_sum((1 - true) ** 2),
            squares=number_in_sum(squares),
            loss=number_in_sum(squares / 10),
        )
    if true < EPSILON and counted is not None:
        return say(
            "{given} **Cross-entropy** takes minus the natural logarithm of this number. The "
            "number is so small that Keras uses the sums before softmax: this is more exact. So "
            "the **loss** of this answer is **{loss}**.",
            given=given,
            loss=decimal(counted, 4),
        )
    if true < EPSILON:
        return say(
            "{given} **Cross-entropy** takes minus the natural logarithm of this one number. If "
            "Keras gets only probabilities, it counts each of them as at least {least}. So the "
            "**loss** of this answer is −ln({least}) = **{loss}**. In training Keras uses the sums "
            "before softmax. There the loss can be larger.",
            given=given,
            least=decimal(EPSILON, 7),
            loss=decimal(-math.log(EPSILON), 3),
        )
    shown = number_in_sum(true)
    worked_out = -math.log(float(shown))
    return say(
        "{given} **Cross-entropy** takes minus the natural logarithm of this one number. So the "
        "**loss** of this answer is −ln({true}) = **{loss}**. With a probability of 1 the loss is "
        "0. The smaller the probability is, the larger is the loss.",
        given=given,
        true=shown,
        loss=number_in_sum(worked_out) if worked_out < 0.01 else decimal(worked_out, 3),
    )


def shared_out_by(network: Network) -> str:
    """Softmax; or the lab itself, for a network from a file that ends with sigmoids."""
    sigmoids = stack_of(network.architecture).gives_sigmoids
    return say("the division by the sum of all ten") if sigmoids else "**softmax**"
