"""How the network is trained."""

import math
from dataclasses import dataclass

from digitlab import limits
from digitlab.specs.checks import check_choice, check_count, check_range

MIN_LEARNING_RATE = 1e-6

SPARSE = "sparse_categorical_crossentropy"
"""The loss that takes integer labels."""

LOSSES = ("categorical_crossentropy", "mean_squared_error", SPARSE)
METRICS = ("accuracy", "top_k_categorical_accuracy")

OPTIMIZERS = {"sgd": 0.01, "momentum": 0.01, "rmsprop": 0.001, "adam": 0.001}
"""Each optimizer with Keras's own default learning rate."""

TENSORFLOW_THREADS = 1
"""A CNN's numbers differ between one and two threads, so the number is fixed, whatever the
machine has. Dense layers as small as the lab's are too small to share: with two threads an epoch
takes longer. That of a small CNN takes a tenth less time, if nothing else runs. Both take a quarter
to a third more of the processors, which a class needs for its pages (`benchmarks.threads`)."""


@dataclass(frozen=True)
class TrainSpec:
    """How the network learns: the arguments of `compile` and `fit`.

    The defaults are the article's; the seed is the lab's addition, because
    without one no run can be repeated.

    Attributes:
        rate_changes: pairs of an epoch, counted from 0 and later than the first, and the
            learning rate from that epoch on.
        zero_start: whether all weights are initialized to zero instead of at random.
    """

    loss: str = "categorical_crossentropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.01
    metric: str = "accuracy"
    batch_size: int = 100
    epochs: int = 5
    validation_share: float = 0.0
    seed: int = 0
    rate_changes: tuple[tuple[int, float], ...] = ()
    zero_start: bool = False

    def __post_init__(self) -> None:
        check_choice("The loss", self.loss, LOSSES)
        check_choice("The optimizer", self.optimizer, tuple(OPTIMIZERS))
        check_choice("The metric", self.metric, METRICS)
        check_choice("The batch size", self.batch_size, limits.BATCH_SIZES)
        check_range(
            "The learning rate", self.learning_rate, MIN_LEARNING_RATE, limits.MAX_LEARNING_RATE
        )
        check_count("The number of epochs", self.epochs, 1, limits.MAX_EPOCHS)
        check_range("The validation share", self.validation_share, 0, limits.MAX_VALIDATION_SHARE)
        check_count("The seed", self.seed, 0, limits.MAX_SEED)
        check_choice("The start at zero", self.zero_start, (True, False))
        earlier = 0
        for epoch, rate in self.rate_changes:
            check_count("The epoch of a new learning rate", epoch, earlier + 1, limits.MAX_EPOCHS)
            check_range("The learning rate", rate, MIN_LEARNING_RATE, limits.MAX_LEARNING_RATE)
            earlier = epoch

    def digits_to_learn_from(self, digits: int) -> int:
        """How many of these digits the network learns from: as in Keras, the last ones validate."""
        return math.floor(digits * (1 - self.validation_share))

    def rate_at(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from 0."""
        rates = [rate for start, rate in self.rate_changes if start <= epoch]
        return rates[-1] if rates else self.learning_rate

    def rates(self, epochs: int) -> tuple[tuple[int, float], ...]:
        """The learning rates of the first `epochs` epochs: from which one on, counted from 0."""
        rates = [(0, self.learning_rate)]
        for epoch, rate in self.rate_changes:
            if epoch < epochs and rate != rates[-1][1]:
                rates.append((epoch, rate))
        return tuple(rates)
