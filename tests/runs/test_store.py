"""Runs are found again as they were, in SQLite and in PostgreSQL."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.job import new_id
from digitlab.records.job_state import JobState
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import Interruption
from digitlab.runs.record import Snapshot
from digitlab.runs.sql import rows
from digitlab.runs.store import RunStore
from tests.runs.making import (
    assert_same_network,
    diverged,
    ended,
    history,
    job,
    model_file,
    network,
    replay,
    save,
    sql,
)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ended(),
        lambda: ended(parent=new_id()),
        lambda: ended(state=JobState.STOPPED, reason=Reason(ReasonCode.NOT_BEGUN)),
        lambda: ended(
            state=JobState.PAUSED, result=network(interruption=Interruption.PAUSE, epochs=1)
        ),
        diverged,
    ],
)
def test_a_run_comes_back_as_it_was(store: RunStore, make: Callable[..., Any]) -> None:
    done = make()
    expected = Snapshot.of(done).run
    save(store, done)
    kept = store.find(done.id)
    assert (kept.number, kept.size > len(done.result.model)) == (1, True)
    expected = replace(expected, changed=kept.changed, revision=1, number=1, size=kept.size)
    assert repr(kept) == repr(expected)
    assert kept.has_model
    assert kept.has_predictions
    assert_same_network(store.network(done.id), done.result)
    checkpoint = store.checkpoint(done.id)
    assert checkpoint.model == done.result.model
    assert repr(checkpoint.history) == repr(done.result.history)
    assert checkpoint.seconds == done.result.seconds
    assert repr(checkpoint.replay) == repr(done.result.replay)


def test_a_failed_run_is_kept_without_a_network(store: RunStore) -> None:
    failed = job(state=JobState.FAILED, reason=Reason(ReasonCode.WORKER_DIED), history=history(1))
    save(store, failed)
    kept = store.find(failed.id)
    assert (kept.state, kept.reason, len(kept.history)) == (JobState.FAILED, failed.reason, 1)
    assert not kept.has_model
    assert store.network(failed.id) is None
    assert store.checkpoint(failed.id) is None


def test_a_checkpoint_has_its_own_history(store: RunStore) -> None:
    start = Checkpoint(history(2), model_file(), 1.5, replay(12))
    running = job(start=start, history=history(4))
    save(store, running)
    assert len(store.find(running.id).history) == 4
    kept = store.checkpoint(running.id)
    assert (kept.history, kept.model, kept.seconds) == (start.history, start.model, 1.5)
    assert repr(kept.replay) == repr(start.replay)


def test_arrays_stay_when_a_later_snapshot_has_none(store: RunStore) -> None:
    done = ended()
    save(store, done)
    store.save(Snapshot.of(done).run)
    assert_same_network(store.network(done.id), done.result)


def test_what_has_ended_is_not_overwritten_by_an_older_snapshot(store: RunStore) -> None:
    done = job()
    older = Snapshot.of(done)
    done.result = network()
    done.state = JobState.FINISHED
    save(store, done)
    store.save(older.run)
    assert store.find(done.id).state is JobState.FINISHED


def test_a_sign_of_life_does_not_keep_the_end_out(store: RunStore) -> None:
    done = job()
    save(store, done)
    done.result = network()
    done.state = JobState.FINISHED
    end = Snapshot.of(done)
    store.touch([done.id])  # written before the end, but later than it was taken
    store.save(end.run, end.checkpoint, end.probabilities)
    assert store.find(done.id).state is JobState.FINISHED


def test_a_paused_run_may_go_on(store: RunStore) -> None:
    paused = ended(state=JobState.PAUSED)
    save(store, paused)
    save(store, job(id=paused.id, start=paused.result.checkpoint))
    assert store.find(paused.id).state is JobState.RUNNING
    assert store.network(paused.id) is None
    assert store.checkpoint(paused.id).model == paused.result.model


def test_an_owner_sees_their_own_runs_the_newest_first(store: RunStore) -> None:
    mine = [ended() for _ in range(3)]
    mine[2].created -= timedelta(hours=1)  # the clock was set back
    save(store, mine[0], mine[1], ended("eve"), mine[2])
    assert [run.id for run in store.owned("ada")] == [each.id for each in reversed(mine)]
    assert store.owned("nobody") == []


def test_a_name_is_cleaned_and_stays(store: RunStore) -> None:
    done = ended()
    save(store, done)
    assert store.rename(done.id, "ada", "  My\x00 first\n\ud800 try – \t✓ " + "x" * 100)
    name = store.find(done.id).name
    assert name.startswith("My first try – ✓ xxx")
    assert len(name) == limits.MAX_RUN_NAME_LENGTH
    save(store, done)
    assert store.find(done.id).name == name
    assert store.rename(done.id, "ada", "")
    assert store.find(done.id).name == ""


def test_only_the_owner_renames_and_deletes(store: RunStore, url: str) -> None:
    done = ended()
    save(store, done)
    assert not store.rename(done.id, "eve", "mine")
    assert not store.delete(done.id, "eve")
    assert not store.rename(new_id(), "ada", "no such run")
    assert store.find(done.id).name == ""
    assert store.delete(done.id, "ada")
    assert store.find(done.id) is None
    assert not store.delete(done.id, "ada")
    for table in ("models", "predictions", "replays"):
        assert sql(url, f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 21,
        "a" * 23,
        "a" * 21 + "é",
        "a" * 21 + "\n",
        "a" * 22 + "\n",
        "' OR 1=1 --",
        None,
        5,
    ],
)
def test_what_can_be_no_id_is_not_asked_for(text: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = RunStore("sqlite:///never.sqlite")
    monkeypatch.setattr(store, "_queries", pytest.fail)
    assert store.find(text) is None
    assert store.network(text) is None
    assert store.checkpoint(text) is None
    assert not store.rename(text, "ada", "name")
    assert not store.delete(text, "ada")


def test_a_silent_run_counts_as_interrupted_until_it_gives_a_sign(
    store: RunStore, url: str
) -> None:
    running, done = job(), ended()
    save(store, running, done)
    long_ago = datetime.now(UTC) - timedelta(seconds=limits.LOST_AFTER_SECONDS + 1)
    sql(url, "UPDATE runs SET changed = :t", t=long_ago.isoformat(timespec="microseconds"))
    assert store.find(running.id).state is JobState.RUNNING  # the wall clock was set
    sql(url, "UPDATE runs SET beat = beat - :t", t=limits.LOST_AFTER_SECONDS + 1)
    kept = store.find(running.id)
    assert (kept.state, kept.reason.code) == (JobState.INTERRUPTED, ReasonCode.SERVER_STOPPED)
    store.touch([running.id, done.id, "nonsense"])
    assert store.find(running.id).state is JobState.RUNNING
    assert datetime.now(UTC) - store.find(running.id).changed < timedelta(
        seconds=limits.LOST_AFTER_SECONDS / 2
    )
    assert datetime.now(UTC) - store.find(done.id).changed > timedelta(
        seconds=limits.LOST_AFTER_SECONDS / 2
    )


def test_an_owners_oldest_run_goes(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 3)
    active, *mine = job(), *(ended() for _ in range(5))
    other = ended("eve")
    save(store, active, other, *mine)
    assert {run.id for run in store.owned("ada")} == {active.id, mine[3].id, mine[4].id}
    assert store.find(other.id) is not None
    save(store, mine[4])  # again: it takes no second place
    assert len(store.owned("ada")) == 3


def test_the_longest_unused_go_when_the_store_is_full_and_its_file_stays_small(
    store: RunStore, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STORE_MEGABYTES", 8)
    active = job("first", start=Checkpoint((), model_file(400_000), 0.0))
    save(store, active)
    for number in range(60):
        last = ended(f"owner {number}", result=network(size=400_000))
        save(store, last)
    assert store.checkpoint(active.id) is not None
    assert store.network(last.id) is not None
    kept = [number for number in range(60) if store.owned(f"owner {number}")]
    assert kept == list(range(kept[0], 60))
    assert len(kept) == 9  # of 0.8 MB, beside the active one's 0.4
    [(held, counted)] = sql(
        url,
        "SELECT (SELECT sum(length(file)) FROM models)"
        " + (SELECT sum(length(file)) FROM predictions)"
        " + (SELECT sum(length(file)) FROM replays), (SELECT sum(size) FROM runs)",
    )
    assert held <= counted <= 8_000_000
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        assert file.stat().st_size < 9_500_000
        assert file.with_name("runs.sqlite-wal").stat().st_size < 20_000_000
        store.close()
        assert sum(each.stat().st_size for each in file.parent.iterdir()) < 9_500_000


def test_what_is_damaged_is_left_out_and_the_rest_stays(store: RunStore, url: str) -> None:
    jobs = [ended() for _ in range(6)]
    save(store, *jobs)
    no_model, bad_model, bad_answers, no_answers, no_replay, bad_replay = (each.id for each in jobs)
    sql(url, "DELETE FROM models WHERE run_id = :id", id=no_model)
    sql(url, "DELETE FROM replays WHERE run_id = :id", id=no_replay)
    for table, run_id in (
        ("models", bad_model),
        ("predictions", bad_answers),
        ("replays", bad_replay),
    ):
        [(file,)] = sql(url, f"SELECT file FROM {table} WHERE run_id = :id", id=run_id)
        worse = bytes(file[:700]) + bytes([file[700] ^ 1]) + bytes(file[701:])
        sql(url, f"UPDATE {table} SET file = :file WHERE run_id = :id", file=worse, id=run_id)
    sql(url, "DELETE FROM predictions WHERE run_id = :id", id=no_answers)
    for each in (no_model, bad_model):
        assert store.network(each).model == b""
        assert store.network(each).test_accuracy == 0.9123
        assert store.checkpoint(each) is None
    assert not store.find(no_model).has_model
    for each in (bad_answers, no_answers):
        assert store.network(each) is None
        assert store.checkpoint(each) is not None
    assert not store.find(no_answers).has_predictions
    for kept in jobs[-2:]:
        assert kept.result is not None
        assert_same_network(store.network(kept.id), replace(kept.result, replay=()))
        assert store.checkpoint(kept.id).replay == ()
    assert len(store.owned("ada")) == 6


def arrays_file(save: Callable[..., Any], **arrays: Any) -> bytes:
    file = io.BytesIO()
    save(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"PK\x03\x04 no zip",
        arrays_file(np.save, arr=np.zeros(3, np.float32)),
        arrays_file(np.savez, x=np.zeros(3, np.float32)),
        arrays_file(np.savez, **{"0_1": np.zeros(3, np.float32)}),
        arrays_file(np.savez, **{"0_0": np.zeros(3)}),
    ],
)
def test_a_file_that_is_no_replay_is_damage(file: bytes) -> None:
    with pytest.raises(rows.DAMAGE):
        rows.from_replay_row({"file": file, "digest": hashlib.sha256(file).digest()})


def test_the_replay_counts_in_the_size_of_a_run(store: RunStore, url: str) -> None:
    small, large = ended(result=network(replay=())), ended()
    assert large.result is not None
    large.result = replace(
        large.result, replay=(EpochWeights(0, (np.zeros((500, 500), np.float32),)),)
    )
    save(store, small, large)
    [(less,), (more,)] = sql(url, "SELECT size FROM runs ORDER BY size")
    assert 1_000_000 < more - less < 1_001_000
    assert 1_000_000 <= Snapshot.of(large).size - Snapshot.of(small).size < 1_001_000
