"""A run as it is kept: a snapshot of a job, and the artifacts that go with it."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord, Interruption
from digitlab.runs.array_cache import KeptCheckpoint, KeptNetwork
from digitlab.specs import RunSpec, display_name

_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


def is_id(text: object) -> bool:
    """Whether this can be a run's id, as `jobs.new_id` makes them. Strangers send anything."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def clean_name(name: str) -> str:
    """A run's name as it is kept: one line of visible signs, not too long."""
    return display_name.cut(display_name.clean(name), limits.MAX_RUN_NAME_LENGTH)


@dataclass(frozen=True)
class Run:
    """One run, without its arrays.

    Attributes:
        id: also the run's address: whoever has it may see the run.
        owner: who asked for it, and may rename or delete it.
        spec: what was asked for.
        state: where it is in its life.
        created: when it was asked for; aware, UTC.
        changed: when it was last kept or gave a sign of life; aware, UTC. For people: what comes
            before what, the counters say.
        name: given by the learner, "" if none.
        reason: why it failed or stopped, None if nothing is to be said of it.
        history: the finished epochs.
        parent: id of the run that this one goes on from, None if there is none.
        seconds: wall time of the training.
        test_accuracy, test_loss, test_metric: as in `TrainedNetwork`, None before there is one.
        interruption: as in `TrainedNetwork`.
        versions: as in `TrainedNetwork`.
        has_model: whether its `.keras` file is kept.
        has_predictions: whether its answers to the test images are kept.
        revision: of the snapshot; a later one has a higher one.
        number: of the run in the store, in the order in which they came; 0 if it is not kept.
        size: bytes that it takes in the store, with its arrays.
        asked: what its process has heard that it should do before the last epoch, if anything.
        process: which trains it, if it is under way; as `life.here`.
        beat: the last sign of life of that process, by its machine's `time.monotonic()`.
    """

    id: str
    owner: str
    spec: RunSpec
    state: JobState
    created: datetime
    changed: datetime
    name: str = ""
    reason: Reason | None = None
    history: tuple[EpochRecord, ...] = ()
    parent: str | None = None
    seconds: float = 0.0
    test_accuracy: float | None = None
    test_loss: float | None = None
    test_metric: float | None = None
    interruption: Interruption | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    has_model: bool = False
    has_predictions: bool = False
    revision: int = 0
    number: int = 0
    size: int = 0
    asked: Interruption | None = None
    process: str | None = None
    beat: float | None = None

    @classmethod
    def of(cls, job: Job, name: str = "") -> "Run":
        """The job as it is now."""
        state = job.state  # first: the job sets it last, so all that belongs to it is there
        return _run(job, name, state, job.result, _checkpoint(job))

    def interrupted(self) -> "Run":
        """This run, once its process is lost."""
        stopped = Reason(ReasonCode.SERVER_STOPPED)
        return replace(self, state=JobState.INTERRUPTED, reason=stopped)


def newest_first(runs: Iterable[Run]) -> list[Run]:
    """By their numbers, as a clock may have been set back; what is not kept is the newest."""
    return sorted(runs, key=lambda run: (run.number or math.inf, run.created), reverse=True)


class Kept(NamedTuple):
    """What became of a snapshot that was to be kept.

    Attributes:
        new: whether the run was not in the store before.
        whole: whether its arrays found room, if it had any.
    """

    new: bool
    whole: bool


@dataclass(frozen=True)
class Removals:
    """What had to go of an owner's runs, to make room.

    Attributes:
        count: how many.
        latest: when the last one went; aware, UTC.
    """

    count: int
    latest: datetime


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All of a job that is worth keeping, as it was at one moment.

    Attributes:
        run: without the arrays.
        checkpoint: where the training can go on, None if it can't yet.
        probabilities: answers to the test images, shape (10000, 10), None without a result.
    """

    run: Run
    checkpoint: Checkpoint | None = None
    probabilities: NDArray[np.float32] | None = None

    @classmethod
    def of(cls, job: Job, name: str = "") -> "Snapshot":
        """The job as it is now. The queue's threads may change it meanwhile."""
        state = job.state  # as above
        result, checkpoint = job.result, _checkpoint(job)
        run = _run(job, name, state, result, checkpoint)
        # What is kept already is written again only if the store is lost: nothing is loaded for that.
        if isinstance(checkpoint, KeptCheckpoint):
            checkpoint = checkpoint.in_memory
        if isinstance(result, KeptNetwork):
            result = result.in_memory
        return cls(run, checkpoint, result.probabilities if result else None)

    def after(self, earlier: "Snapshot | None") -> "Snapshot":
        """This snapshot, with the arrays of an earlier one that it has none of itself."""
        if earlier is None:
            return self
        probabilities = self.probabilities
        return Snapshot(
            self.run,
            self.checkpoint or earlier.checkpoint,
            earlier.probabilities if probabilities is None else probabilities,
        )

    def without_arrays(self) -> "Snapshot":
        """Its numbers and how it ended."""
        return Snapshot(self.run)

    @property
    def size(self) -> int:
        """Bytes of its arrays."""
        answers = 0 if self.probabilities is None else self.probabilities.nbytes
        if self.checkpoint is None:
            return answers
        weights = [array for moment in self.checkpoint.replay for array in moment.arrays]
        return answers + len(self.checkpoint.model) + sum(array.nbytes for array in weights)


def _run(
    job: Job,
    name: str,
    state: JobState,
    result: TrainedNetwork | None,
    checkpoint: Checkpoint | None,
) -> Run:
    return Run(
        id=job.id,
        owner=job.owner,
        spec=job.spec,
        state=state,
        created=job.created,
        changed=datetime.now(UTC),
        name=clean_name(name),
        reason=job.reason,
        history=result.history if result else job.history,
        parent=job.parent,
        seconds=result.seconds if result else checkpoint.seconds if checkpoint else 0.0,
        test_accuracy=result.test_accuracy if result else None,
        test_loss=result.test_loss if result else None,
        test_metric=result.test_metric if result else None,
        interruption=result.interruption if result else None,
        versions=result.versions if result else {},
        has_model=checkpoint is not None,
        has_predictions=result is not None,
        revision=job.revision,
        asked=job.asked if state.active else None,
    )


def _checkpoint(job: Job) -> Checkpoint | None:
    """Where a job can go on that is kept; an epoch under way is not."""
    result, start = job.result, job.start  # once: the queue's threads may change them
    if result is not None and result.has_model:
        return result.checkpoint
    return start.full if start else None
