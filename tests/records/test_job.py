"""A job that many threads change at once: what has ended stays ended, with what belongs to it."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord, Interruption, Progress
from digitlab.records.training_view import FrozenTraining
from digitlab.specs import ARTICLE

ROUNDS = 500
ACTS = 10  # of each thread in a round

EPOCH = EpochRecord(0, 600, 0.5, {"loss": 1.5})
RESULT = TrainedNetwork(ARTICLE, (EPOCH,), b"", np.zeros((1, 10), np.float32), 0.7, 1.5, 0.7, 0.5)
START = Checkpoint((), b"", 1.0)
DIED, STOPPED = Reason(ReasonCode.WORKER_DIED), Reason(ReasonCode.SERVER_STOPPED)

ENDS = {
    JobState.FINISHED: (RESULT, (EPOCH,), None),
    JobState.FAILED: (None, (), DIED),
    JobState.INTERRUPTED: (None, (), STOPPED),
}
"""What belongs to each end: result, history and reason."""


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads take turns as often as Python lets them, and after each step that ends a job."""
    pause = threading.Event()

    def change(job: Job, name: str, value: object) -> None:
        object.__setattr__(job, name, value)
        if name in ("state", "result", "reason"):
            pause.wait(1e-6)

    monkeypatch.setattr(Job, "__setattr__", change)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(*actions: Callable[[], object]) -> None:
    """Do all of this at the same time, and wait until it is done."""
    barrier = threading.Barrier(len(actions))

    def begin(action: Callable[[], object]) -> None:
        barrier.wait()
        action()

    threads = [threading.Thread(target=begin, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def repeated(act: Callable[[], object]) -> Callable[[], None]:
    """Act again and again: before the end and after it."""

    def repeat() -> None:
        for _ in range(ACTS):
            act()

    return repeat


def belongs_together(seen: FrozenTraining) -> bool:
    """Whether an end has what belongs to it, and nothing of another end."""
    if seen.active:
        return seen.result is None and not seen.reason
    return (seen.result, seen.history, seen.reason) == ENDS[seen.state]


def hammer(job: Job) -> list[FrozenTraining]:
    """Change a job from several threads until three of them end it; what readers saw meanwhile."""
    seen: list[FrozenTraining] = []

    def train() -> None:
        if time_slice := job.next_slice("topic", whole_epochs=False):
            job.begin(time_slice.number)
            job.note(time_slice.number, Progress(0, 1, 600, {}))
            job.wait_again(START, at_the_end=True)

    together(
        repeated(train),
        repeated(lambda: seen.append(job.frozen())),
        lambda: job.finish(RESULT),
        lambda: job.give_up(JobState.FAILED, DIED),
        lambda: job.give_up(JobState.INTERRUPTED, STOPPED),
    )
    return [*seen, job.frozen()]


def is_mixed_up(rounds: int) -> bool:
    """Whether a reader saw what does not belong together, in one of so many rounds."""
    return any(not all(map(belongs_together, hammer(Job(ARTICLE, "me")))) for _ in range(rounds))


@pytest.mark.usefixtures("hasty")
def test_what_has_ended_stays_ended_with_what_belongs_to_it() -> None:
    assert not is_mixed_up(ROUNDS)


@pytest.mark.usefixtures("hasty")
def test_without_the_lock_ends_get_mixed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hammer is hard enough: it finds what the lock is for."""
    init = Job.__init__

    def without_lock(job: Job, *values: Any, **named: Any) -> None:
        init(job, *values, **named)
        job._lock = nullcontext()  # type: ignore[assignment]  # that is the point

    monkeypatch.setattr(Job, "__init__", without_lock)
    assert is_mixed_up(20 * ROUNDS)


@pytest.mark.usefixtures("hasty")
def test_each_revision_is_another_one() -> None:
    job = Job(ARTICLE, "me")
    revisions: list[int] = []
    count = [lambda: revisions.extend(job.next_revision().revision for _ in range(500))] * 4
    together(*count)
    assert sorted(revisions) == list(range(1, 2001))


def test_what_comes_after_the_end_changes_nothing() -> None:
    job = Job(ARTICLE, "me")
    time_slice = job.next_slice("topic", whole_epochs=False)
    assert (time_slice.number, time_slice.start, time_slice.requested) == (1, None, None)
    job.begin(1)
    job.finish(RESULT)
    ended = job.frozen()
    assert not job.wait_again(START)
    assert job.next_slice("topic", whole_epochs=False) is None
    job.begin(1)
    job.note(1, EPOCH)
    job.give_up(JobState.FAILED, DIED)
    after = job.frozen()
    assert (after.state, after.result, after.history) == (JobState.FINISHED, RESULT, (EPOCH,))
    assert (after.slice_number, after.reason, after.elapsed) == (1, None, ended.elapsed)


def test_a_request_says_whether_a_worker_has_to_be_told() -> None:
    waiting = Job(ARTICLE, "me")
    assert not waiting.request(Interruption.STOP)
    running = Job(ARTICLE, "me")
    running.begin(running.next_slice("topic", whole_epochs=False).number)
    assert running.request(Interruption.STOP)
    assert Job(ARTICLE, "me", start=START).request(
        Interruption.PAUSE
    )  # it waits for its next slice


def test_a_frozen_job_stays_what_it_was() -> None:
    job = Job(ARTICLE, "me", start=START)
    frozen = job.frozen()
    job.finish(RESULT)
    assert (frozen.state, frozen.result, frozen.begun) == (JobState.QUEUED, None, True)
    assert (job.frozen().state, job.frozen().result) == (JobState.FINISHED, RESULT)
    assert frozen.frozen() is frozen
