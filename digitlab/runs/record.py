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
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord, Interruption
from digitlab.records.training_view import FrozenTraining, TrainingView
from digitlab.runs.kept import KeptCheckpoint, KeptNetwork
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
        changed: when it was last kept or gave a heartbeat; aware, UTC. For people: what comes
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
        requested: the interruption that its process has heard of, if any.
        process: which trains it, if it is under way; as `life.here`.
        heartbeat: the last one of that process, by its machine's `time.monotonic()`.
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
    requested: Interruption | None = None
    process: str | None = None
    heartbeat: float | None = None

    @classmethod
    def of(cls, training: TrainingView, name: str = "") -> "Run":
        """A training as it is now."""
        now = training.frozen()
        result, checkpoint = now.result, now.checkpoint
        return cls(
            id=now.id,
            owner=now.owner,
            spec=now.spec,
            state=now.state,
            created=now.created,
            changed=datetime.now(UTC),
            name=clean_name(name),
            reason=now.reason,
            history=result.history if result else now.history,
            parent=now.parent,
            seconds=result.seconds if result else checkpoint.seconds if checkpoint else 0.0,
            test_accuracy=result.test_accuracy if result else None,
            test_loss=result.test_loss if result else None,
            test_metric=result.test_metric if result else None,
            interruption=result.interruption if result else None,
            versions=result.versions if result else {},
            has_model=checkpoint is not None,
            has_predictions=result is not None,
            revision=now.revision,
            requested=now.requested if now.active else None,
        )

    def training(
        self, result: TrainedNetwork | None, checkpoint: Checkpoint | None
    ) -> FrozenTraining:
        """This run as a session sees a training.

        Args:
            result: what it left, None if that is lost or not wanted.
            checkpoint: where it can go on, None if that is lost or not wanted.
        """
        return FrozenTraining(
            id=self.id,
            owner=self.owner,
            spec=self.spec,
            created=self.created,
            state=self.state,
            parent=self.parent,
            reason=self.reason,
            requested=self.requested,
            history=self.history,
            result=result,
            checkpoint=checkpoint,
            begun=checkpoint is not None,
            elapsed=checkpoint.seconds if checkpoint else 0.0,
            revision=self.revision,
        )

    def interrupted(self) -> "Run":
        """This run, once its process is lost."""
        stopped = Reason(ReasonCode.SERVER_STOPPED)
        return replace(self, state=JobState.INTERRUPTED, reason=stopped)


def newest_first(runs: Iterable[Run]) -> list[Run]:
    """By their numbers, as a clock may have been set back; what is not kept is the newest."""
    return sorted(runs, key=lambda run: (run.number or math.inf, run.created), reverse=True)


class SaveResult(NamedTuple):
    """What became of a snapshot that was to be kept.

    Attributes:
        new: whether the run was not in the store before.
        complete: whether its arrays are in the store too, if it had any.
        store_full: if not, whether it was the store that had no room, not the owner's budget.
    """

    new: bool
    complete: bool
    store_full: bool = False


@dataclass(frozen=True)
class Removals:
    """What was evicted of an owner's runs.

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
    def of(cls, training: TrainingView, name: str = "") -> "Snapshot":
        """A training as it is now."""
        now = training.frozen()
        result, checkpoint = now.result, now.checkpoint
        # What is kept already is written again only if the store is lost: load nothing for that.
        if isinstance(checkpoint, KeptCheckpoint):
            checkpoint = checkpoint.in_memory
        if isinstance(result, KeptNetwork):
            result = result.in_memory
        return cls(Run.of(now, name), checkpoint, result.probabilities if result else None)

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
        probabilities_size = 0 if self.probabilities is None else self.probabilities.nbytes
        if self.checkpoint is None:
            return probabilities_size
        weights = [array for moment in self.checkpoint.replay for array in moment.arrays]
        return (
            probabilities_size + len(self.checkpoint.model) + sum(array.nbytes for array in weights)
        )
