"""What the store asks its database; what it changes there is in `changes`."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.runs import life
from digitlab.runs.errors import StoreError, StoreProblem
from digitlab.runs.record import Removals, Run
from digitlab.runs.short_link import ShortLink
from digitlab.runs.sql import clock, rows, short_links
from digitlab.runs.sql.schema import exams, models, predictions, removals, replays, runs

ACTIVE = [state.value for state in JobState if state.active]

logger = logging.getLogger(__name__)


class Queries:
    """All reads of runs, over one connection.

    Raises:
        StoreError: from each method, if a row is damaged.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, run_id: str) -> Run | None:
        """One run, as it is now."""
        row = self._connection.execute(_with_arrays().where(runs.c.id == run_id)).one_or_none()
        return None if row is None else _run(row._asdict(), clock.now(self._connection))

    def owned(self, owner: str) -> list[Run]:
        """An owner's runs, the newest first; a damaged one is left out."""
        query = _with_arrays().where(runs.c.owner == owner)
        owned, now = [], clock.now(self._connection)
        for row in self._connection.execute(query.order_by(runs.c.number.desc(), runs.c.id)):
            try:
                owned.append(_run(row._asdict(), now))
            except StoreError:
                continue
        return owned

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

    def holds(self, run_id: str) -> bool:
        """Whether a run is kept with its answers to the test images."""
        query = select(predictions.c.run_id).where(predictions.c.run_id == run_id)
        return self._connection.execute(query).first() is not None

    def removals(self, owner: str) -> Removals | None:
        """What had to go of an owner's runs lately, if anything."""
        query = select(removals).where(removals.c.owner == owner)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        try:
            removed = Removals(row.removed, rows.time_of(row.latest))
        except rows.DAMAGE as error:
            logger.error("The removals of an owner are damaged: %r", error)
            return None
        cutoff = clock.now(self._connection) - timedelta(days=limits.TOLD_DAYS)
        return removed if removed.latest > cutoff else None

    def exams(self, owner: str) -> frozenset[str]:
        """The networks for which a visitor has opened the test set: `exam_key`s."""
        query = select(exams.c.network).where(exams.c.owner == owner)
        return frozenset(self._connection.scalars(query))

    def short_link(self, code: str) -> ShortLink | None:
        """Where a code leads."""
        return short_links.find(self._connection, code)

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


def is_under_way(row: Any, now: datetime) -> bool:
    """Whether a row's run waits or is trained, and its process lives."""
    if row.state not in ACTIVE:
        return False
    try:
        return not life.is_lost(row.process, row.beat, rows.time_of(row.changed), now)
    except rows.DAMAGE:
        return False


def _run(row: Any, now: datetime) -> Run:
    try:
        run = rows.from_row(row)
    except rows.DAMAGE as error:
        logger.error("The row of run %.30r is damaged: %r", row["id"], error)
        raise StoreError(StoreProblem.DAMAGED_RUN, transient=False) from error
    lost = run.state.active and life.is_lost(run.process, run.heartbeat, run.changed, now)
    return run.interrupted() if lost else run
