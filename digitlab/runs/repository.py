"""Between the queue's threads, the pages and the store: nothing here blocks long or raises."""

import logging
import time
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.networks import TrainedNetwork
from digitlab.records.remote_request import RemoteRequest
from digitlab.records.training import Interruption
from digitlab.records.training_view import FrozenTraining
from digitlab.runs.array_cache import ArrayCache, ArrayKey, WithArrays
from digitlab.runs.calls import Calls, InterruptionRequest
from digitlab.runs.errors import StoreProblem
from digitlab.runs.kept import KeptCheckpoint, KeptNetwork
from digitlab.runs.record import Removals, Run
from digitlab.runs.short_link import ShortLink
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
        self._array_cache = ArrayCache(self._load)
        self._writer = Writer(self._store, self._put_away)

    @property
    def problem(self) -> StoreProblem | None:
        """What failed last; None once the like succeeded again."""
        return self._writer.write_problem or self._writer.read_problem

    @property
    def trouble(self) -> StoreProblem | None:
        """As `problem`, if it concerns everybody: what is wrong with one run does not."""
        return None if self.problem is StoreProblem.DAMAGED_RUN else self.problem

    @property
    def lost(self) -> bool:
        """Whether the store was found deleted lately, and begun anew."""
        return time.monotonic() - self._writer.lost_at < limits.TOLD_DAYS * 86_400

    def unkept(self, run_id: str) -> StoreProblem | None:
        """Why what a run left is not kept; None if it is."""
        if not self.trouble and self._writer.read(lambda: self._store.holds(run_id), False, run_id):
            with self._writer.changed:
                waits = run_id in dict(self._writer.outbox.waiting())
                return StoreProblem.NOT_YET if waits else None
        with self._writer.changed:
            refused = [known for known in self._writer.outbox.about(run_id) if known.refused]
            if self.trouble or not refused:
                return self.trouble or StoreProblem.NOT_KEPT
            full = any(known.store_full for known in refused)
            return StoreProblem.NO_STORE_ROOM if full else StoreProblem.NO_ROOM

    def save(self, job: Job) -> None:
        """Keep the job as it is now; returns at once."""
        with self._writer.changed:
            try:
                self._writer.outbox.add(job)
            except Exception:  # the threads that call this must go on, whatever it is
                logger.exception("No snapshot could be taken of run %s.", job.id)
            self._writer.changed.notify_all()

    def heartbeat(self, run_ids: Collection[str]) -> None:
        """Write a heartbeat of these jobs; returns at once."""
        with self._writer.changed:
            self._writer.outbox.heartbeats.update(run_ids)
            self._writer.changed.notify_all()

    def remote_requests(self) -> dict[str, RemoteRequest]:
        """What pages of other processes request of the jobs with heartbeats; each is given once."""
        with self._writer.changed:
            remote_requests, self._writer.remote_requests = self._writer.remote_requests, {}
            return remote_requests

    def ask(self, run_id: str, interruption: Interruption) -> None:
        """Ask the process that trains a run to stop or pause it; returns at once."""
        self._writer.note(*self._calls.ask(run_id, interruption))

    def watch(self, run_id: str) -> None:
        """Tell the process that trains a run that somebody watches; returns at once."""
        if note := self._calls.watch(run_id):
            self._writer.note(*note)

    def opened(self, run_id: str, by: str) -> None:
        """Note that a visitor has opened a run; returns at once."""
        if note := self._calls.opened(run_id, by):
            self._writer.note(*note)

    def take_exam(self, owner: str, network: str) -> None:
        """As `RunStore.take_exam`; nothing is kept if that fails."""
        self._writer.change(lambda: self._store.take_exam(owner, network), None)

    def exams(self, owner: str) -> frozenset[str]:
        """As `RunStore.exams`, empty if that fails."""
        return self._writer.read(lambda: self._store.exams(owner), frozenset())

    def keep_short_link(self, owner: str, link: ShortLink) -> str | None:
        """As `RunStore.keep_short_link`, None if that fails."""
        code, _ = self._writer.change(lambda: self._store.keep_short_link(owner, link), None)
        return code

    def short_link(self, code: str) -> ShortLink | None:
        """As `RunStore.short_link`, None if that fails."""
        return self._writer.read(lambda: self._store.short_link(code), None)

    def requested(self, run_id: str) -> InterruptionRequest | None:
        """What `ask` requested last of a run under way, if anything."""
        return self._calls.requested(run_id)

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
            held = self._array_cache.held(ArrayKey(run_id, TrainedNetwork, len(run.history)))
            if held and held.interruption is run.interruption:
                return KeptNetwork.of(run_id, held, self._array_cache)
        with_arrays = self._writer.read(lambda: self._store.network(run_id), None, run_id)
        return with_arrays and KeptNetwork.of(run_id, with_arrays, self._array_cache)

    def training(self, run_id: str) -> FrozenTraining | None:
        """A kept run as a session sees a training, None if it is unknown.

        As long as somebody holds it, it is kept again if the store is deleted.
        """
        run = self.find(run_id)
        if run is None:
            return None
        if run.state.active:  # nothing of this process needs the arrays of what another one trains
            return run.training(None, None)
        result = self.network(run_id)
        # With the arrays of its network, if it has one, not once more.
        has_model = result is not None and result.has_model
        training = run.training(
            result, result.checkpoint if result and has_model else self.checkpoint(run_id)
        )
        with self._writer.changed:
            self._writer.outbox.remember(training, run.name)
        return training

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """As `RunStore.predictions`, None if that fails."""
        return self._writer.read(lambda: self._store.predictions(run_id), None, run_id)

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """As `RunStore.checkpoint`, None if that fails. All who ask share its arrays."""
        with_arrays = self._writer.read(lambda: self._store.checkpoint(run_id), None, run_id)
        return with_arrays and KeptCheckpoint.of(run_id, with_arrays, self._array_cache)

    def owned(self, owner: str) -> list[Run]:
        """As `RunStore.owned`, empty if that fails."""
        return self._writer.read(lambda: self._store.owned(owner), [], owner)

    def removals(self, owner: str) -> Removals | None:
        """As `RunStore.removals`, None if that fails."""
        return self._writer.read(lambda: self._store.removals(owner), None, owner)

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """As `RunStore.rename`, False if that fails."""
        self._writer.await_pending_writes(run_id)
        named = self._writer.change(lambda: self._store.rename(run_id, owner, name), False)[0]
        if named:
            with self._writer.changed:
                for known in self._writer.outbox.about(run_id):
                    known.name = name
        return named

    def delete(self, run_id: str, owner: str) -> bool:
        """As `RunStore.delete`, False if that fails."""
        self._writer.await_pending_writes(run_id)
        deleted = self._writer.delete(run_id, owner)
        if deleted:
            self._array_cache.drop(run_id)
            with self._writer.changed:
                self._writer.outbox.write_refused(owner)  # now there may be room
                self._writer.changed.notify_all()
        return deleted

    def _load(self, key: ArrayKey) -> WithArrays | None:
        """What the array cache has let go; None if the run has gone on since, or is lost."""
        ask = self._store.network if key.kind is TrainedNetwork else self._store.checkpoint
        kept: WithArrays | None = self._writer.read(lambda: ask(key.run_id), None)
        return kept if kept and len(kept.history) == key.epochs else None

    def _put_away(self, job: Job) -> None:
        """A job that has ended is written: whoever holds it need not hold its arrays."""
        result, start = job.result, job.start
        if result is not None and not isinstance(result, KeptNetwork):
            result = KeptNetwork.of(job.id, result, self._array_cache)
        if start is not None and start.model and not isinstance(start, KeptCheckpoint):
            start = KeptCheckpoint.of(job.id, start, self._array_cache)
        job.replace_arrays(result, start)

    def flush(self, seconds: float) -> bool:
        """Try now to write what waits; False if it is not all written after this time."""
        return self._writer.flush(seconds)

    def close(self, seconds: float = 3.0) -> None:
        """Try once more to write what waits, and end."""
        self._writer.close(seconds)
