"""The database behind the store: connections, transactions, migrations, its errors in words."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

import sqlalchemy as sa

from digitlab.runs.errors import REMEDIES, StoreError, StoreProblem
from digitlab.runs.sql import engines
from digitlab.runs.sql.files import Files
from digitlab.runs.sql.schema import HEAD

_MIGRATING = 0x_D161_71AB  # PostgreSQL's advisory lock while tables are made or changed

# Alembic keeps what it works on in its module.
_one_migration = threading.Lock()

logger = logging.getLogger(__name__)


class Database:
    """SQLite or PostgreSQL, opened on first use and again after every failure.

    Opening makes or migrates the tables. What exists is never deleted or made anew, however
    damaged it is. If somebody else deletes it, a new one begins.

    Args:
        url: `sqlite:///…` or `postgresql://…`.

    Attributes:
        losses: how often it was found deleted or replaced, since it was opened first.

    Raises:
        StoreError: if it is neither.
    """

    def __init__(self, url: str) -> None:
        self.losses = 0
        self._opened = False
        self._files: Files | None = None  # those of SQLite that were opened
        self._known = False  # opened before, perhaps closed since
        self._sound = False  # looked through for damage
        self._logged = ""
        self._opening = threading.Lock()
        self._closing = threading.Lock()
        self._left_pools = WeakSet[sa.Pool]()  # a transaction may still use a connection of theirs
        self._engine = engines.engine(url)
        self._url = self._engine.url
        self._path = Path(str(self._url.database)) if self._url.drivername == "sqlite" else None
        self._writing = self._engine.execution_options(immediate=True)

    @contextmanager
    def transaction(self, write: bool = False) -> Iterator[sa.Connection]:
        """A connection for one transaction, which is committed at the end.

        Raises:
            StoreError: if anything about the database fails; nothing is changed then.
        """
        try:
            self._open()
            if write:
                self._look_for_damage()
            with (self._writing if write else self._engine).begin() as connection:
                yield connection
            if write and self._is_gone():  # so what was written is gone too
                self._open()
        except (sa.exc.SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise self._explained(error) from error
        finally:
            self._close_late()
        self._logged = ""

    def close(self) -> None:
        """Give the connections back: those that a transaction uses, at its end."""
        self._opened = self._sound = False
        with self._closing:
            self._left_pools.add(self._engine.pool)
            self._engine.dispose()

    def _close_late(self) -> None:
        """Close what came back to a pool that was left.

        One connection that found a SQLite file read-only makes all that this process opens
        read-only too, as long as it is open: for they share a part of the log.
        """
        if self._left_pools:
            with self._closing:
                for pool in self._left_pools:
                    pool.dispose()

    def _open(self) -> None:
        if self._opened and not self._is_gone():
            return
        if not self._opening.acquire(timeout=engines.WAIT_SECONDS):
            raise StoreError(StoreProblem.UNREACHABLE)
        try:
            if self._opened and self._is_gone():
                self.close()
            if self._opened:
                return
            before = self._files
            if self._path is not None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # for the owner
                if before is not None and before.replaced:
                    before.put_aside()
                self._write_ahead()
            with self._engine.begin() as connection:
                version = _version(connection)
            if version != HEAD:
                self._migrate(version)
            if self._path is not None:
                self._files = Files.at(self._path)
            if self._known and (version is None or (before is not None and before.replaced)):
                self.losses += 1
                self._log(f"The database {self._place} was deleted or replaced.", StoreProblem.LOST)
            self._known = self._opened = True
        finally:
            self._opening.release()

    def _is_gone(self) -> bool:
        """Whether SQLite's file has been deleted or replaced: it would be written on unseen."""
        return self._files is not None and self._files.replaced

    def _write_ahead(self) -> None:
        """Switch SQLite's log on: readers and the writer then don't wait for each other."""
        deadline = time.monotonic() + engines.WAIT_SECONDS
        while True:
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # SQLite does not wait by itself here; another process may be doing the same.
                if not _code(error).startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return
            finally:
                connection.close()

    def _migrate(self, version: str | None) -> None:
        # Here, not above: a database that is up to date, as most are, opens faster without.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        folder = Path(__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        if version is not None:
            scripts = ScriptDirectory.from_config(config).walk_revisions()
            if version not in {script.revision for script in scripts}:
                raise self._refused(
                    f"has version {version}, this code knows {HEAD}", StoreProblem.NEWER
                )
            self._look_for_damage()
        # Another process may open the same database now: one of them makes the tables.
        with _one_migration, self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")  # does nothing if the other one was faster

    def _look_for_damage(self) -> None:
        """Read a SQLite file through before it is written: writing could make damage worse."""
        if self._sound or self._path is None:
            return
        with self._engine.begin() as connection:
            damage = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if damage != "ok":
            raise self._refused(" ".join(str(damage).split()), StoreProblem.DAMAGED)
        self._sound = True

    def _refused(self, what: str, problem: StoreProblem) -> StoreError:
        self.close()  # so that what is put in its place is looked at anew
        self._log(f"The database {self._place} can't be used: {what}.", problem)
        return StoreError(problem)

    def _explained(self, error: Exception) -> StoreError:
        cause = getattr(error, "orig", None) or error
        problem = _problem(cause)
        if problem not in (StoreProblem.BUSY, StoreProblem.FULL):
            self.close()
        self._log(f"The database {self._place} failed: {cause!r}.", problem)
        transient = not isinstance(error, sa.exc.IntegrityError | sa.exc.DataError)
        return StoreError(problem, transient)

    def _log(self, text: str, problem: StoreProblem) -> None:
        """Log a failure, once as long as it stays the same, and what to do about it."""
        if text != self._logged:
            logger.error("%s %s", text, REMEDIES.get(problem, "The lab tries again."))
        self._logged = text

    @property
    def _place(self) -> str:
        return self._url.render_as_string(hide_password=True)


def _version(connection: sa.Connection) -> str | None:
    """The migration that the tables are at, None if there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _code(error: BaseException) -> str:
    """SQLite's name of an error, or PostgreSQL's SQLSTATE."""
    return getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""


def _problem(cause: BaseException) -> StoreProblem:
    """What an error of the database's driver says."""
    problems = {
        StoreProblem.BUSY: ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40"),
        StoreProblem.FULL: ("SQLITE_FULL", "53100"),
        StoreProblem.READ_ONLY: ("SQLITE_READONLY", "25006", "42501"),
        StoreProblem.DAMAGED: ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"),
        StoreProblem.REFUSED: ("SQLITE_CONSTRAINT", "SQLITE_TOOBIG", "22", "23"),
    }
    code = _code(cause)
    return next(
        (problem for problem, codes in problems.items() if code.startswith(codes)),
        StoreProblem.READ_ONLY if isinstance(cause, PermissionError) else StoreProblem.UNREACHABLE,
    )
