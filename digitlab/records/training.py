"""What crosses the border between a worker and the pages: frozen, picklable records."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class WorkerKind(StrEnum):
    """What a worker does; it is also the name of its Dask resource."""

    TRAIN = "train"
    PREDICT = "predict"  # answers for networks that the lab trained
    UPLOADS = "uploads"  # answers for networks from visitors' files: its crash hurts nobody else


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
    PREEMPTED = "turn over"


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
