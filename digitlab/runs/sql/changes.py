"""What the store changes in its database, each within one transaction."""

import logging
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import Enum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Table, func, select

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.remote_request import RemoteRequest
from digitlab.records.training import Interruption
from digitlab.runs import eviction, life
from digitlab.runs.eviction import Held
from digitlab.runs.record import Run, SaveResult
from digitlab.runs.short_link import ShortLink
from digitlab.runs.sql import clock, rows, short_links
from digitlab.runs.sql.queries import ACTIVE, is_under_way
from digitlab.runs.sql.schema import exams, models, predictions, removals, replays, runs

logger = logging.getLogger(__name__)


class _Refusal(Enum):
    """Whose limit it is that a run does not fit in."""

    OWNER = auto()
    STORE = auto()


class Changes:
    """All writes of runs, over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(
        self, run: Run, checkpoint: Checkpoint | None, probabilities: NDArray[np.float32] | None
    ) -> SaveResult:
        """Insert or update a run; see `RunStore.save`."""
        ended = {"changed": rows.time_text(run.changed), "process": None, "beat": None}
        row = rows.to_row(run) | (self._sign() if run.state.active else ended)
        stored = self._connection.execute(
            select(runs.c.state, runs.c.revision, runs.c.size)
            .where(runs.c.id == run.id)
            .with_for_update()
        ).one_or_none()
        if stored is not None and stored.state not in ACTIVE and run.revision < stored.revision:
            return SaveResult(new=False, complete=True)
        arrays = _arrays(run.id, checkpoint, probabilities)
        row["size"] = self._size(row, arrays)
        # First: SQLite then writes over the pages that got free.
        grows = stored is None or row["size"] > stored.size
        refusal = self._evict(run, row["size"]) if grows else None
        if refusal is not None:
            arrays = {}
            row["size"] = self._size(row, arrays)
            if stored is None and self._evict(run, 0) is not None:
                return SaveResult(False, False, refusal is _Refusal.STORE)
        if stored is None or (stored.state not in ACTIVE and run.state.active):
            row["used"] = 1 + (self._connection.scalar(select(func.max(runs.c.used))) or 0)
            row["request"] = None  # one of earlier is no longer meant
        if stored is None:
            values = {"number": row["used"], "watched": 0} | row
            self._connection.execute(runs.insert().values(values))
        else:
            del row["name"]  # the learner's, given since
            row["revision"] = max(run.revision, stored.revision)
            self._connection.execute(runs.update().where(runs.c.id == run.id).values(row))
        for table, values in arrays.items():
            self._connection.execute(table.delete().where(table.c.run_id == run.id))
            self._connection.execute(table.insert().values(values))
        return SaveResult(stored is None, refusal is None, refusal is _Refusal.STORE)

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """Give a run a name; False if the owner has no such run."""
        mine = (runs.c.id == run_id) & (runs.c.owner == owner)
        return self._connection.execute(runs.update().where(mine).values(name=name)).rowcount == 1

    def delete(self, run_id: str, owner: str) -> bool:
        """Delete a run and its arrays; False if the owner has no such run."""
        mine = (runs.c.id == run_id) & (runs.c.owner == owner)
        return self._connection.execute(runs.delete().where(mine)).rowcount == 1

    def touch(self, run_ids: Collection[str]) -> dict[str, RemoteRequest]:
        """Note a heartbeat of those that are under way; see `RunStore.touch`."""
        active = runs.c.id.in_(run_ids) & runs.c.state.in_(ACTIVE)
        sign = self._sign()
        self._connection.execute(runs.update().where(active).values(sign))
        waiting = self._connection.execute(
            select(runs.c.id, runs.c.request, runs.c.watched).where(active)
        )
        remote_requests = {
            row.id: RemoteRequest(rows.interruption_of(row.request), row.watched) for row in waiting
        }
        if any(request.interruption for request in remote_requests.values()):  # each is heard once
            self._connection.execute(runs.update().where(active).values(request=None))
        return remote_requests

    def ask(self, run_id: str, interruption: Interruption) -> None:
        """Leave a request for the process that trains a run."""
        active = (runs.c.id == run_id) & runs.c.state.in_(ACTIVE)
        self._connection.execute(runs.update().where(active).values(request=interruption))

    def watch(self, run_id: str) -> None:
        """Tell the process that trains a run that somebody watches."""
        active = (runs.c.id == run_id) & runs.c.state.in_(ACTIVE)
        self._connection.execute(runs.update().where(active).values(watched=runs.c.watched + 1))

    def opened(self, run_id: str, by: str) -> None:
        """Note that somebody has opened a run, if it is not their own."""
        now = clock.now(self._connection)
        theirs = (runs.c.id == run_id) & (runs.c.owner != by)
        self._connection.execute(runs.update().where(theirs).values(opened=rows.time_text(now)))

    def take_exam(self, owner: str, network: str) -> None:
        """Note that a visitor has opened the test set for a network, once."""
        mine = exams.c.owner == owner
        if self._connection.execute(select(exams).where(mine, exams.c.network == network)).first():
            return
        now = clock.now(self._connection)
        cutoff = rows.time_text(now - timedelta(days=limits.EXAMS_KEPT_DAYS))
        self._connection.execute(exams.delete().where(exams.c.taken < cutoff))
        newest = (
            select(exams.c.network)
            .where(mine)
            .order_by(exams.c.taken.desc())
            .limit(limits.MAX_EXAMS_PER_OWNER - 1)
        )
        self._connection.execute(exams.delete().where(mine, exams.c.network.not_in(newest)))
        self._connection.execute(
            exams.insert().values(owner=owner, network=network, taken=rows.time_text(now))
        )

    def keep_short_link(self, owner: str, link: ShortLink) -> str:
        """The code of a link; see `short_links.keep`."""
        return short_links.keep(self._connection, owner, link)

    def _sign(self) -> dict[str, Any]:
        """The columns that say who trains a run, and when there was something of it last."""
        return {"changed": rows.time_text(clock.now(self._connection)), **life.sign()}

    def _size(self, row: dict[str, Any], arrays: dict[Table, dict[str, Any]]) -> int:
        """Bytes that a run takes with the arrays that come, and those that stay."""
        size = sum(len(value) for value in row.values() if isinstance(value, str))
        for table in (models, predictions, replays):
            if table in arrays:
                size += len(arrays[table]["file"])
            else:
                held = select(func.length(table.c.file)).where(table.c.run_id == row["id"])
                size += self._connection.scalar(held) or 0
        return size

    def _evict(self, run: Run, size: int) -> "_Refusal | None":
        """Delete runs, as `eviction` says, until this one fits; why not, if none can go for it."""
        others = runs.c.id != run.id
        going = eviction.in_budget(self._held(others & (runs.c.owner == run.owner)), size)
        if going is None:
            return _Refusal.OWNER
        gone = {other.id for other in going}
        total = int(self._connection.scalar(select(func.sum(runs.c.size)).where(others)) or 0)
        if total - sum(other.size for other in going) + size > limits.MAX_STORE_MEGABYTES * 10**6:
            left = [other for other in self._held(others) if other.id not in gone]
            more = eviction.in_store(left, run.owner, size)
            if more is None:
                return _Refusal.STORE
            going += more
        self._remove(going)
        return None

    def _held(self, which: ColumnElement[bool]) -> list[Held]:
        """Runs without their contents, the longest unused first."""
        now = clock.now(self._connection)
        lately = rows.time_text(now - timedelta(hours=limits.OPENED_HOURS))
        query = select(
            runs.c.id,
            runs.c.owner,
            runs.c.size,
            runs.c.state,
            runs.c.changed,
            runs.c.process,
            runs.c.beat,
            runs.c.opened,
        )
        return [
            Held(
                row.id,
                row.owner,
                row.size,
                ended=not is_under_way(row, now),
                opened=row.opened is not None and row.opened > lately,
            )
            for row in self._connection.execute(query.where(which).order_by(runs.c.used, runs.c.id))
        ]

    def _remove(self, going: Iterable[Held]) -> None:
        owners = Counter(other.owner for other in going)
        if not owners:
            return
        logger.info("Making room: %d runs go.", owners.total())
        self._connection.execute(runs.delete().where(runs.c.id.in_([other.id for other in going])))
        now = clock.now(self._connection)
        cutoff = rows.time_text(now - timedelta(days=limits.TOLD_DAYS))
        self._connection.execute(removals.delete().where(removals.c.latest < cutoff))
        for owner, count in owners.items():
            mine = removals.c.owner == owner
            more = {"removed": removals.c.removed + count, "latest": rows.time_text(now)}
            if self._connection.execute(removals.update().where(mine).values(more)).rowcount == 0:
                self._connection.execute(
                    removals.insert().values(owner=owner, removed=count, latest=more["latest"])
                )


def _arrays(
    run_id: str, checkpoint: Checkpoint | None, probabilities: NDArray[np.float32] | None
) -> dict[Table, dict[str, Any]]:
    arrays = {}
    if checkpoint is not None and checkpoint.model:
        arrays[models] = rows.to_model_row(run_id, checkpoint)
        arrays[replays] = rows.to_replay_row(run_id, checkpoint.replay)
    if probabilities is not None:
        arrays[predictions] = rows.to_prediction_row(run_id, probabilities)
    return arrays
