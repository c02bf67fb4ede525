"""What may be asked about one step of learning.

A network without weights is as the training of `spec` begins.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.data.mnist import load_mnist
from digitlab.records.learning import BatchStep, DigitStep, Optimizers, WeightChoice
from digitlab.records.networks import ModelWeights
from digitlab.specs import RunSpec


def digit_step(
    network: ModelWeights, spec: RunSpec, index: int, choice: WeightChoice, rate: float
) -> DigitStep:
    """A step of gradient descent for one training digit."""
    step: DigitStep = _step(network, spec).digit(index, choice, rate)
    return step


def losses_along(
    network: ModelWeights, spec: RunSpec, index: int | None, rates: Sequence[float]
) -> NDArray[np.float32]:
    """The loss before a step, and after one with each rate; without a digit, of a batch."""
    losses: NDArray[np.float32] = _step(network, spec).losses_along(index, rates)
    return losses


def batch_step(network: ModelWeights, spec: RunSpec, choice: WeightChoice) -> BatchStep:
    """The first step of the training."""
    step: BatchStep = _step(network, spec).batch(choice)
    return step


def optimizers(network: ModelWeights, spec: RunSpec) -> Optimizers:
    """What each optimizer makes of the gradient of the first batch."""
    steps: Optimizers = _step(network, spec).optimizers()
    return steps


def _step(network: ModelWeights, spec: RunSpec) -> Any:
    """The engine's `LearningStep`, whose type would bring Keras."""
    from digitlab.engine.learning_step import LearningStep

    return LearningStep(network, spec, load_mnist())
