"""What comes back from the workers, one job beside the other."""

import threading
from typing import Any

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


def test_a_result_that_is_slow_to_come_holds_up_no_other() -> None:
    slow, quick, line = threading.Event(), threading.Event(), FairQueue()
    quick.set()
    workers: Any = Workers(Future(slow), Future(quick))
    dispatcher = Dispatcher(workers, line, "topic", lambda job: None, lambda: None)
    jobs = [Job(ARTICLE, owner) for owner in ("first", "second")]
    for job in jobs:
        line.join(job)
    dispatcher.dispatch()
    wait_until(lambda: not jobs[1].active, "the second one to end")
    assert jobs[0].active
    slow.set()
    wait_until(lambda: not jobs[0].active, "the first one to end")
    assert {job.state for job in jobs} == {JobState.STOPPED}
