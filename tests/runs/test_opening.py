"""A database is made, migrated and shared, and pages load without waiting for it."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import digitlab.runs.sql.migrations
from digitlab.runs.record import Snapshot
from digitlab.runs.sql import engines, rows, schema
from digitlab.runs.store import RunStore, default_url
from tests.runs.making import assert_same_network, ended, network, save, sql


def migrations() -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(digitlab.runs.sql.migrations.__file__).parent)
    )
    return config


ALL_SEE_A_NEW_DATABASE = """
import sys, time
import alembic.command
from digitlab.runs.sql import database
from digitlab.runs.store import RunStore

migrate, upgrade = database.Database._migrate, alembic.command.upgrade

def migrate_with_the_others(self, version):
    print("new:", version, flush=True)
    input()
    migrate(self, version)

def slowly(*arguments):
    time.sleep(0.3)
    upgrade(*arguments)

database.Database._migrate, alembic.command.upgrade = migrate_with_the_others, slowly
RunStore(sys.argv[1]).open()
print("opened")
"""


def test_several_processes_open_a_new_database_at_once(url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ALL_SEE_A_NEW_DATABASE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout.readline() == "new: None\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert outputs == ["opened\n"] * 3
    assert sql(url, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


def test_several_threads_open_and_write_at_once(url: str) -> None:
    stores = [RunStore(url) for _ in range(4)]
    jobs = [ended(f"owner {number}") for number in range(4)]
    failures = []

    def work(store: RunStore, done: Any) -> None:
        try:
            save(store, done, done)
            assert store.network(done.id) is not None
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(stores, jobs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    for store in stores:
        assert all(store.find(done.id) for done in jobs)
        store.close()


def test_migrations_lead_to_the_tables_that_the_code_uses(store: RunStore, url: str) -> None:
    assert ScriptDirectory.from_config(migrations()).get_current_head() == schema.HEAD
    store.open()
    inspector = sa.inspect(sa.create_engine(url, poolclass=sa.NullPool))
    for table in schema.metadata.sorted_tables:
        assert {(each["name"], each["nullable"]) for each in inspector.get_columns(table.name)} == {
            (column.name, bool(column.nullable)) for column in table.columns
        }
        assert {each["name"] for each in inspector.get_indexes(table.name)} == {
            index.name for index in table.indexes
        }


def test_a_database_of_the_first_version_is_migrated_with_its_runs(url: str) -> None:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
    first = sa.create_engine(url, poolclass=sa.NullPool)
    with first.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    done = ended(result=network(replay=()))
    order = [ended() for _ in range(3)]
    with first.begin() as connection:
        for minutes, each in enumerate(reversed(order)):  # which is not that of their times
            row = rows.to_row(Snapshot.of(each).run)
            row["created"] = rows.time_text(each.created - timedelta(minutes=minutes + 1))
            for later in ("parent", "revision", "asked"):
                del row[later]
            connection.execute(schema.runs.insert().values(size=1, **row))
        snapshot = Snapshot.of(done)
        assert snapshot.checkpoint is not None
        assert snapshot.probabilities is not None
        row = rows.to_row(snapshot.run)
        for later in ("parent", "revision", "asked"):
            del row[later]
        connection.execute(schema.runs.insert().values(size=1, **row))
        connection.execute(
            schema.models.insert().values(rows.to_model_row(done.id, snapshot.checkpoint))
        )
        connection.execute(
            schema.predictions.insert().values(
                rows.to_prediction_row(done.id, snapshot.probabilities)
            )
        )
    store = RunStore(url)
    assert store.find(done.id).parent is None
    assert_same_network(store.network(done.id), done.result)
    child = ended(parent=done.id)
    save(store, child)
    assert store.find(child.id).parent == done.id
    times = [order[2], order[1], order[0]]  # the latest first
    assert [run.id for run in store.owned("ada")] == [each.id for each in (child, done, *times)]
    assert [run.number for run in store.owned("ada")] == [5, 4, 3, 2, 1]
    assert_same_network(store.network(child.id), child.result)
    store.close()


def test_lost_connections_are_noticed(servers: Callable[[], str]) -> None:
    store = RunStore(servers())
    done = ended()
    save(store, done)
    sql(
        servers(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND usename = 'lab'",
    )
    assert store.find(done.id) is not None
    save(store, ended())
    store.close()


def test_hosts_other_names_of_postgresql_are_understood(servers: Callable[[], str]) -> None:
    store = RunStore(servers().replace("postgresql+psycopg://", "postgres://"))
    store.open()
    store.close()


def test_the_default_is_a_file_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITLAB_DATABASE_URL", raising=False)
    assert default_url().startswith("sqlite:///")
    assert default_url().endswith("digitlab/runs.sqlite")
    monkeypatch.setenv("DIGITLAB_DATABASE_URL", "postgresql://somewhere/else")
    assert default_url() == "postgresql://somewhere/else"


def test_pages_load_without_the_database_libraries() -> None:
    heavy = {"sqlalchemy", "alembic", "platformdirs", "psycopg", "streamlit", "keras"}
    script = f"import sys, digitlab.runs; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n", done.stderr


def test_waits_are_short() -> None:
    assert engines.WAIT_SECONDS <= 2
