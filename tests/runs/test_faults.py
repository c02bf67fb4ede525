"""Whatever happens to the database: the lab goes on, says so, and finds everything afterwards."""

import contextlib
import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from digitlab.runs import writer
from digitlab.runs.errors import StoreError, StoreProblem
from digitlab.runs.repository import RunRepository
from digitlab.runs.sql import engines, schema
from digitlab.runs.sql.database import Database
from digitlab.runs.store import RunStore
from tests.conftest import wait_until
from tests.postgres import PASSWORD
from tests.runs.making import assert_same_network, ended, save


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0.15)
    monkeypatch.setattr(writer, "_REST_SECONDS", 0.02)
    monkeypatch.setattr(writer, "_PENDING_WRITES_SECONDS", 0.1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without runs. To make the tables takes a quarter of these tests' time."""
    file = tmp_path_factory.mktemp("empty") / "runs.sqlite"
    store = RunStore(f"sqlite:///{file}")
    store.open()
    store.close()
    return file


@pytest.fixture
def file(empty: Path) -> Iterator[Path]:
    """The database: not below pytest's folder, which only its owner may enter."""
    folder = Path(tempfile.mkdtemp(prefix="digitlab-faults-"))
    folder.chmod(0o755)
    file = folder / "lab" / "runs.sqlite"
    file.parent.mkdir()
    shutil.copy(empty, file)
    yield file
    shutil.rmtree(folder)


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Nobody may write the file and its folder; root becomes somebody for whom that holds."""
    file.chmod(0o444)
    file.parent.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        file.parent.chmod(0o755)
        file.chmod(0o644)


_disk_is_full = threading.Event()


# Once and for all: SQLAlchemy's list may not change while the repository's thread connects.
@sa.event.listens_for(sa.Pool, "connect")
def _limit(connection: Any, _: object) -> None:
    if _disk_is_full.is_set():
        connection.execute("PRAGMA max_page_count = 1")  # raised by SQLite to what is used


@contextmanager
def full(_: Path) -> Iterator[None]:
    """The file can't grow: the same error as on a full disk."""
    _disk_is_full.set()
    try:
        yield
    finally:
        _disk_is_full.clear()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def newer(file: Path) -> Iterator[None]:
    def set_version(version: str) -> None:
        with contextlib.closing(sqlite3.connect(file)) as other, other:
            other.execute("UPDATE alembic_version SET version_num = ?", (version,))

    set_version("9999")
    yield
    set_version(schema.HEAD)


@contextmanager
def no_folder(file: Path) -> Iterator[None]:
    """Something else is where the folder was."""
    elsewhere = file.parent.with_name("elsewhere")
    file.parent.rename(elsewhere)
    file.parent.touch()
    yield
    file.parent.unlink()
    elsewhere.rename(file.parent)


def damaged(change: Callable[[bytes], bytes]) -> Callable[[Path], AbstractContextManager[None]]:
    @contextmanager
    def fault(file: Path) -> Iterator[None]:
        good = file.read_bytes()
        bad = change(good)
        file.write_bytes(bad)
        yield
        assert file.read_bytes() == bad  # neither deleted nor written
        backup = file.with_name("backup")
        backup.write_bytes(good)
        backup.replace(file)  # at once: the repository tries all the time

    return fault


def middle(content: bytes) -> bytes:
    """Garbage in every page but the first two, which hold the list of tables."""
    return content[:8192] + os.urandom(len(content) - 8192)


def inside(content: bytes) -> bytes:
    """Garbage in one page of an array: no other run's business, so writing would succeed."""
    page = len(content) // 4096 // 2 * 4096
    return content[:page] + os.urandom(4096) + content[page + 4096 :]


FAULTS = {
    "read-only": (read_only, StoreProblem.READ_ONLY),
    "full": (full, StoreProblem.FULL),
    "locked": (locked, StoreProblem.BUSY),
    "newer": (newer, StoreProblem.NEWER),
    "no folder": (no_folder, StoreProblem.UNREACHABLE),
    "head": (damaged(lambda content: os.urandom(200) + content[200:]), StoreProblem.DAMAGED),
    "truncated": (damaged(lambda content: content[: len(content) // 2]), StoreProblem.DAMAGED),
    "cut short": (damaged(lambda content: content[:700]), StoreProblem.DAMAGED),
    "middle": (damaged(middle), StoreProblem.DAMAGED),
    "inside": (damaged(inside), StoreProblem.DAMAGED),
}


@pytest.mark.parametrize(("fault", "problem"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("during", [False, True], ids=["from the start", "while it runs"])
def test_the_lab_goes_on_and_finds_everything_afterwards(
    file: Path,
    fault: Callable[..., Any],
    problem: StoreProblem,
    during: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = RunStore(f"sqlite:///{file}")
    before, later = ended(), ended()
    save(store, before)
    store.close()
    if during:
        kept = RunRepository(store)
        kept.save(before)
        assert kept.flush(10)  # so the repository's thread has opened it
        assert kept.find(before.id) is not None
        store.close()  # an opened file hides some faults
    with fault(file):
        if not during:
            kept = RunRepository(store)
        kept.save(later)
        wait_until(lambda: kept.problem, "the fault to be noticed")
        assert not kept.flush(0.05)  # two tries
        assert kept.problem is problem
        began = time.monotonic()
        kept.find(before.id), kept.owned("ada"), kept.network(before.id)
        assert time.monotonic() - began < 6
        assert kept.problem is problem
        store.close()
    assert kept.flush(10)
    assert kept.problem is None
    assert_same_network(kept.network(before.id), before.result)
    assert_same_network(kept.network(later.id), later.result)
    kept.close()
    assert str(file) in caplog.text  # whoever runs the lab learns which file it is
    if problem is StoreProblem.DAMAGED:
        assert ".recover" in caplog.text


def test_what_is_in_use_when_the_store_is_closed_is_closed_afterwards(file: Path) -> None:
    """A connection that found the file read-only would make all later ones read-only."""
    database = Database(f"sqlite:///{file}")
    other_process = [sys.executable, "-c", _READER, str(file)]
    with subprocess.Popen(other_process, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline()  # it keeps the log, which can so be read and not written
        with read_only(file):
            with database.transaction() as used, database.transaction() as left:
                database.close()
                with database.transaction() as new:
                    for connection in (used, left, new):
                        connection.exec_driver_sql("SELECT * FROM runs")
                    database.close()
            with pytest.raises(StoreError), database.transaction(write=True) as connection:
                connection.exec_driver_sql("DELETE FROM runs")
        with database.transaction(write=True) as connection:
            connection.exec_driver_sql("DELETE FROM runs")
        other.communicate(b"\n")


_READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT count(*) FROM runs").fetchall(), flush=True)
sys.stdin.readline()
"""


def test_reads_go_on_while_another_process_writes_or_the_disk_is_full(file: Path) -> None:
    store = RunStore(f"sqlite:///{file}")
    before = ended()
    save(store, before)
    kept = RunRepository(store)
    for fault in (locked, full):
        store.close()
        with fault(file):
            kept.save(ended())
            wait_until(lambda: kept.problem, "the fault to be noticed")
            assert_same_network(kept.network(before.id), before.result)
    kept.close()


def test_a_disk_that_is_really_full(file: Path) -> None:
    file.unlink()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(file.parent)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("A small disk can't be mounted here.")
    kept = RunRepository(f"sqlite:///{file}")
    before, later = ended(), ended()
    try:
        kept.save(before)
        assert kept.flush(10)
        filler = file.with_name("filler")
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as other:
            while other.write(bytes(4096)):
                pass
        kept.save(later)
        wait_until(lambda: kept.problem, "the fault to be noticed")
        assert kept.problem == StoreProblem.FULL
        filler.unlink()
        assert kept.flush(10)
        for done in (before, later):
            assert_same_network(kept.network(done.id), done.result)
    finally:
        kept.close()
        subprocess.run(["umount", str(file.parent)], check=True)


NONSENSE = [
    ("spec", "no JSON"),
    ("spec", '{"version": 1, "network": {"hidden": [{"units": "12"}]}}'),
    ("spec", '{"version": 2}'),
    ("state", "asleep"),
    ("history", "[" * 5000),
    ("history", "{}"),
    ("history", "[1]"),
    ("history", '[{"epoch": true, "batches": 1, "seconds": 1, "logs": {}}]'),
    ("history", '[{"epoch": 0, "batches": 1, "seconds": 1, "logs": {"loss": "1"}}]'),
    ("history", '[{"epoch": 0, "batches": 1, "seconds": 1, "logs": []}]'),
    ("history", '[{"epoch": 0}]'),
    ("result", "null"),
    ("result", "{}"),
    ("result", '{"seconds": "long"}'),
    ("created", "yesterday"),
    ("changed", "2026-01-01T00:00:00"),
    ("parent", "<script>"),
    ("owner", b"\xff\xfe"),
    ("name", b"\x00\xff"),
]


@pytest.mark.parametrize(("column", "value"), NONSENSE)
def test_a_row_of_nonsense_is_no_traceback(
    file: Path, column: str, value: bytes | str, caplog: pytest.LogCaptureFixture
) -> None:
    store = RunStore(f"sqlite:///{file}")
    bad, good = ended(), ended()
    save(store, bad, good)
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute(f"UPDATE runs SET {column} = ? WHERE id = ?", (value, bad.id))
    with pytest.raises(StoreError, match="damaged"):
        store.find(bad.id)
    with pytest.raises(StoreError, match="damaged"):
        store.network(bad.id)
    assert [run.id for run in store.owned("ada")] == [good.id]
    kept = RunRepository(store)
    assert kept.find(bad.id) is None
    assert kept.problem == StoreProblem.DAMAGED_RUN
    assert kept.find(good.id) is not None
    assert kept.problem is None
    kept.close()
    assert bad.id in caplog.text


@pytest.mark.parametrize("column", ["spec", "history", "result", "state"])
def test_text_that_is_none_spoils_no_list(file: Path, column: str) -> None:
    store = RunStore(f"sqlite:///{file}")
    bad, good = ended(), ended()
    save(store, bad, good)
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute(
            f"UPDATE runs SET {column} = CAST(? AS TEXT) WHERE id = ?", (b"\xff\xfe[", bad.id)
        )
    assert [run.id for run in store.owned("ada")] == [good.id]
    with pytest.raises(StoreError, match="damaged"):
        store.find(bad.id)


def test_postgresql_that_does_not_answer(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        kept = RunRepository(f"postgresql://lab:{PASSWORD}@127.0.0.1:{port}/lab")
        kept.save(ended())
        began = time.monotonic()
        for _ in range(20):
            assert kept.owned("ada") == []
        assert time.monotonic() - began < 10
        assert not kept.flush(0.5)
        assert kept.problem == StoreProblem.UNREACHABLE
        kept.close()
    assert "127.0.0.1" in caplog.text
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", f"mysql://lab:{PASSWORD}@host/lab", f"postgres://lab:{PASSWORD}@host:port/x"],
)
def test_an_address_that_is_none(
    url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITLAB_DATABASE_URL", url or "sqlite://")
    kept = RunRepository()
    assert kept.owned("ada") == []
    assert kept.problem == StoreProblem.UNREACHABLE
    kept.close()
    assert PASSWORD not in caplog.text


def test_the_same_failure_is_logged_once(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = RunStore(f"sqlite:///{file}")
    store.open()
    store.close()
    file.write_bytes(os.urandom(8192))
    caplog.set_level(logging.INFO, "digitlab")
    for _ in range(5):
        with pytest.raises(StoreError, match="damaged"):
            store.find("a" * 22)
    assert len(caplog.records) == 1
