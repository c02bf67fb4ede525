"""A training as a session sees it: the same whether a live job or a kept run gives it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, refusal_words
from digitlab.records.training import EpochRecord, Interruption, Progress
from digitlab.specs import RunSpec


class TrainingView(Protocol):
    """What a page may know of a training. A `Job` has it, and so has a run that is kept.

    A live job changes while a page reads it. Who needs several values of one moment takes `frozen`.
    """

    @property
    def id(self) -> str:
        """Also the run's address."""

    @property
    def owner(self) -> str:
        """Who asked for it."""

    @property
    def spec(self) -> RunSpec:
        """What is trained."""

    @property
    def created(self) -> datetime:
        """When it was asked for; aware, UTC."""

    @property
    def parent(self) -> str | None:
        """Id of the run that this one goes on from, if another."""

    @property
    def state(self) -> JobState:
        """Where it is in its life."""

    @property
    def reason(self) -> Reason | None:
        """Why it ended early, None if nothing is to be said of it."""

    @property
    def requested(self) -> Interruption | None:
        """The interruption that the learner has requested, if any."""

    @property
    def history(self) -> tuple[EpochRecord, ...]:
        """The finished epochs so far."""

    @property
    def progress(self) -> Progress | None:
        """The way through the current epoch, None before its first report."""

    @property
    def result(self) -> TrainedNetwork | None:
        """The network, once trained, paused or stopped after a full epoch."""

    @property
    def checkpoint(self) -> Checkpoint | None:
        """Where the training can go on: after its last full epoch that is kept."""

    @property
    def begun(self) -> bool:
        """Whether a worker has it, or an earlier time slice has left something."""

    @property
    def elapsed(self) -> float:
        """Seconds that it has trained; waiting does not count."""

    @property
    def slice_number(self) -> int:
        """Number of time slices that it was given so far."""

    @property
    def restarts(self) -> int:
        """How often its worker died while it ran."""

    @property
    def revision(self) -> int:
        """Counts the snapshots that were taken of it to be kept."""

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""

    @property
    def resumable(self) -> bool:
        """Whether it has ended only for now."""

    @property
    def has_usable_model(self) -> bool:
        """Whether it has given a network that learned something."""

    @property
    def refusal(self) -> str:
        """Keras's own words, if it refused to train this; else empty."""

    @property
    def share_done(self) -> float:
        """How much of the training is done, 0 to 1."""

    @property
    def remaining(self) -> float | None:
        """Seconds of training that are probably left, None while that can't be told."""

    def frozen(self) -> "FrozenTraining":
        """The same at this moment: nothing of it changes any more."""


class FollowsFromState:
    """What follows from the state of a training. A reader takes the state first: it is set last."""

    @property
    def active(self: TrainingView) -> bool:
        """Whether it still waits or runs."""
        return self.state.active

    @property
    def resumable(self: TrainingView) -> bool:
        """Whether it has ended only for now."""
        return self.state.resumable

    @property
    def has_usable_model(self: TrainingView) -> bool:
        """Whether it has given a network that learned something."""
        return self.state.has_usable_model and self.result is not None

    @property
    def refusal(self: TrainingView) -> str:
        """Keras's own words, if it refused to train this; else empty."""
        return refusal_words(self.reason)

    @property
    def share_done(self: TrainingView) -> float:
        """How much of the training is done, 0 to 1."""
        frozen = self.frozen()
        progress = frozen.progress
        reported = progress.epoch + progress.batch / progress.batches if progress else 0.0
        return min(1.0, max(len(frozen.history), reported) / frozen.spec.training.epochs)

    @property
    def remaining(self: TrainingView) -> float | None:
        """Seconds of training that are probably left, None while that can't be told."""
        frozen = self.frozen()
        share = frozen.share_done
        return frozen.elapsed * (1 - share) / share if share and frozen.active else None


@dataclass(frozen=True, eq=False)
class FrozenTraining(FollowsFromState):
    """A training at one moment: of a live job, or of a run that is kept. See `TrainingView`."""

    id: str
    owner: str
    spec: RunSpec
    created: datetime
    state: JobState
    parent: str | None = None
    reason: Reason | None = None
    requested: Interruption | None = None
    history: tuple[EpochRecord, ...] = ()
    progress: Progress | None = None
    result: TrainedNetwork | None = None
    checkpoint: Checkpoint | None = None
    begun: bool = False
    elapsed: float = 0.0
    slice_number: int = 0
    restarts: int = 0
    revision: int = 0

    def frozen(self) -> "FrozenTraining":
        """Itself."""
        return self
