"""A training of this process, and its life."""

import secrets
import threading
import time
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from digitlab.records.attention import Attention
from digitlab.records.checkpoint import Checkpoint, PartialEpoch
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason
from digitlab.records.time_slice import TimeSlice
from digitlab.records.training import EpochRecord, Interruption, Progress, Record
from digitlab.records.training_view import FollowsFromState, FrozenTraining
from digitlab.specs import RunSpec


def new_id() -> str:
    """An id that nobody can guess: whoever has it may see the run."""
    return secrets.token_urlsafe(16)


@dataclass(eq=False)
class Job(FollowsFromState):
    """One training that somebody asked for: the live `TrainingView`.

    Many threads use it: those of the queue change it, and pages read it. Each method that changes
    it holds the job's own lock, and so does each property that reads several fields. This holds:

    - What has ended stays ended: a transition that comes later changes nothing.
    - Who sees an end also sees its result and its reason: the state is set last.

    The lock is the last that a thread takes: no other one is taken while it is held.

    A long training takes several time slices on a worker; between two of them it waits again.

    Attributes:
        origin: the place that the owner comes from, a hash; "" if it is not known.
        start: where the next time slice goes on; None at the beginning.
        queued, started, ended: `time.monotonic()` of the latest wait, time slice and end.
        slice_seconds: for which the last time slice held a worker; 0 if it never began.
        attention: whether a page still watches.
        deaths: how often its worker died, also before it said that it had begun.

    The other fields are those of `TrainingView`; the queue is fair among owners.
    """

    spec: RunSpec
    owner: str
    id: str = field(default_factory=new_id)
    start: Checkpoint | None = None
    parent: str | None = None
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: JobState = JobState.QUEUED
    slice_number: int = 0
    requested: Interruption | None = None
    progress: Progress | None = None
    history: tuple[EpochRecord, ...] = ()
    result: TrainedNetwork | None = None
    reason: Reason | None = None
    queued: float = field(default_factory=time.monotonic)
    started: float | None = None
    ended: float | None = None
    slice_seconds: float = 0.0
    attention: Attention = field(default_factory=Attention)
    restarts: int = 0
    deaths: int = 0
    origin: str = ""
    revision: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.start and not self.history:
            self._go_back()

    def frozen(self) -> FrozenTraining:
        """The job as it is at this moment."""
        with self._lock:
            values: dict[str, Any] = {
                field.name: getattr(self, field.name) for field in fields(FrozenTraining)
            }
            return FrozenTraining(**values)

    @property
    def checkpoint(self) -> Checkpoint | None:
        """Where the training can go on: after its last full epoch that is kept."""
        with self._lock:
            if self.result and self.result.has_model:
                return self.result.checkpoint
            return self.start.full if self.start else None

    @property
    def partial(self) -> PartialEpoch | None:
        """The epoch under way as the last time slice left it, None between two epochs."""
        with self._lock:
            return self.start.partial if self.start else None

    @property
    def begun(self) -> bool:
        """Whether a worker has it, or an earlier time slice has left something."""
        with self._lock:
            return self.state is JobState.RUNNING or self.start is not None

    @property
    def ends_at_once(self) -> bool:
        """Whether its next time slice only evaluates what was learned: that takes no time."""
        with self._lock:
            if self.requested is Interruption.STOP:
                return True
            return self.requested is not None and self.partial is None

    @property
    def elapsed(self) -> float:
        """Seconds that it has trained; waiting does not count."""
        with self._lock:
            before = self.start.seconds if self.start else 0.0
            return before + self.held_seconds

    @property
    def held_seconds(self) -> float:
        """Seconds for which the latest time slice has held a worker; 0 while it waits."""
        with self._lock:
            if self.started is None:
                return 0.0
            return (self.ended or time.monotonic()) - self.started

    def touch(self) -> None:
        """Note that somebody still watches."""
        self.attention.touch()

    def request(self, interruption: Interruption) -> bool:
        """Note that the learner requests an interruption; whether a worker has to be told."""
        with self._lock:
            self.requested = interruption
            return self.begun

    def next_revision(self) -> FrozenTraining:
        """The job as it is now, to be kept as its next revision."""
        with self._lock:
            self.revision += 1
            return self.frozen()

    def next_slice(self, topic: str, whole_epochs: bool) -> TimeSlice | None:
        """Take the next time slice, as in `TimeSlice`; None if it has ended."""
        with self._lock:
            if not self.active:
                return None
            self.slice_number += 1
            # Only what was learned is left to evaluate: nothing more is to be trained.
            requested = Interruption.STOP if self.ends_at_once else self.requested
            number, start = self.slice_number, self.start
            return TimeSlice(
                self.spec, self.id, number, start, requested, topic, whole_epochs=whole_epochs
            )

    def begin(self, slice_number: int) -> None:
        """A worker has started this time slice, perhaps anew."""
        with self._lock:
            if not self.active or slice_number != self.slice_number:
                return
            self._go_back()
            self.started = time.monotonic()
            self.state = JobState.RUNNING

    def note(self, slice_number: int, record: Record) -> None:
        """Take in what the worker reports in this time slice."""
        with self._lock:
            if self.state is not JobState.RUNNING or slice_number != self.slice_number:
                return
            if isinstance(record, Progress):
                self.progress = record
            else:
                self.history = (*self.history, record)

    def lose_worker(self) -> None:
        """Its worker died."""
        with self._lock:
            self.deaths += 1
            if self.state is JobState.RUNNING:  # the one behind it is not to blame
                self.restarts += 1

    def wait_again(self, start: Checkpoint | None, at_the_end: bool = False) -> bool:
        """Its time slice is over, or its worker died: the next one begins at `start`.

        With `at_the_end` it waits as if it had come now. False if it has ended meanwhile.
        """
        with self._lock:
            if not self.active:
                return False
            self.start = start
            self._go_back()
            self.slice_seconds = self.held_seconds
            self.started = None
            if at_the_end:
                self.queued = time.monotonic()
            self.state = JobState.QUEUED
            return True

    def finish(self, result: TrainedNetwork) -> None:
        """The worker is done, in one of several ways."""
        with self._lock:
            if not self.active:
                return
            self.history, self.result = result.history, result
            if result.model and self.start:  # the result goes further; only its time still counts
                self.start = Checkpoint((), b"", self.start.seconds)
            interruption = result.interruption
            if result.diverged:
                self._end(JobState.DIVERGED)
            elif interruption is None:
                self._end(JobState.FINISHED)
            elif interruption is Interruption.TOO_LONG:
                self._end(JobState.STOPPED)
            else:
                paused = Interruption.PAUSE in (self.requested, interruption)
                self._end(JobState.PAUSED if paused else JobState.STOPPED)

    def give_up(self, state: JobState, reason: Reason | None = None) -> None:
        """It ends without a network; the full epochs of earlier time slices stay in `start`."""
        with self._lock:
            if not self.active:
                return
            self.start = self.start.full if self.start else None
            self.history = self.start.history if self.start else ()
            self.reason = reason
            self._end(state)

    def replace_arrays(self, result: TrainedNetwork | None, start: Checkpoint | None) -> None:
        """Hold the same result and start without their arrays; only after the end."""
        with self._lock:
            if not self.active:
                self.result, self.start = result, start

    def _go_back(self) -> None:
        """Be as the last time slice left it."""
        self.history = self.start.history if self.start else ()
        self.progress = self.partial.progress if self.partial else None

    def _end(self, state: JobState) -> None:
        self.ended = time.monotonic()
        self.slice_seconds = self.held_seconds
        self.state = state
