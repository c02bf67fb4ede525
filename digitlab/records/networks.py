"""Networks that can be asked for their answers: trained here, or brought from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture import keras_file
from digitlab.architecture.stack import Architecture
from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.training import EpochRecord, Interruption
from digitlab.specs import NetworkSpec, Preprocessing, RunSpec


class Network(Protocol):
    """What can be asked for its answers: a trained network, or one from a visitor's file."""

    @property
    def architecture(self) -> Architecture:
        """Its layers."""

    @property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """Their arrays, in the order of Keras's `get_weights()`; none if they are lost."""

    @property
    def preprocessing(self) -> Preprocessing:
        """In which numbers it takes the pixels."""


THREADS = "tensorflow_threads"
"""Key of their number among the versions of a run."""

_UNTIL_IT_WAS_NOTED = 2
"""Threads of the runs that do not say it."""


@dataclass(frozen=True, eq=False)
class ModelWeights:
    """A network without its story: what travels to a worker that is to look into it.

    Attributes:
        architecture: its layers.
        weights: their arrays, in the order of Keras's `get_weights()`.
        preprocessing: in which numbers it takes the pixels.
    """

    architecture: Architecture
    weights: tuple[NDArray[np.float32], ...]
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE

    @classmethod
    def of(cls, network: Network) -> "ModelWeights":
        """The same network."""
        return cls(network.architecture, network.weights, network.preprocessing)


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """What a training leaves: all that the pages need to evaluate and predict, and to go on.

    Attributes:
        spec: what was asked for.
        history: the finished epochs; after an interruption fewer than asked for.
        model: the `.keras` file after the last of them: weights and the optimizer's state.
            Empty if the file is lost.
        probabilities: the network's answer to each test image, shape (10000, 10).
        test_accuracy: share of the test images whose most probable answer is right.
        test_loss: on the test set, from the probabilities (`engine.compiled.evaluate`).
        test_metric: the metric's value, from the same call.
        seconds: wall time from build to evaluation.
        interruption: why it ended before its last epoch, None if it did not.
        diverged: whether the loss became NaN or infinite; the weights are useless then.
        versions: of the packages that made the numbers, and under `THREADS` the number of
            TensorFlow's threads.
        replay: the weights of its epochs, as far as they are kept; see `training.replay`.
    """

    spec: RunSpec
    history: tuple[EpochRecord, ...]
    model: bytes
    probabilities: NDArray[np.float32]
    test_accuracy: float
    test_loss: float
    test_metric: float
    seconds: float
    interruption: Interruption | None = None
    diverged: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)
    replay: tuple[EpochWeights, ...] = ()

    @property
    def threads(self) -> int:
        """How many threads TensorFlow had: the last digits of a CNN depend on it."""
        return int(self.versions.get(THREADS, _UNTIL_IT_WAS_NOTED))

    @cached_property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """The arrays of `model.get_weights()`, read from the file; none if it is lost."""
        return keras_file.weights(self.model) if self.model else ()

    @property
    def has_model(self) -> bool:
        """Whether there is a file."""
        return bool(self.model)

    @property
    def there(self) -> bool:
        """Whether its arrays can be had; those of a run that is kept may be lost."""
        return True

    @property
    def architecture(self) -> NetworkSpec:
        """Its layers."""
        return self.spec.network

    @property
    def preprocessing(self) -> Preprocessing:
        """In which numbers it takes the pixels."""
        return self.spec.preparation.preprocessing

    @property
    def epochs(self) -> tuple[EpochWeights, ...]:
        """The moments whose weights are known: those that were kept, and the last."""
        last = EpochWeights(len(self.history), self.weights)
        return (*self.replay, *([last] if last.arrays else []))

    def at(self, moment: EpochWeights) -> ModelWeights:
        """The network as it was at this moment."""
        return ModelWeights(self.architecture, moment.arrays, self.preprocessing)

    @property
    def checkpoint(self) -> Checkpoint:
        """Where the training can go on."""
        return Checkpoint(self.history, self.model, self.seconds, self.replay)
