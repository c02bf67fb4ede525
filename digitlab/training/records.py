"""What crosses the border between a worker and the pages: frozen, picklable records."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digitlab import keras_files
from digitlab.brought.stack import LayerStack
from digitlab.specs import NetworkSpec, RunSpec


class WorkerKind(StrEnum):
    """What a worker does; it is also the name of its Dask resource."""

    TRAIN = "train"
    PREDICT = "predict"  # answers for networks that the lab trained
    UPLOADS = "uploads"  # answers for networks from visitors' files: its crash hurts nobody else


Architecture = NetworkSpec | LayerStack
"""The layers of a network: built here, or brought from a file."""


@dataclass(frozen=True)
class Progress:
    """How far the current epoch is. `logs` holds the running loss and metric, as Keras shows."""

    epoch: int  # from 0
    batch: int  # batches done in this epoch
    batches: int  # batches in an epoch
    logs: Mapping[str, float]


@dataclass(frozen=True)
class EpochRecord:
    """One finished epoch: one entry of each list in Keras's `History.history`."""

    epoch: int  # from 0
    batches: int
    seconds: float
    logs: Mapping[str, float]


Record = Progress | EpochRecord


def to_message(record: Record | None) -> dict[str, Any]:
    """A record, or None for "the training has started", in the plain types that Dask's events take."""
    if record is None:
        return {}
    return {"kind": type(record).__name__, "fields": asdict(record)}


def from_message(message: dict[str, Any]) -> Record | None:
    """The record that `to_message` packed."""
    if not message:
        return None
    kinds: dict[str, type[Progress] | type[EpochRecord]] = {
        kind.__name__: kind for kind in (Progress, EpochRecord)
    }
    return kinds[message["kind"]](**message["fields"])


class Interruption(StrEnum):
    """Why a training ends before its last epoch; see `Reporter` for when each takes effect."""

    STOP = "stop"
    TOO_LONG = "too long"
    PAUSE = "pause"
    TURN_OVER = "turn over"


@dataclass(frozen=True)
class Refusal:
    """Keras does not train the run, because its labels don't fit.

    Attributes:
        kind: of the error.
        words: Keras's own.
    """

    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


@dataclass(frozen=True)
class Failure:
    """A worker could not answer. TensorFlow's errors don't travel: they need TensorFlow.

    Attributes:
        kind: of the error.
        words: its own, shortened.
    """

    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


@dataclass(frozen=True, eq=False)
class EpochWeights:
    """A network's weights at one moment of its training.

    Attributes:
        epoch: how many epochs were finished then; 0 is the untrained network.
        arrays: as Keras's `get_weights()`.
    """

    epoch: int
    arrays: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, eq=False)
class PartialEpoch:
    """An epoch that was left between two batches: what it has changed so far.

    Attributes:
        progress: how far it is, with its running loss and metric.
        validated: batches of the validation digits that were looked at; they come after the others.
        state: the weights, then the optimizer's variables.
        sums: the variables of loss and metric, of the validation if that has begun.
        seconds: spent on it.
    """

    progress: Progress
    validated: int
    state: tuple[NDArray[Any], ...]
    sums: tuple[NDArray[Any], ...]
    seconds: float

    @property
    def size(self) -> int:
        """Bytes of its arrays."""
        return sum(array.nbytes for array in (*self.state, *self.sums))


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A training that was left somewhere: all that it takes to go on with the same numbers.

    Attributes:
        history: the finished epochs.
        model: the `.keras` file after the last of them: weights and the optimizer's state. Empty
            if there is none yet.
        seconds: wall time of the training so far.
        replay: the weights of earlier epochs, as far as they are kept; see `training.replay`.
        partial: the epoch under way, None between two epochs. It lives as long as the job.
        answers: to the first test images, once there is nothing more to learn; as `partial`.
    """

    history: tuple[EpochRecord, ...]
    model: bytes
    seconds: float
    replay: tuple[EpochWeights, ...] = ()
    partial: PartialEpoch | None = None
    answers: NDArray[np.float32] | None = None

    @cached_property
    def full(self) -> "Checkpoint | None":
        """After the last full epoch: what is worth keeping. None if there is none."""
        if self.partial is None and self.answers is None:
            return self
        return replace(self, partial=None, answers=None) if self.model else None


class Network(Protocol):
    """What can be asked for its answers: a trained network, or one from a visitor's file."""

    @property
    def architecture(self) -> Architecture:
        """Its layers."""

    @property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """Their arrays, in the order of Keras's `get_weights()`; none if they are lost."""

    @property
    def scaled(self) -> bool:
        """Whether it learned from pixels from 0 to 1, not to 255."""


@dataclass(frozen=True, eq=False)
class PlainNetwork:
    """A network without its story: what travels to a worker that is to look into it.

    Attributes:
        architecture: its layers.
        weights: their arrays, in the order of Keras's `get_weights()`.
        scaled: whether it learned from pixels from 0 to 1, not to 255.
    """

    architecture: Architecture
    weights: tuple[NDArray[np.float32], ...]
    scaled: bool = True

    @classmethod
    def of(cls, network: Network) -> "PlainNetwork":
        """The same network."""
        return cls(network.architecture, network.weights, network.scaled)


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
        test_loss: from `model.evaluate` on the test set.
        test_metric: the metric's value, from the same call.
        seconds: wall time from build to evaluation.
        interruption: why it ended before its last epoch, None if it did not.
        diverged: whether the loss became NaN or infinite; the weights are useless then.
        versions: of the packages that made the numbers.
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

    @cached_property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """The arrays of `model.get_weights()`, read from the file; none if it is lost."""
        return keras_files.weights(self.model) if self.model else ()

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
    def scaled(self) -> bool:
        """Whether it learned from pixels from 0 to 1."""
        return self.spec.preparation.scale

    @property
    def epochs(self) -> tuple[EpochWeights, ...]:
        """The moments whose weights are known: those that were kept, and the last."""
        last = EpochWeights(len(self.history), self.weights)
        return (*self.replay, *([last] if last.arrays else []))

    def at(self, moment: EpochWeights) -> PlainNetwork:
        """The network as it was at this moment."""
        return PlainNetwork(self.architecture, moment.arrays, self.scaled)

    @property
    def checkpoint(self) -> Checkpoint:
        """Where the training can go on."""
        return Checkpoint(self.history, self.model, self.seconds, self.replay)
