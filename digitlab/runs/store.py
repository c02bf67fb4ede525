"""Runs kept in a database. SQLAlchemy is imported when it is opened, not with this module."""

import os
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digitlab.runs.record import Run, clean_name, is_id
from digitlab.training.records import Checkpoint, TrainedNetwork

if TYPE_CHECKING:
    from digitlab.runs.database import Database
    from digitlab.runs.queries import Queries


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

    def keep(
        self,
        run: Run,
        checkpoint: Checkpoint | None = None,
        probabilities: NDArray[np.float32] | None = None,
    ) -> None:
        """Insert a run, or bring it up to date; arrays that are not given stay.

        A name given by `rename` stays too. A snapshot older than what is kept is ignored, unless
        only it knows how the run ended. Older runs make room for it (`limits`).
        """
        with self._queries(write=True) as queries:
            queries.keep(run, checkpoint, probabilities)

    def touch(self, run_ids: Collection[str]) -> None:
        """A sign of life of runs under way: without one they soon count as interrupted."""
        with self._queries(write=True) as queries:
            queries.touch([run_id for run_id in run_ids if is_id(run_id)])

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
        with self._queries(write=True) as queries:
            return queries.rename(run_id, owner, clean_name(name))

    def delete(self, run_id: str, owner: str) -> bool:
        """Delete a run with its arrays; False if the owner has no such run."""
        if not is_id(run_id):
            return False
        with self._queries(write=True) as queries:
            return queries.delete(run_id, owner)

    @contextmanager
    def _queries(self, write: bool = False) -> "Iterator[Queries]":
        # Here, not above: these imports take longer than the first page may.
        from digitlab.runs.database import Database
        from digitlab.runs.queries import Queries

        with self._making:
            if self._database is None:
                self._database = Database(self._url or default_url())
        with self._database.transaction(write) as connection:
            yield Queries(connection)
