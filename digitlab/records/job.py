"""A training and its life, as the pages see it."""

import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from digitlab.records.checkpoint import Checkpoint, PartialEpoch
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, refusal_words
from digitlab.records.training import (
    EpochRecord,
    Interruption,
    Progress,
    Record,
)
from digitlab.specs import RunSpec


def new_id() -> str:
    """An id that nobody can guess: whoever has it may see the run."""
    return secrets.token_urlsafe(16)


class Wish(NamedTuple):
    """What pages of other processes want of a job.

    Attributes:
        asked: that it should stop or pause, if anything.
        watched: counts how often one of them said that it watches.
    """

    asked: Interruption | None = None
    watched: int = 0


@dataclass(eq=False)
class Job:
    """One training that somebody asked for.

    The queue's threads change it, one at a time; pages read, and say that they watch. The state
    is set last, so a reader that sees an end also sees its result. What has ended stays ended.

    A long training takes several turns on a worker; between two of them it waits again.

    Attributes:
        run: what is trained.
        owner: who asked; the queue is fair among owners.
        origin: the place they come from, a hash; "" if it is not known.
        id: also the run's address.
        start: where the next turn goes on; None at the beginning.
        parent: id of the run that this one goes on from, if another.
        turn: number of turns given so far.
        asked: what the learner wants done with it before its last epoch, if anything.
        progress: the way through the current epoch, None before its first report.
        history: the finished epochs so far.
        result: the network, once trained, paused or stopped after a full epoch.
        reason: why it ended early, None if nothing is to be said of it.
        created: when it was asked for.
        queued, started, ended: `time.monotonic()` of the latest wait, turn and end.
        last_seen: when a page last asked for it.
        restarts: how often its worker died while it ran.
        deaths: how often its worker died, also before it said that it had begun.
        revision: counts the snapshots that were taken of it to be kept; a run that goes on counts
            on.
        watched: the last `Wish.watched`.
    """

    spec: RunSpec
    owner: str
    id: str = field(default_factory=new_id)
    start: Checkpoint | None = None
    parent: str | None = None
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: JobState = JobState.QUEUED
    turn: int = 0
    asked: Interruption | None = None
    progress: Progress | None = None
    history: tuple[EpochRecord, ...] = ()
    result: TrainedNetwork | None = None
    reason: Reason | None = None
    queued: float = field(default_factory=time.monotonic)
    started: float | None = None
    ended: float | None = None
    last_seen: float = field(default_factory=time.monotonic)
    restarts: int = 0
    deaths: int = 0
    origin: str = ""
    revision: int = 0
    watched: int = 0

    def __post_init__(self) -> None:
        if self.start and not self.history:
            self._go_back()

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""
        return self.state.active

    @property
    def resumable(self) -> bool:
        """Whether it has ended only for now."""
        return self.state.resumable

    @property
    def has_usable_model(self) -> bool:
        """Whether it has given a network that learned something."""
        return self.result is not None and self.state.has_usable_model

    @property
    def refusal(self) -> str:
        """Keras's own words, if it refused to train this; else empty."""
        return refusal_words(self.reason)

    @property
    def checkpoint(self) -> Checkpoint | None:
        """Where the training can go on: after its last full epoch that is kept."""
        if self.result and self.result.has_model:
            return self.result.checkpoint
        start = self.start  # once: the queue's threads may take it away
        return start.full if start else None

    @property
    def partial(self) -> PartialEpoch | None:
        """The epoch under way as the last turn left it, None between two epochs."""
        start = self.start  # once, as above
        return start.partial if start else None

    @property
    def ends_at_once(self) -> bool:
        """Whether its next turn is only to evaluate what was learned: it takes no time."""
        stops = self.asked is Interruption.STOP
        return stops or (self.asked is not None and self.partial is None)

    @property
    def share_done(self) -> float:
        """How much of the training is done, 0 to 1."""
        progress = self.progress  # once: the queue's threads may take it away
        resumable = progress.epoch + progress.batch / progress.batches if progress else 0.0
        done = max(len(self.history), resumable)
        return min(1.0, done / self.spec.training.epochs)

    @property
    def elapsed(self) -> float:
        """Seconds that it has trained; waiting does not count."""
        start, started = self.start, self.started  # once, as above
        before = start.seconds if start else 0.0
        if started is None:
            return before
        return before + (self.ended or time.monotonic()) - started

    @property
    def remaining(self) -> float | None:
        """Seconds of training that are probably left, None while that can't be told."""
        share = self.share_done
        return self.elapsed * (1 - share) / share if share and self.active else None

    def seen(self) -> None:
        """Note that somebody still watches."""
        self.last_seen = time.monotonic()

    def seen_elsewhere(self, watched: int) -> None:
        """Note that a page of another process watches, if it has said so once more."""
        if watched != self.watched:
            self.watched = watched
            self.seen()

    def begin(self, turn: int) -> None:
        """A worker has started this turn, perhaps anew."""
        if not self.active or turn != self.turn:
            return
        self._go_back()
        self.started = time.monotonic()
        self.state = JobState.RUNNING

    def note(self, turn: int, record: Record) -> None:
        """Take in what the worker reports in this turn."""
        if self.state is not JobState.RUNNING or turn != self.turn:
            return
        if isinstance(record, Progress):
            self.progress = record
        else:
            self.history = (*self.history, record)

    def wait_again(self, start: Checkpoint | None) -> None:
        """Its turn is over, or its worker died: the next one begins at `start`."""
        if not self.active:
            return
        self.start = start
        self._go_back()
        self.started = None
        self.state = JobState.QUEUED

    def finish(self, result: TrainedNetwork) -> None:
        """The worker is done, in one of several ways."""
        if not self.active:
            return
        self.history, self.result = result.history, result
        if result.model and self.start:  # the result goes further; only its time still counts
            self.start = Checkpoint((), b"", self.start.seconds)
        if result.diverged:
            self._end(JobState.DIVERGED)
        elif result.interruption is None:
            self._end(JobState.FINISHED)
        elif result.interruption is Interruption.TOO_LONG:
            self._end(JobState.STOPPED)
        elif Interruption.PAUSE in (self.asked, result.interruption):
            self._end(JobState.PAUSED)
        else:
            self._end(JobState.STOPPED)

    def give_up(self, state: JobState, reason: Reason | None = None) -> None:
        """It ends without a network; the full epochs of earlier turns stay in `start`."""
        if not self.active:
            return
        self.start = self.start.full if self.start else None
        self.history = self.start.history if self.start else ()
        self.reason = reason
        self._end(state)

    def _go_back(self) -> None:
        """Be as the last turn left it."""
        self.history = self.start.history if self.start else ()
        self.progress = self.partial.progress if self.partial else None

    def _end(self, state: JobState) -> None:
        self.ended = time.monotonic()
        self.state = state
