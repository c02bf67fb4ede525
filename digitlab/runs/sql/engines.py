"""How the lab talks to SQLite and to PostgreSQL."""

import functools
import logging
from typing import Any

import sqlalchemy as sa

from digitlab.runs.errors import StoreError, StoreProblem

WAIT_SECONDS = 2
"""For a lock, a connection, the network: a page waits for a read meanwhile."""

_STATEMENT_SECONDS = 10
_LOG_BYTES = 8 * 2**20  # what SQLite's write-ahead log shrinks to when it is empty

logger = logging.getLogger(__name__)


def engine(address: str) -> sa.Engine:
    """The engine for `sqlite:///…` or `postgresql://…`; it has not connected yet.

    A connection with the execution option `immediate` begins its transactions as a writer.

    Raises:
        StoreError: if it is neither.
    """
    try:
        url = sa.make_url(address)
        if url.drivername.startswith("postgres"):  # hosts also say postgres://
            return _postgresql(url.set(drivername="postgresql+psycopg"))
        if url.drivername == "sqlite" and url.database:
            return _sqlite(url)
        raise ValueError(url.drivername)
    except (sa.exc.ArgumentError, ImportError, ValueError) as error:
        _complain(type(error).__name__)  # not its text, which would hold the password
        raise StoreError(StoreProblem.UNREACHABLE) from None


@functools.cache
def _complain(error: str) -> None:
    """Log, once a process, that the setting is wrong."""
    logger.error("DIGITLAB_DATABASE_URL can't be used: %s.", error)


def _sqlite(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        url, connect_args={"timeout": WAIT_SECONDS}, pool_timeout=WAIT_SECONDS
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where `begin` below says
        # Damaged text must not fail a whole list: its row is found wrong afterwards.
        connection.text_factory = lambda text: text.decode(errors="replace")
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")  # with the log: a crash damages nothing
        cursor.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A transaction that reads first and then writes would fail at once, not wait, if
        # another one wrote in between.
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        url,
        # Without prepared statements, which a connection pooler in between would mix up.
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "tcp_user_timeout": _STATEMENT_SECONDS * 1000,
            "prepare_threshold": None,
        },
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,  # the server may have started anew
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s';"
            f"SET LOCAL statement_timeout = '{_STATEMENT_SECONDS}s'"
        )

    return engine
