"""Somebody deletes the database while the lab runs: it is noticed, said, and begun anew."""

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job_state import JobState
from digitlab.runs import writer
from digitlab.runs.errors import StoreProblem
from digitlab.runs.record import SaveResult
from digitlab.runs.repository import RunRepository
from digitlab.runs.sql.changes import Changes
from digitlab.runs.store import RunStore
from tests.runs.making import assert_same_network, ended, history, job, model_file, network, save


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_REST_SECONDS", 0.05)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lab" / "runs.sqlite"


@pytest.fixture
def kept(file: Path) -> Iterator[RunRepository]:
    kept = RunRepository(f"sqlite:///{file}")
    yield kept
    kept.close()


def delete_the_file(file: Path) -> None:
    file.unlink()


def delete_all(file: Path) -> None:
    for each in file.parent.iterdir():
        each.unlink()


def delete_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def put_a_backup_in_its_place(file: Path) -> None:
    """Of an empty lab; what is beside the old file stays there."""
    backup = file.with_name("backup")
    store = RunStore(f"sqlite:///{backup}")
    store.open()
    store.close()
    backup.replace(file)


WAYS = [delete_the_file, delete_all, delete_the_folder, put_a_backup_in_its_place]


def in_the_file(file: Path) -> set[str]:
    """Ids of the runs that whoever opens the file by its name finds."""
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {run_id for (run_id,) in other.execute("SELECT id FROM runs")}


@pytest.mark.parametrize("delete", WAYS)
def test_what_is_in_memory_is_written_into_a_new_one(
    kept: RunRepository, file: Path, delete: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    held = ended()
    running = job(start=Checkpoint(history(1), model_file(), 0.5))
    forgotten = ended()
    kept.save(held)
    kept.save(running)
    kept.save(forgotten)
    assert kept.flush(10)
    assert kept.rename(held.id, "ada", "Mine")
    gone = forgotten.id
    del forgotten
    gc.collect()
    delete(file)
    later = ended()
    kept.save(later)
    assert kept.flush(10)
    assert in_the_file(file) == {held.id, running.id, later.id}
    assert kept.find(held.id).name == "Mine"
    assert_same_network(kept.network(held.id), held.result)
    assert_same_network(kept.network(later.id), later.result)
    assert kept.checkpoint(running.id).model == running.start.model
    assert kept.lost
    assert kept.problem is None
    assert kept.unkept(held.id) is None
    assert kept.unkept(gone) == StoreProblem.NOT_KEPT
    told = [record for record in caplog.records if "deleted or replaced" in record.message]
    assert len(told) == 1
    assert str(file) in told[0].message
    assert "backup" in told[0].message


@pytest.mark.parametrize("delete", WAYS)
def test_a_page_that_reads_notices_it_first(
    kept: RunRepository, file: Path, delete: Callable[..., Any]
) -> None:
    held = ended()
    kept.save(held)
    assert kept.flush(10)
    assert not kept.lost
    delete(file)
    assert kept.unkept(held.id) is None  # because it is written again before the answer
    assert held.id in in_the_file(file)
    assert [run.id for run in kept.owned("ada")] == [held.id]


def test_what_was_recalled_from_an_address_is_written_again_too(
    kept: RunRepository, file: Path
) -> None:
    store = RunStore(f"sqlite:///{file}")
    old = ended()
    save(store, old)
    store.close()
    kept.rename(old.id, old.owner, "From last week")
    recalled = kept.training(old.id)
    elsewhere = job()
    save(store, elsewhere)
    there = kept.training(elsewhere.id)  # its own process keeps it
    assert (recalled.active, there.active) == (False, True)
    delete_all(file)
    assert kept.find(old.id).name == "From last week"
    assert_same_network(kept.network(old.id), old.result)
    assert kept.find(elsewhere.id) is None


def test_a_file_deleted_while_it_is_written(
    kept: RunRepository, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the look at the file, before the end of the transaction."""
    first = ended()
    kept.save(first)
    assert kept.flush(10)
    original = Changes.save

    def keep_and_delete(self: Any, *arguments: Any) -> SaveResult:
        monkeypatch.setattr(Changes, "save", original)
        delete_all(file)
        return original(self, *arguments)

    monkeypatch.setattr(Changes, "save", keep_and_delete)
    later = ended()
    kept.save(later)
    assert kept.flush(10)
    assert in_the_file(file) == {first.id, later.id}


def test_of_two_snapshots_of_a_run_the_later_one_is_written_again(
    kept: RunRepository, file: Path
) -> None:
    paused = ended(state=JobState.PAUSED)
    kept.save(paused)
    assert kept.flush(10)
    again = job(id=paused.id, start=paused.result.checkpoint, revision=paused.revision)
    kept.save(again)
    again.result, again.state = network(epochs=5), JobState.FINISHED
    kept.save(again)
    assert kept.flush(10)
    delete_all(file)
    assert kept.find(paused.id).state is JobState.FINISHED
    assert_same_network(kept.network(paused.id), again.result)


def test_two_processes_on_one_file_begin_one_new_one(file: Path) -> None:
    first_repository, second_repository = (RunRepository(f"sqlite:///{file}") for _ in range(2))
    first, second = ended(), ended()
    first_repository.save(first)
    second_repository.save(second)
    assert first_repository.flush(10)
    assert second_repository.flush(10)
    file.unlink()  # its log and index stay, and both have them open
    assert first_repository.find(first.id) is not None
    assert second_repository.find(second.id) is not None
    assert in_the_file(file) == {first.id, second.id}
    first_repository.close()
    second_repository.close()
    assert in_the_file(file) == {first.id, second.id}


def test_a_lab_that_is_closed_and_opened_has_lost_nothing(file: Path) -> None:
    store = RunStore(f"sqlite:///{file}")
    for _ in range(3):
        save(store, ended())
        store.close()
    assert store.losses == 0
    assert len(in_the_file(file)) == 3
