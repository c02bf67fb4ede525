"""A training and its life, as the pages see it."""

import time
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

from digitlab.specs import RunSpec
from digitlab.training.records import EpochRecord, Progress, Record, TrainedNetwork


class JobState(StrEnum):
    """Where a job is in its life; the last four are its possible ends."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"


@dataclass(eq=False)
class Job:
    """One training that a session asked for.

    The queue's threads change it, one at a time; pages read, and say that they watch. The state
    is set last, so a reader that sees an end also sees its result. What has ended stays ended.

    Attributes:
        run: what is trained.
        owner: the session that asked; nobody else gets to see it.
        progress: the way through the current epoch, None before the first report.
        history: the finished epochs so far.
        result: the network, once trained or stopped while running.
        reason: why it failed or stopped, a sentence for the learner.
        started, ended: `time.monotonic()`, None before it happened.
        last_seen: when a page last asked for it.
    """

    run: RunSpec
    owner: str
    id: str = field(default_factory=lambda: uuid4().hex)
    state: JobState = JobState.QUEUED
    progress: Progress | None = None
    history: tuple[EpochRecord, ...] = ()
    result: TrainedNetwork | None = None
    reason: str = ""
    started: float | None = None
    ended: float | None = None
    last_seen: float = field(default_factory=time.monotonic)

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def share_done(self) -> float:
        """How much of the training is done, 0 to 1."""
        within = self.progress.batch / self.progress.batches if self.progress else 0.0
        epoch = self.progress.epoch if self.progress else 0
        done = max(len(self.history), epoch + within)
        return min(1.0, done / self.run.training.epochs)

    @property
    def elapsed(self) -> float:
        """Seconds since it started to run; 0 while it waits."""
        if self.started is None:
            return 0.0
        return (self.ended or time.monotonic()) - self.started

    @property
    def remaining(self) -> float | None:
        """Seconds it will probably still take, None while that can't be told."""
        if self.share_done == 0 or not self.active:
            return None
        return self.elapsed * (1 - self.share_done) / self.share_done

    def seen(self) -> None:
        """Note that somebody still watches."""
        self.last_seen = time.monotonic()

    def begin(self) -> None:
        """A worker has started it, perhaps anew."""
        if not self.active:
            return
        self.progress, self.history = None, ()
        self.started = time.monotonic()
        self.state = JobState.RUNNING

    def note(self, record: Record) -> None:
        """Take in what the worker reports."""
        if not self.active:
            return
        if isinstance(record, Progress):
            self.progress = record
        else:
            self.history = (*self.history, record)

    def finish(self, result: TrainedNetwork) -> None:
        """The worker is done, in one of three ways."""
        if not self.active:
            return
        self.history, self.result, self.reason = result.history, result, result.stopped
        self._end(
            JobState.DIVERGED
            if result.diverged
            else JobState.STOPPED
            if result.stopped
            else JobState.FINISHED
        )

    def give_up(self, state: JobState, reason: str) -> None:
        """It ends without a network."""
        if not self.active:
            return
        self.reason = reason
        self._end(state)

    def _end(self, state: JobState) -> None:
        self.ended = time.monotonic()
        self.state = state
