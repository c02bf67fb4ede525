"""What comes back from the workers, one job beside the other."""

import threading
from concurrent.futures import CancelledError
from typing import Any

import pytest

from digitlab.compute.dispatcher import Dispatcher
from digitlab.compute.fair_queue import FairQueue
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.specs import ARTICLE
from tests.conftest import wait_until


class Future:
    """Done as soon as somebody wants to know; its result comes when the test lets it."""

    def __init__(self, comes: threading.Event) -> None:
        self._comes = comes

    def add_done_callback(self, tell: Any) -> None:
        tell(self)

    def result(self, seconds: float) -> None:
        assert self._comes.wait(seconds)


class Workers:
    """Two of them, and what they were sent."""

    renewing = False

    def __init__(self, *futures: Future) -> None:
        self._futures = list(futures)

    def client(self) -> "Workers":
        return self

    def trainers(self) -> int:
        return len(self._futures)

    def submit(self, *task: Any, **settings: Any) -> Future:
        return self._futures.pop(0)


def dispatcher_of(workers: Workers, fair_queue: FairQueue) -> Dispatcher:
    """One that sends to these workers, and tells nobody."""
    stand_in: Any = workers  # it has what a dispatcher calls
    return Dispatcher(stand_in, fair_queue, "topic", lambda job: None, lambda: None)


def test_a_result_that_is_slow_to_come_holds_up_no_other() -> None:
    slow, quick, fair_queue = threading.Event(), threading.Event(), FairQueue()
    quick.set()
    dispatcher = dispatcher_of(Workers(Future(slow), Future(quick)), fair_queue)
    jobs = [Job(ARTICLE, owner) for owner in ("first", "second")]
    for job in jobs:
        fair_queue.join(job)
    dispatcher.dispatch()
    wait_until(lambda: not jobs[1].active, "the second one to end")
    assert jobs[0].active
    slow.set()
    wait_until(lambda: not jobs[0].active, "the first one to end")
    assert {job.state for job in jobs} == {JobState.STOPPED}


def test_what_ends_while_it_is_sent_is_cancelled_with_the_workers() -> None:
    fair_queue, never = FairQueue(), threading.Event()
    job = Job(ARTICLE, "hasty")
    fair_queue.join(job)
    givers: list[threading.Thread] = []

    class Leaving(Future):
        cancelled = False

        def cancel(self) -> None:
            self.cancelled = True

        def result(self, seconds: float) -> None:
            raise CancelledError

    class Interrupted(Workers):
        def submit(self, *task: Any, **settings: dict[str, Any]) -> Future:
            givers.append(threading.Thread(target=dispatcher.give_back, args=(job,)))
            givers[-1].start()
            wait_until(lambda: not job.active, "the job to end")
            return super().submit(*task, **settings)

    future = Leaving(never)
    dispatcher = dispatcher_of(Interrupted(future), fair_queue)
    dispatcher.dispatch()
    givers[0].join()
    assert (job.state, future.cancelled) == (JobState.PAUSED, True)
    assert fair_queue.jobs() == []


def test_what_has_ended_before_its_slice_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    fair_queue = FairQueue()
    job = Job(ARTICLE, "hasty")
    job.give_up(JobState.STOPPED)
    monkeypatch.setattr(fair_queue, "send", lambda slots: [job])
    workers = Workers(Future(threading.Event()))
    dispatcher_of(workers, fair_queue).dispatch()
    assert workers.trainers() == 1, "the worker was sent a job that had ended"
