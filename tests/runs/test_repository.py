"""The repository neither blocks nor raises, and loses nothing that it can hold."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import new_id
from digitlab.records.job_state import JobState
from digitlab.records.remote_request import RemoteRequest
from digitlab.runs import writer
from digitlab.runs.errors import StoreError, StoreProblem
from digitlab.runs.record import SaveResult
from digitlab.runs.repository import RunRepository
from digitlab.runs.store import RunStore
from tests.conftest import wait_until
from tests.runs.making import (
    assert_same_network,
    ended,
    history,
    job,
    model_file,
    network,
    replay,
)


class SlowStore(RunStore):
    """A store whose writes wait until the test lets them through, and fail as it says."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.reached, self.through = threading.Event(), threading.Event()
        self.failure: Exception | None = None
        self.kept: list[str] = []
        self.checkpoints: list[Checkpoint | None] = []
        self.touched: list[set[str]] = []

    def save(
        self,
        run: Any,
        checkpoint: Any = None,
        probabilities: Any = None,
    ) -> SaveResult:
        self.reached.set()
        self.through.wait(10)
        if self.failure:
            raise self.failure
        kept = super().save(run, checkpoint, probabilities)
        self.kept.append(run.id)
        self.checkpoints.append(checkpoint)
        return kept

    def touch(self, run_ids: Any) -> dict[str, RemoteRequest]:
        remote_requests = super().touch(run_ids)
        self.touched.append(set(run_ids))
        return remote_requests


@pytest.fixture
def store(tmp_path: Path) -> SlowStore:
    return SlowStore(f"sqlite:///{tmp_path / 'runs.sqlite'}")


@pytest.fixture
def kept(store: SlowStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunRepository]:
    monkeypatch.setattr(writer, "_REST_SECONDS", 0.05)
    monkeypatch.setattr(writer, "_PENDING_WRITES_SECONDS", 10)
    kept = RunRepository(store)
    yield kept
    store.through.set()
    kept.close()


def test_keeping_returns_at_once_and_what_is_kept_is_found(
    kept: RunRepository, store: SlowStore
) -> None:
    done = ended()
    kept.save(done)
    kept.heartbeat([done.id])
    assert store.kept == []  # neither waited for the store, which waits for this test
    store.through.set()
    assert kept.find(done.id).state is JobState.FINISHED  # waits for what is about to be written
    assert [run.id for run in kept.owned("ada")] == [done.id]
    assert_same_network(kept.network(done.id), done.result)
    assert kept.checkpoint(done.id).model == done.result.model
    assert kept.rename(done.id, "ada", "First")
    assert kept.find(done.id).name == "First"
    assert kept.delete(done.id, "ada")
    assert kept.find(done.id) is None
    assert kept.problem is None


def test_the_latest_snapshot_is_written_with_the_arrays_of_earlier_ones(
    kept: RunRepository, store: SlowStore
) -> None:
    first, done = ended(), job(start=Checkpoint(history(1), model_file(), 0.5))
    kept.save(first)
    wait_until(store.reached.is_set, "the thread to be busy")
    kept.save(done)
    start, done.start = done.start, None
    kept.save(done)
    done.state = JobState.FAILED
    kept.save(done)
    store.through.set()
    assert kept.flush(10)
    assert store.kept == [first.id, done.id]
    assert kept.find(done.id).state is JobState.FAILED
    assert kept.checkpoint(done.id).model == start.model


def test_what_changes_while_it_is_written_is_written_again(
    kept: RunRepository, store: SlowStore
) -> None:
    done = job()
    kept.save(done)
    wait_until(store.reached.is_set, "the first snapshot to be on its way")
    done.result = network()
    done.state = JobState.FINISHED
    kept.save(done)
    store.through.set()
    assert kept.flush(10)
    assert_same_network(kept.network(done.id), done.result)


def test_what_is_deleted_while_it_is_written_stays_deleted(
    kept: RunRepository, store: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write under way took longer than the deletion waited, and brought the run back."""
    monkeypatch.setattr(writer, "_PENDING_WRITES_SECONDS", 0.05)
    store.through.set()
    done = job()
    kept.save(done)
    assert kept.flush(10)
    store.reached.clear()
    store.through.clear()
    kept.save(done)
    wait_until(store.reached.is_set, "the next snapshot to be on its way")
    assert kept.delete(done.id, done.owner)
    store.through.set()
    assert kept.flush(10)
    assert len(store.kept) == 2  # it was written after the deletion
    assert kept.find(done.id) is None
    kept.save(done)
    assert kept.flush(10)
    assert kept.find(done.id) is not None  # what begins later is another matter


def test_a_sign_of_life_does_not_write_the_weights_again(
    kept: RunRepository, store: SlowStore
) -> None:
    store.through.set()
    first = Checkpoint(history(1), model_file(), 0.5, replay(1))
    second = Checkpoint(history(2), model_file(), 1.0, replay(2))
    done = job()
    for start in (first, first, first, second, second):
        done.start = start
        kept.save(done)
        assert kept.flush(10)
    assert store.checkpoints == [first, None, None, second, None]
    assert repr(kept.checkpoint(done.id).replay) == repr(second.replay)


def test_a_failed_write_is_tried_again(kept: RunRepository, store: SlowStore) -> None:
    store.failure = StoreError(StoreProblem.BUSY)
    store.through.set()
    jobs = [ended(), ended("eve")]
    for done in jobs:
        kept.save(done)
    wait_until(lambda: kept.problem, "the failure")
    assert not kept.flush(0.2)
    assert kept.problem == StoreProblem.BUSY
    assert kept.find(jobs[0].id) is None
    assert kept.problem == StoreProblem.BUSY  # a read that succeeds does not hide it
    store.failure = None
    assert kept.flush(10)
    assert kept.problem is None
    for done in jobs:
        assert_same_network(kept.network(done.id), done.result)


def test_it_tries_again_by_itself(kept: RunRepository, store: SlowStore) -> None:
    store.failure = StoreError(StoreProblem.FULL)
    store.through.set()
    done = ended()
    kept.save(done)
    wait_until(lambda: kept.problem, "the failure")
    store.failure = None
    wait_until(lambda: store.kept == [done.id], "the run to be written")
    wait_until(lambda: not kept.problem, "the problem to be over")


def test_it_does_not_try_again_all_the_time(
    store: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = RunRepository(store)
    tries = []

    def fail(*arguments: Any) -> None:
        tries.append(arguments)
        raise StoreError(StoreProblem.FULL)

    store.save = fail  # type: ignore[method-assign,assignment]  # a disk that fills up
    for _ in range(3):
        kept.save(ended())
    wait_until(lambda: kept.problem, "the failure")
    kept.close()  # which tries once more
    assert len(tries) <= 2, "without rests it would have been a thousand times by now"


@pytest.mark.parametrize(
    "failure", [StoreError(StoreProblem.REFUSED, transient=False), RuntimeError("a bug")]
)
def test_a_run_that_can_never_be_written_does_not_stop_the_others(
    kept: RunRepository, store: SlowStore, failure: RuntimeError | StoreError
) -> None:
    store.failure = failure
    store.through.set()
    kept.save(ended())
    assert kept.flush(10)
    assert kept.problem == StoreProblem.REFUSED
    store.failure = None
    done = ended()
    kept.save(done)
    assert kept.find(done.id) is not None
    assert kept.problem is None


def test_what_waits_takes_bounded_memory(
    kept: RunRepository, store: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UNWRITTEN_MEGABYTES", 3)
    jobs = [ended() for _ in range(20)]  # 0.4 MB each
    for done in jobs:
        kept.save(done)
    store.through.set()
    assert kept.flush(10)
    assert all(kept.find(done.id) for done in jobs)  # their numbers are small
    kept_run = [kept.network(done.id) is not None for done in jobs]
    assert kept_run[-7:] == [True] * 7
    assert sum(kept_run) <= 8  # with the one that was being written


def test_beats_are_written_after_snapshots(kept: RunRepository, store: SlowStore) -> None:
    running = job()
    kept.save(running)
    kept.heartbeat([running.id])
    kept.heartbeat({new_id()})
    assert store.touched == []
    store.through.set()
    assert kept.flush(10)
    assert len(set().union(*store.touched)) == 2


def test_a_job_that_can_not_be_read_is_no_trouble_for_the_queue(
    kept: RunRepository, store: SlowStore
) -> None:
    store.through.set()
    broken = ended()
    broken.result = "nonsense"  # type: ignore[assignment]  # that is the trouble
    kept.save(broken)
    done = ended()
    kept.save(done)
    assert kept.find(done.id) is not None


def test_closing_writes_what_waits_and_gives_up_after_one_failure(
    kept: RunRepository, store: SlowStore
) -> None:
    done = ended()
    kept.save(done)
    store.through.set()
    kept.close()
    assert store.kept == [done.id]
    assert store.find(done.id) is not None
    kept.close()


def test_closing_does_not_wait_for_a_store_that_fails(store: SlowStore) -> None:
    kept = RunRepository(store)
    store.failure = StoreError(StoreProblem.UNREACHABLE)
    for _ in range(3):
        kept.save(ended())
    store.through.set()
    wait_until(lambda: kept.problem, "the failure")
    before = time.monotonic()
    kept.close(30)
    assert time.monotonic() - before < 10


def test_pages_do_not_wait_for_the_same_failure_again(
    store: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = RunRepository(store)
    calls = []

    def fail(run_id: str) -> None:
        calls.append(run_id)
        raise StoreError(StoreProblem.UNREACHABLE)

    monkeypatch.setattr(store, "find", fail)
    for _ in range(3):
        assert kept.find(new_id()) is None
    assert len(calls) == 1
    assert kept.problem == StoreProblem.UNREACHABLE
    kept.close()


def test_a_keeper_may_be_made_of_an_address(tmp_path: Path) -> None:
    kept = RunRepository(f"sqlite:///{tmp_path / 'runs.sqlite'}")
    done = ended()
    kept.save(done)
    assert kept.find(done.id) is not None
    kept.close()
