"""Between the queue's threads, the pages and the store: nothing here blocks long or raises."""

import logging
import time
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job, Wish
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import Interruption
from digitlab.runs import errors
from digitlab.runs.array_cache import KeptCheckpoint, KeptNetwork, Place, Shelf, Whole
from digitlab.runs.calls import Asked, Calls
from digitlab.runs.record import Removals, Run
from digitlab.runs.store import RunStore
from digitlab.runs.writer import Writer

logger = logging.getLogger(__name__)


class RunRepository:
    """Writes snapshots of jobs in a thread of its own, and reads them back.

    What can't be written waits in memory and is tried again, up to a limit. Reads answer with
    nothing if the store fails.

    Args:
        store: where to, or its URL; None takes `store.default_url()`.
    """

    def __init__(self, store: RunStore | str | None = None) -> None:
        self._store = store if isinstance(store, RunStore) else RunStore(store)
        self._calls = Calls(self._store)
        self._shelf = Shelf(self._load)
        self._writer = Writer(self._store, self._put_away)

    @property
    def problem(self) -> str:
        """What failed last, a sentence for the learner; "" once the like succeeded again."""
        return self._writer.write_problem or self._writer.read_problem

    @property
    def trouble(self) -> str:
        """As `problem`, if it concerns everybody: what is wrong with one run does not."""
        return "" if self.problem == errors.DAMAGED_RUN else self.problem

    @property
    def lost(self) -> bool:
        """Whether the store was found deleted lately, and begun anew."""
        return time.monotonic() - self._writer.lost_at < limits.TOLD_DAYS * 86_400

    def unkept(self, run_id: str) -> str:
        """Why what a run left is not kept, a sentence for the learner; "" if it is."""
        if not self.trouble and self._writer.read(lambda: self._store.holds(run_id), False, run_id):
            with self._writer.changed:
                waits = run_id in dict(self._writer.outbox.waiting())
                return errors.NOT_YET if waits else ""
        with self._writer.changed:
            refused = any(known.refused for known in self._writer.outbox.about(run_id))
            return self.trouble or (errors.NO_ROOM if refused else errors.NOT_KEPT)

    def keep(self, job: Job) -> None:
        """Keep the job as it is now; returns at once."""
        with self._writer.changed:
            try:
                self._writer.outbox.add(job)
            except Exception:  # the threads that call this must go on, whatever it is
                logger.exception("No snapshot could be taken of run %s.", job.id)
            self._writer.changed.notify_all()

    def remember(self, job: Job, name: str) -> None:
        """A job made of what is kept: if the store is deleted, it can be kept again."""
        if not job.active:  # else it is another process's
            with self._writer.changed:
                self._writer.outbox.remember(job, name)

    def beat(self, run_ids: Collection[str]) -> None:
        """A sign of life of these jobs; returns at once."""
        with self._writer.changed:
            self._writer.outbox.beats.update(run_ids)
            self._writer.changed.notify_all()

    def wishes(self) -> dict[str, Wish]:
        """What pages of other processes want of the jobs that beat; each is said once."""
        with self._writer.changed:
            wishes, self._writer.wishes = self._writer.wishes, {}
            return wishes

    def ask(self, run_id: str, how: Interruption) -> None:
        """Ask the process that trains a run to stop or pause it; returns at once."""
        self._writer.note(*self._calls.ask(run_id, how))

    def watch(self, run_id: str) -> None:
        """Tell the process that trains a run that somebody watches; returns at once."""
        if note := self._calls.watch(run_id):
            self._writer.note(*note)

    def opened(self, run_id: str, by: str) -> None:
        """Note that a visitor has opened a run; returns at once."""
        if note := self._calls.opened(run_id, by):
            self._writer.note(*note)

    def asked(self, run_id: str) -> Asked | None:
        """What `ask` asked last of a run under way, if anything."""
        return self._calls.asked(run_id)

    def find(self, run_id: str) -> Run | None:
        """As `RunStore.find`, None if that fails."""
        run = self._writer.read(lambda: self._store.find(run_id), None, run_id)
        if run is not None and not run.state.active:
            self._calls.answered(run_id)
        return run

    def network(self, run_id: str) -> TrainedNetwork | None:
        """As `RunStore.network`, None if that fails. All who ask share its arrays, read once."""
        run = self.find(run_id)
        if run and run.has_predictions and run.has_model:
            held = self._shelf.held(Place(run_id, TrainedNetwork, len(run.history)))
            if held and held.interruption is run.interruption:
                return self._shelf.network(run_id, held)
        whole = self._writer.read(lambda: self._store.network(run_id), None, run_id)
        return whole and self._shelf.network(run_id, whole)

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """As `RunStore.predictions`, None if that fails."""
        return self._writer.read(lambda: self._store.predictions(run_id), None, run_id)

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """As `RunStore.checkpoint`, None if that fails. All who ask share its arrays."""
        whole = self._writer.read(lambda: self._store.checkpoint(run_id), None, run_id)
        return whole and self._shelf.checkpoint(run_id, whole)

    def owned(self, owner: str) -> list[Run]:
        """As `RunStore.owned`, empty if that fails."""
        return self._writer.read(lambda: self._store.owned(owner), [], owner)

    def removals(self, owner: str) -> Removals | None:
        """As `RunStore.removals`, None if that fails."""
        return self._writer.read(lambda: self._store.removals(owner), None, owner)

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """As `RunStore.rename`, False if that fails."""
        self._writer.settle(run_id)
        named = self._writer.change(lambda: self._store.rename(run_id, owner, name), False)[0]
        if named:
            with self._writer.changed:
                for known in self._writer.outbox.about(run_id):
                    known.name = name
        return named

    def delete(self, run_id: str, owner: str) -> bool:
        """As `RunStore.delete`, False if that fails."""
        self._writer.settle(run_id)
        deleted = self._writer.delete(run_id, owner)
        if deleted:
            self._shelf.drop(run_id)
            with self._writer.changed:
                self._writer.outbox.write_refused(owner)  # now there may be room
                self._writer.changed.notify_all()
        return deleted

    def _load(self, place: Place) -> Whole | None:
        """What the shelf has let go; None if the run has gone on since, or is lost."""
        ask = self._store.network if place.kind is TrainedNetwork else self._store.checkpoint
        found: Whole | None = self._writer.read(lambda: ask(place.run_id), None)
        return found if found and len(found.history) == place.epochs else None

    def _put_away(self, job: Job) -> None:
        """A job that has ended is written: whoever holds it need not hold its arrays."""
        result, start = job.result, job.start
        if result is not None and not isinstance(result, KeptNetwork):
            job.result = self._shelf.network(job.id, result)
        if start is not None and start.model and not isinstance(start, KeptCheckpoint):
            job.start = self._shelf.checkpoint(job.id, start)

    def flush(self, seconds: float) -> bool:
        """Try now to write what waits; False if it is not all written after this time."""
        return self._writer.flush(seconds)

    def close(self, seconds: float = 3.0) -> None:
        """Try once more to write what waits, and end."""
        self._writer.close(seconds)
