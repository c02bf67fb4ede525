"""Runs kept in a database. SQLAlchemy is imported when it is opened, not with this module."""

import os
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork
from digitlab.records.remote_request import RemoteRequest
from digitlab.records.training import Interruption
from digitlab.runs.record import Removals, Run, SaveResult, clean_name, is_id
from digitlab.runs.short_link import ShortLink, clean_code

if TYPE_CHECKING:
    from digitlab.runs.sql.changes import Changes
    from digitlab.runs.sql.database import Database
    from digitlab.runs.sql.queries import Queries


def default_url() -> str:
    """`DIGITLAB_DATABASE_URL`, or a SQLite file in the user's data folder."""
    if url := os.environ.get("DIGITLAB_DATABASE_URL"):
        return url
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('digitlab', appauthor=False) / 'runs.sqlite'}"


class RunStore:
    """All runs of a server, or of several that share one PostgreSQL.

    Args:
        url: `sqlite:///…` or `postgresql://…`; None takes `default_url()`.

    Every method but the constructor and `close` raises `StoreError` if the database can't do it.
    An id that can't be one is answered without asking the database: ids come from strangers.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._database: Database | None = None
        self._making = threading.Lock()

    def open(self) -> None:
        """Import what it takes, and make or migrate the tables; the first use does so too."""
        with self._queries():
            pass

    def close(self) -> None:
        """Give the connections back; the next use opens it again."""
        if self._database is not None:
            self._database.close()

    def save(
        self,
        run: Run,
        checkpoint: Checkpoint | None = None,
        probabilities: NDArray[np.float32] | None = None,
    ) -> SaveResult:
        """Insert a run, or bring it up to date; arrays that are not given stay.

        A name given by `rename` stays too. A snapshot older than what is kept is ignored, unless
        only it knows how the run ended. Others are evicted for it (`eviction`); if
        that is not enough, it is kept without its new arrays, or not at all.
        """
        with self._changes() as changes:
            return changes.save(run, checkpoint, probabilities)

    def touch(self, run_ids: Collection[str]) -> dict[str, RemoteRequest]:
        """A heartbeat of runs that this process has: without one they soon count as interrupted.

        Returns:
            What pages of other processes request of them, by run.
        """
        with self._changes() as changes:
            return changes.touch([run_id for run_id in run_ids if is_id(run_id)])

    def ask(self, run_id: str, interruption: Interruption) -> None:
        """Leave a request for the process that trains a run; it gets it with its next `touch`."""
        if is_id(run_id):
            with self._changes() as changes:
                changes.ask(run_id, interruption)

    def watch(self, run_id: str) -> None:
        """Tell the process that trains a run that somebody watches."""
        if is_id(run_id):
            with self._changes() as changes:
                changes.watch(run_id)

    def opened(self, run_id: str, by: str) -> None:
        """Note that somebody has opened a run: others' runs then stay for a while."""
        if is_id(run_id):
            with self._changes() as changes:
                changes.opened(run_id, by)

    @property
    def losses(self) -> int:
        """How often the database was found gone, and begun anew."""
        return self._database.losses if self._database is not None else 0

    def find(self, run_id: str) -> Run | None:
        """The run with this id."""
        if not is_id(run_id):
            return None
        with self._queries() as queries:
            return queries.find(run_id)

    def network(self, run_id: str) -> TrainedNetwork | None:
        """What the training left; without `model` if the file is gone.

        None if there is no such run, it has no result, or its predictions are gone.
        """
        if not is_id(run_id):
            return None
        with self._queries() as queries:
            return queries.network(run_id)

    def holds(self, run_id: str) -> bool:
        """Whether a run is kept with its answers to the test images."""
        if not is_id(run_id):
            return False
        with self._queries() as queries:
            return queries.holds(run_id)

    def removals(self, owner: str) -> Removals | None:
        """What was evicted of an owner's runs lately, if anything."""
        with self._queries() as queries:
            return queries.removals(owner)

    def take_exam(self, owner: str, network: str) -> None:
        """Note that a visitor has opened the test set for a network; `network` is an `exam_key`."""
        with self._changes() as changes:
            changes.take_exam(owner, network)

    def exams(self, owner: str) -> frozenset[str]:
        """The networks for which a visitor has opened the test set."""
        with self._queries() as queries:
            return queries.exams(owner)

    def keep_short_link(self, owner: str, link: ShortLink) -> str:
        """The code that leads to a link: the same one again if this owner has made it before."""
        with self._changes() as changes:
            return changes.keep_short_link(owner, link)

    def short_link(self, code: str) -> ShortLink | None:
        """Where a code leads; None if it is unknown, or can't be one."""
        clean = clean_code(code)
        if clean is None:
            return None
        with self._queries() as queries:
            return queries.short_link(clean)

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """A run's answers to the test images, (10000, 10); None if they are gone or damaged."""
        if not is_id(run_id):
            return None
        with self._queries() as queries:
            return queries.predictions(run_id)

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """Where the training can go on; None if the model's file is gone or damaged."""
        if not is_id(run_id):
            return None
        with self._queries() as queries:
            return queries.checkpoint(run_id)

    def owned(self, owner: str) -> list[Run]:
        """An owner's runs, the newest first; a damaged one is left out."""
        with self._queries() as queries:
            return queries.owned(owner)

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """Give a run a name, shortened if need be; False if the owner has no such run."""
        if not is_id(run_id):
            return False
        with self._changes() as changes:
            return changes.rename(run_id, owner, clean_name(name))

    def delete(self, run_id: str, owner: str) -> bool:
        """Delete a run with its arrays; False if the owner has no such run."""
        if not is_id(run_id):
            return False
        with self._changes() as changes:
            return changes.delete(run_id, owner)

    @contextmanager
    def _queries(self) -> "Iterator[Queries]":
        # Here, not above: these imports take longer than the first page may.
        from digitlab.runs.sql.queries import Queries

        with self._opened().transaction() as connection:
            yield Queries(connection)

    @contextmanager
    def _changes(self) -> "Iterator[Changes]":
        from digitlab.runs.sql.changes import Changes

        with self._opened().transaction(write=True) as connection:
            yield Changes(connection)

    def _opened(self) -> "Database":
        from digitlab.runs.sql.database import Database

        with self._making:
            if self._database is None:
                self._database = Database(self._url or default_url())
            return self._database
