"""A network at a moment of its training, and all that it takes to go on from there."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.records.training import EpochRecord, Progress


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
        probabilities: to the first test images, once there is nothing more to learn; as `partial`.
    """

    history: tuple[EpochRecord, ...]
    model: bytes
    seconds: float
    replay: tuple[EpochWeights, ...] = ()
    partial: PartialEpoch | None = None
    probabilities: NDArray[np.float32] | None = None

    @cached_property
    def full(self) -> "Checkpoint | None":
        """After the last full epoch: what is worth keeping. None if there is none."""
        if self.partial is None and self.probabilities is None:
            return self
        return replace(self, partial=None, probabilities=None) if self.model else None
