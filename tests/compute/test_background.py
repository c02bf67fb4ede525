"""Studies: steps in a thread, with progress, a Stop, and an end when nobody waits."""

import threading
import time
from collections.abc import Generator
from typing import Any

import pytest
from distributed import Event

from digitlab import limits
from digitlab.caching.pool import Pool
from digitlab.compute import background
from digitlab.compute.background import BackgroundTask
from digitlab.compute.errors import EngineError
from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import WorkerKind
from tests.conftest import wait_until


class Gate:
    """Steps that go on when the test says so."""

    def __init__(self, failure: ValueError | EngineError | None = None) -> None:
        self.may_go = threading.Semaphore(0)
        self.failure = failure
        self.closed = False

    def steps(self) -> Generator[float, None, Any]:
        try:
            for done in (0.25, 0.5, 0.75):
                self.may_go.acquire()
                yield done
            if self.failure:
                raise self.failure
            return "found"
        finally:
            self.closed = True


def test_result_comes_after_all_steps() -> None:
    gate = Gate()
    task = BackgroundTask[Any](gate.steps())
    assert task.active
    assert (task.share, task.result, task.remaining) == (0, None, None)
    gate.may_go.release()
    wait_until(lambda: task.share == 0.25, "the first step")
    assert task.active
    assert task.remaining is not None
    assert task.remaining > 0
    gate.may_go.release(2)
    wait_until(lambda: not task.active, "the end")
    assert (task.share, task.result, task.problem) == (1, "found", "")


def test_there_are_so_many_at_once_and_the_next_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_at_work", threading.BoundedSemaphore(2))
    gates = [Gate() for _ in range(3)]
    first, second, third = (BackgroundTask[Any](gate.steps()) for gate in gates)
    assert (first.active, second.active, third.active) == (True, True, False)
    assert "Try again in a minute" in third.problem
    assert third.result is None
    third.stop()
    third.wait(1)
    gates[0].may_go.release(3)
    wait_until(lambda: first.result == "found", "the first to end")
    first.wait(10)
    fourth = BackgroundTask[Any](gates[2].steps())
    assert fourth.active
    for task, gate in ((second, gates[1]), (fourth, gates[2])):
        task.stop()
        gate.may_go.release()
        task.wait(10)


def test_stop_ends_it_after_the_step_under_way() -> None:
    gate = Gate()
    task = BackgroundTask[Any](gate.steps())
    task.stop()
    assert not task.active  # the page need not wait for the step
    gate.may_go.release()
    wait_until(lambda: gate.closed, "the steps to be closed")
    assert task.result is None
    assert task.problem == ""


@pytest.mark.parametrize(
    ("failure", "says"),
    [(EngineError("No worker answers."), "No worker answers."), (ValueError("x"), "Try again")],
)
def test_failure_is_a_sentence(failure: ValueError | EngineError, says: str) -> None:
    gate = Gate(failure)
    task = BackgroundTask[Any](gate.steps())
    gate.may_go.release(3)
    wait_until(lambda: not task.active, "the end")
    assert says in task.problem
    assert task.result is None


def test_what_no_page_looks_at_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 0.2)
    gate = Gate()
    task = BackgroundTask[Any](gate.steps())
    gate.may_go.release(2)
    wait_until(lambda: task.share == 0.5, "two steps")
    wait_until(lambda: task._given_up(), "nobody to have looked for a while")
    gate.may_go.release()
    wait_until(lambda: gate.closed, "the steps to be closed")
    assert task.result is None


def test_results_of_128_sessions_hold_no_more_than_the_bound() -> None:
    """Maps of 3.3 MB, whose visitors have gone: those of a class of thirty are still there."""
    pool = Pool[Any](limits.MAX_FINDINGS_MEGABYTES)

    def steps(number: int) -> Generator[float, None, Any]:
        return bytes([number]) * 3_300_000
        yield

    made = [BackgroundTask[Any](steps(number), pool) for number in range(128)]
    for task in made:
        task.wait(10)
    assert pool.size <= limits.MAX_FINDINGS_MEGABYTES * 10**6
    there = [number for number, task in enumerate(made) if task.result is not None]
    assert len(there) == 30
    assert all(made[number].result == bytes([number]) * 3_300_000 for number in there)
    assert sum(len(found) for task in made if (found := task.result)) == 30 * 3_300_000
    for number in set(range(128)) - set(there):
        assert "no longer in the lab's memory" in made[number].problem
        assert not made[number].active
    assert not any(made[number].problem for number in there)


def test_the_studies_of_a_process_share_one_pool() -> None:
    size = background.POOL.size

    def steps() -> Generator[float, None, Any]:
        return b"found"
        yield

    task = BackgroundTask[Any](steps())
    task.wait(10)
    assert task.result == b"found"
    assert background.POOL.size > size


PATIENT = [("patient", True)] * 9  # by chance the impatient one would be among them


def test_a_patient_question_lets_the_others_go_first(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    gate = Event("gate", client=queue._workers.client())
    answered = []

    def ask(name: str, patient: Any) -> None:
        answered.append((queue.ask(when_let, trained, patient=patient), name))

    threads = []
    for name, patient in [("blocks", False), *PATIENT, ("now", False)]:
        threads.append(threading.Thread(target=ask, args=(name, patient)))
        threads[-1].start()
        wait_until(lambda: asking(queue) == len(threads), "it to be asked")
    gate.set()
    for thread in threads:
        thread.join(30)
    # The worker has two: one at work and the next one.
    assert [name for _, name in sorted(answered)].index("now") <= 2


def when_let(network: Any) -> float:
    Event("gate").wait(30)
    return time.monotonic()


def asking(queue: TrainingQueue) -> int:
    return len(queue.asking._admissions[WorkerKind.PREDICT]._open)
