"""Databases for the tests of kept runs: SQLite files, and a real PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from digitlab.records.job import new_id
from digitlab.runs.store import RunStore
from tests.postgres import postgres


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[], str]]:
    """The PostgreSQL server, started when the first test wants it."""
    with ExitStack() as stack:
        started: list[Any] = []

        def server() -> str:
            if not started:
                started.append(stack.enter_context(postgres()))
            return started[0]

        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(
    request: pytest.FixtureRequest, servers: Callable[[], str], tmp_path: Path
) -> Iterator[str]:
    """A database that does not exist or is empty yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'runs.sqlite'}"
        return
    name = f"test_{new_id()}"
    engine = sa.create_engine(servers(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield servers().replace("/postgres", f"/{name}")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def store(url: str) -> Iterator[RunStore]:
    store = RunStore(url)
    yield store
    store.close()
