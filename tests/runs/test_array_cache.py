"""The arrays of kept runs: one copy for all, within a bound, and none in a session."""

import gc
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.runs import RunRepository
from digitlab.runs.array_cache import ArrayCache, ArrayKey, bytes_of
from digitlab.runs.kept import KeptCheckpoint, KeptNetwork
from tests.conftest import wait_until
from tests.runs import making

MB = 10**6


def key(number: int) -> ArrayKey:
    return ArrayKey(f"run {number}", TrainedNetwork, 3)


def same(one: TrainedNetwork | None, other: TrainedNetwork | None) -> bool:
    return (
        one.model == other.model
        and np.array_equal(one.probabilities, other.probabilities)
        and len(one.replay) == len(other.replay)
        and all(
            np.array_equal(mine, its)
            for a, b in zip(one.replay, other.replay, strict=True)
            for mine, its in zip(a.arrays, b.arrays, strict=True)
        )
    )


def reachable_bytes(root: object, leave: tuple[type, ...]) -> int:
    """Of all arrays and files that an object leads to, but not through these types."""
    seen, left, size = {id(root)}, [root], 0
    while left:
        item = left.pop()
        size += item.nbytes if isinstance(item, np.ndarray) else 0
        size += len(item) if isinstance(item, bytes) else 0
        if isinstance(item, (*leave, type)):
            continue
        for other in gc.get_referents(item):
            if id(other) not in seen:
                seen.add(id(other))
                left.append(other)
    return size


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[RunRepository]:
    repository = RunRepository(f"sqlite:///{tmp_path}/runs.sqlite")
    yield repository
    repository.close()


def test_what_does_not_fit_goes_the_longest_unused_first() -> None:
    networks = [making.network(size=100_000) for _ in range(4)]
    array_cache = ArrayCache(lambda key: None, 3.5 * bytes_of(networks[0]) / MB)
    for number, network in enumerate(networks[:3]):
        array_cache.put(key(number), network)
    assert array_cache.get(key(0)) is networks[0]
    array_cache.put(key(3), networks[3])
    assert [array_cache.held(key(number)) is not None for number in range(4)] == [1, 0, 1, 1]
    assert array_cache.size <= 3.5 * bytes_of(networks[0])


def test_one_that_is_larger_than_the_cache_is_held_alone() -> None:
    network = making.network(size=100_000)
    array_cache = ArrayCache(lambda key: None, 0.001)
    array_cache.put(key(0), making.network())
    array_cache.put(key(1), network)
    assert array_cache.held(key(0)) is None
    assert array_cache.get(key(1)) is network


def test_many_who_ask_at_once_load_it_once() -> None:
    network, loads, all_here = making.network(), [], threading.Barrier(8)

    def load(key: Any) -> TrainedNetwork:
        loads.append(key)
        return network

    array_cache = ArrayCache(load)

    def ask(_: Any) -> Any:
        all_here.wait(10)
        return array_cache.get(key(0))

    with ThreadPoolExecutor(8) as pool:
        networks = list(pool.map(ask, range(8)))
    assert loads == [key(0)]
    assert all(other is network for other in networks)


def test_what_is_lost_is_said_and_no_page_fails() -> None:
    array_cache = ArrayCache(lambda key: None, 0.001)
    kept = KeptNetwork.of("run 0", making.network(), array_cache)
    assert kept.there
    array_cache.put(key(1), making.network())
    assert not kept.there
    assert (kept.model, kept.weights, kept.replay) == (b"", (), ())
    assert np.isnan(kept.probabilities).all()
    assert kept.test_accuracy == 0.9123
    assert kept.checkpoint.model == b""


def test_128_sessions_share_one_copy(repository: RunRepository) -> None:
    job = making.ended(result=making.network(size=1_000_000))
    with_arrays = job.result
    repository.save(job)
    assert repository.flush(10)
    sessions = [repository.network(job.id) for _ in range(128)]
    assert all(same(session, with_arrays) for session in sessions[::40])
    assert len({id(session.probabilities) for session in sessions}) == 1
    assert sum(reachable_bytes(session, (ArrayCache,)) for session in sessions) < 128 * 1000


def test_what_stands_there_is_not_read_again(
    repository: RunRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each reload of a large run's address read 20 MB, while no other page went on."""
    job = making.ended()
    repository.save(job)
    assert repository.flush(10)
    repository._array_cache.drop(job.id)
    read = []
    network = repository._store.network
    monkeypatch.setattr(repository._store, "network", lambda id_: read.append(id_) or network(id_))
    first, *others = [repository.network(job.id) for _ in range(5)]
    assert read == [job.id]
    assert all(same(other, first) for other in others)
    repository.delete(job.id, job.owner)
    assert repository.network(job.id) is None


def test_sessions_with_many_large_runs_stay_within_the_bound(
    repository: RunRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository._array_cache = ArrayCache(repository._load, 10)
    jobs = [making.ended(result=making.network(size=1_000_000)) for _ in range(20)]
    with_arrays = [job.result for job in jobs]
    for job in jobs:
        repository.save(job)
    assert repository.flush(20)
    sessions = [repository.network(job.id) for job in jobs]
    assert repository._array_cache.size <= 10 * MB
    assert all(same(one, other) for one, other in zip(sessions, with_arrays, strict=True))
    assert repository._array_cache.size <= 10 * MB


def test_a_job_holds_no_arrays_once_it_is_written(repository: RunRepository) -> None:
    job = making.ended(result=making.network(size=1_000_000))
    with_arrays = job.result
    assert reachable_bytes(job, (ArrayCache,)) > MB
    repository.save(job)
    assert repository.flush(10)
    assert isinstance(job.result, KeptNetwork)
    assert same(job.result, with_arrays)
    assert reachable_bytes(job, (ArrayCache,)) < 10_000


def test_a_training_that_was_interrupted_holds_no_arrays_either(repository: RunRepository) -> None:
    start = Checkpoint(making.history(2), making.model_file(1_000_000), 3.0, making.replay(2))
    job = making.job(start=start, state=JobState.INTERRUPTED)
    repository.save(job)
    assert repository.flush(10)
    assert isinstance(job.start, KeptCheckpoint)
    assert reachable_bytes(job, (ArrayCache,)) < 10_000
    travelled = pickle.loads(pickle.dumps(job.start))
    assert type(travelled) is Checkpoint
    assert (travelled.model, travelled.history) == (start.model, start.history)
    assert len(travelled.replay) == 2


def test_arrays_stay_with_the_job_while_the_store_does_not_take_them(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").mkdir()  # no database can be here
    repository = RunRepository(f"sqlite:///{tmp_path}/runs.sqlite")
    job = making.ended()
    with_arrays = job.result
    repository.save(job)
    wait_until(lambda: repository.problem, "the store to refuse it")
    assert not repository.flush(0.1)
    assert job.result is with_arrays
    repository.close(0.1)


def test_a_run_that_went_on_has_other_arrays(repository: RunRepository) -> None:
    job = making.ended(result=making.network(epochs=3))
    repository.save(job)
    assert repository.flush(10)
    earlier = repository.network(job.id)
    job.result = making.network(epochs=5)
    job.history = job.result.history
    repository.save(job)
    assert repository.flush(10)
    assert len(repository.network(job.id).replay) == 5
    assert len(earlier.replay) == 3  # as long as the cache has it
    repository._array_cache.drop(job.id)
    assert not earlier.there  # and not the weights of the other one


def test_what_was_deleted_is_not_there_any_more(repository: RunRepository) -> None:
    job = making.ended()
    repository.save(job)
    assert repository.flush(10)
    assert repository.delete(job.id, job.owner)
    assert not job.result.there
