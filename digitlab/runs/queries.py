"""What the store asks its database, each within one transaction."""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from digitlab import limits
from digitlab.runs import errors, rows
from digitlab.runs.errors import StoreError
from digitlab.runs.record import Run, alive_since
from digitlab.runs.schema import models, predictions, replays, runs
from digitlab.training.jobs import JobState
from digitlab.training.records import Checkpoint, EpochWeights, TrainedNetwork

_ACTIVE = [state.value for state in JobState if state.active]

logger = logging.getLogger(__name__)


class Queries:
    """All reads and writes of runs, over one connection.

    Raises:
        StoreError: from each method, if a row is damaged.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, run_id: str) -> Run | None:
        """One run, as it is now."""
        row = self._connection.execute(_with_arrays().where(runs.c.id == run_id)).one_or_none()
        return None if row is None else _run(row._asdict())

    def owned(self, owner: str) -> list[Run]:
        """An owner's runs, the newest first; a damaged one is left out."""
        query = _with_arrays().where(runs.c.owner == owner)
        found = []
        for row in self._connection.execute(query.order_by(runs.c.created.desc(), runs.c.id)):
            try:
                found.append(_run(row._asdict()))
            except StoreError:
                continue
        return found

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """Where a run can go on; None if that is gone or damaged."""
        row = self._connection.execute(select(models).where(models.c.run_id == run_id)).first()
        if row is None:
            return None
        try:
            checkpoint = rows.from_model_row(row._asdict())
        except rows.DAMAGE as error:
            logger.error("The model of run %s is damaged: %r", run_id, error)
            return None
        return replace(checkpoint, replay=self._replay(run_id))

    def network(self, run_id: str) -> TrainedNetwork | None:
        """What a run left; None without scores or answers to the test images."""
        run, probabilities = self.find(run_id), self.predictions(run_id)
        if run is None or probabilities is None:
            return None
        if run.test_accuracy is None or run.test_loss is None or run.test_metric is None:
            return None
        checkpoint = self.checkpoint(run_id)
        return TrainedNetwork(
            spec=run.spec,
            history=run.history,
            model=checkpoint.model if checkpoint else b"",
            probabilities=probabilities,
            test_accuracy=run.test_accuracy,
            test_loss=run.test_loss,
            test_metric=run.test_metric,
            seconds=run.seconds,
            interruption=run.interruption,
            diverged=run.state is JobState.DIVERGED,
            versions=run.versions,
            replay=checkpoint.replay if checkpoint else (),
        )

    def keep(
        self, run: Run, checkpoint: Checkpoint | None, probabilities: NDArray[np.float32] | None
    ) -> None:
        """Insert or update a run; see `RunStore.keep`."""
        row = rows.to_row(run)
        stored = self._connection.execute(
            select(runs.c.state, runs.c.changed).where(runs.c.id == run.id).with_for_update()
        ).one_or_none()
        if stored is not None:
            if stored.state not in _ACTIVE and row["changed"] < stored.changed:
                return
            row["changed"] = max(row["changed"], stored.changed)  # signs of life came in between
        arrays: dict[Any, dict[str, Any]] = {}
        if checkpoint is not None and checkpoint.model:
            arrays[models] = rows.to_model_row(run.id, checkpoint)
            arrays[replays] = rows.to_replay_row(run.id, checkpoint.replay)
        if probabilities is not None:
            arrays[predictions] = rows.to_prediction_row(run.id, probabilities)
        row["size"] = sum(len(value) for value in row.values() if isinstance(value, str))
        for table in (models, predictions, replays):
            row["size"] += self._size(run.id, table, arrays.get(table))
        self._make_room(run, row["size"])  # first: SQLite then writes over the pages that got free
        if stored is None:
            self._connection.execute(runs.insert().values(row))
        else:
            del row["name"]  # the learner's, given since
            self._connection.execute(runs.update().where(runs.c.id == run.id).values(row))
        for table, values in arrays.items():
            self._connection.execute(table.delete().where(table.c.run_id == run.id))
            self._connection.execute(table.insert().values(values))

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """Give a run a name; False if the owner has no such run."""
        mine = (runs.c.id == run_id) & (runs.c.owner == owner)
        return self._connection.execute(runs.update().where(mine).values(name=name)).rowcount == 1

    def delete(self, run_id: str, owner: str) -> bool:
        """Delete a run and its arrays; False if the owner has no such run."""
        mine = (runs.c.id == run_id) & (runs.c.owner == owner)
        return self._connection.execute(runs.delete().where(mine)).rowcount == 1

    def touch(self, run_ids: Collection[str]) -> None:
        """Note a sign of life of those that are under way."""
        active = runs.c.id.in_(run_ids) & runs.c.state.in_(_ACTIVE)
        now = rows.time_text(datetime.now(UTC))
        self._connection.execute(runs.update().where(active).values(changed=now))

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """A run's answers to the test images; None if they are gone or damaged."""
        query = select(predictions).where(predictions.c.run_id == run_id)
        row = self._connection.execute(query).first()
        try:
            return None if row is None else rows.from_prediction_row(row._asdict())
        except rows.DAMAGE as error:
            logger.error("The predictions of run %s are damaged: %r", run_id, error)
            return None

    def _replay(self, run_id: str) -> tuple[EpochWeights, ...]:
        row = self._connection.execute(select(replays).where(replays.c.run_id == run_id)).first()
        try:
            return () if row is None else rows.from_replay_row(row._asdict())
        except rows.DAMAGE as error:
            logger.error("The replay of run %s is damaged: %r", run_id, error)
            return ()

    def _size(self, run_id: str, table: Any, values: dict[str, Any] | None) -> int:
        """Bytes of a run's array: the one about to be written, or the one that stays."""
        if values is not None:
            return len(values["file"])
        query = select(func.length(table.c.file)).where(table.c.run_id == run_id)
        return self._connection.execute(query).scalar() or 0

    def _make_room(self, run: Run, size: int) -> None:
        """Delete runs that ended, the longest unused first, until this one fits."""
        others = runs.c.id != run.id
        ended = others & _ended()
        mine = runs.c.owner == run.owner
        count = self._connection.execute(select(func.count()).where(others & mine)).scalar_one()
        excess = count + 1 - limits.MAX_RUNS_PER_OWNER
        if excess > 0:
            oldest = select(runs.c.id).where(ended & mine).order_by(runs.c.changed).limit(excess)
            self._remove(self._connection.execute(oldest).scalars().all())
        held = self._connection.execute(select(func.sum(runs.c.size)).where(others)).scalar()
        too_much = int(held or 0) + size - limits.MAX_STORE_MEGABYTES * 10**6
        if too_much > 0:
            going = []
            oldest_first = select(runs.c.id, runs.c.size).where(ended).order_by(runs.c.changed)
            for other in self._connection.execute(oldest_first):
                if too_much <= 0:
                    break
                going.append(other.id)
                too_much -= other.size
            self._remove(going)

    def _remove(self, run_ids: Collection[str]) -> None:
        if run_ids:
            logger.info("Making room: %d runs go.", len(run_ids))
            self._connection.execute(runs.delete().where(runs.c.id.in_(run_ids)))


def _with_arrays() -> Select[Any]:
    """Runs, and whether their arrays are there."""
    joined = runs.outerjoin(models, models.c.run_id == runs.c.id).outerjoin(
        predictions, predictions.c.run_id == runs.c.id
    )
    return select(
        runs,
        models.c.run_id.is_not(None).label("has_model"),
        predictions.c.run_id.is_not(None).label("has_predictions"),
    ).select_from(joined)


def _ended() -> ColumnElement[bool]:
    """Not under way; a run without a sign of life has lost its server."""
    silent = runs.c.changed < rows.time_text(alive_since(datetime.now(UTC)))
    return or_(runs.c.state.not_in(_ACTIVE), silent)


def _run(row: Any) -> Run:
    try:
        return rows.from_row(row).as_seen(datetime.now(UTC))
    except rows.DAMAGE as error:
        logger.error("The row of run %.30r is damaged: %r", row["id"], error)
        raise StoreError(errors.DAMAGED_RUN, passing=False) from error
