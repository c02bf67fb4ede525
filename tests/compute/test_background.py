"""Studies: steps in a thread, with progress, a Stop, and an end when nobody waits."""

import threading
import time
from collections.abc import Generator
from typing import Any

import pytest
from distributed import Client, Event

from digitlab import limits
from digitlab.caching.pool import Pool
from digitlab.compute import background
from digitlab.compute.background import BackgroundTask
from digitlab.compute.errors import EngineError, Problem
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
    assert (task.share, task.result, task.problem) == (1, "found", None)


def test_there_are_so_many_at_once_and_the_next_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_at_work", threading.BoundedSemaphore(2))
    gates = [Gate() for _ in range(3)]
    first, second, third = (BackgroundTask[Any](gate.steps()) for gate in gates)
    assert (first.active, second.active, third.active) == (True, True, False)
    assert third.problem is Problem.TOO_MANY_TASKS
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
    assert task.problem is None


@pytest.mark.parametrize(
    ("failure", "problem"),
    [(EngineError(Problem.SLOW), Problem.SLOW), (ValueError("x"), Problem.TASK_FAILED)],
)
def test_a_failure_is_told(failure: ValueError | EngineError, problem: Problem) -> None:
    gate = Gate(failure)
    task = BackgroundTask[Any](gate.steps())
    gate.may_go.release(3)
    wait_until(lambda: not task.active, "the end")
    assert task.problem is problem
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

    tasks = [BackgroundTask(steps(number), pool) for number in range(128)]
    for task in tasks:
        task.wait(10)
    assert pool.size <= limits.MAX_FINDINGS_MEGABYTES * 10**6
    there = [number for number, task in enumerate(tasks) if task.result is not None]
    assert len(there) == 30
    assert all(tasks[number].result == bytes([number]) * 3_300_000 for number in there)
    assert sum(len(result) for task in tasks if (result := task.result)) == 30 * 3_300_000
    for number in set(range(128)) - set(there):
        assert tasks[number].problem is Problem.RESULT_LET_GO
        assert not tasks[number].active
    assert not any(tasks[number].problem for number in there)


def test_the_studies_of_a_process_share_one_pool() -> None:
    size = background.POOL.size

    def steps() -> Generator[float, None, Any]:
        return b"found"
        yield

    task = BackgroundTask[Any](steps())
    task.wait(10)
    assert task.result == b"found"
    assert background.POOL.size > size


PATIENT = 9


def test_a_patient_question_lets_the_others_go_first(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    """The worker has two questions, one at work and the next one. What comes after waits here."""
    client = queue._workers.client()
    gates = [Event(name, client=client) for name in ("first gate", "second gate")]
    answered = []

    def ask(name: str, gate: Any, patient: Any) -> None:
        answered.append((queue.ask(when_let, trained, gate, patient=patient), name))

    threads = []
    for question in [
        ("blocks", "first gate", False),
        *[("patient", "second gate", True)] * PATIENT,
        ("now", "second gate", False),
    ]:
        threads.append(threading.Thread(target=ask, args=question))
        threads[-1].start()
        wait_until(lambda: in_line(queue) == max(0, len(threads) - 2), "it to stand in line")
        wait_until(lambda: with_workers(client) == min(2, len(threads)), "it to be with the worker")
    gates[0].set()
    wait_until(lambda: answered, "the first answer")
    # One patient question is at work. The other place is free: "now" came last and gets it.
    wait_until(lambda: with_workers(client) == 2, "the next one to be with the worker")
    gates[1].set()
    for thread in threads:
        thread.join(30)
    order = [name for _, name in sorted(answered)]
    assert order == ["blocks", "patient", "now", *["patient"] * (PATIENT - 1)]


def when_let(network: Any, gate: Any) -> float:
    assert Event(gate).wait(30)
    return time.monotonic()


def in_line(queue: TrainingQueue) -> int:
    """How many questions wait for a place with the worker that answers."""
    return len(queue.asking._admissions[WorkerKind.PREDICT]._waiting)


def with_workers(client: Client) -> int:
    return sum(map(len, client.processing().values()))
