"""Between the queue's threads, the pages and the store: nothing here blocks long or raises."""

import atexit
import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.runs import errors
from digitlab.runs.errors import StoreError
from digitlab.runs.record import Run, Snapshot
from digitlab.runs.store import RunStore
from digitlab.training.jobs import Job
from digitlab.training.records import Checkpoint, TrainedNetwork

_REST_SECONDS = 5.0  # after a failure, so that not every page waits for the next one
_SETTLE_SECONDS = 1.0  # for what is about to be written, before it is read

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Keeper:
    """Writes snapshots of jobs in a thread of its own, and reads them back.

    What can't be written waits in memory and is tried again, up to a limit. Reads answer with
    nothing if the store fails.

    Args:
        store: where to, or its URL; None takes `store.default_url()`.
    """

    def __init__(self, store: RunStore | str | None = None) -> None:
        self._store = store if isinstance(store, RunStore) else RunStore(store)
        self._pending: dict[str, Snapshot] = {}  # by run, the next to be written first
        self._beats: set[str] = set()
        self._written: dict[str, Checkpoint] = {}  # of runs under way, the latest that is kept
        self._busy = False  # the thread is writing
        self._closing = False
        self._write_at = self._read_at = 0.0  # not before, after a failure
        self._write_problem = self._read_problem = ""
        self._changed = threading.Condition()
        atexit.register(self.close)
        self._thread = threading.Thread(target=self._run, name="digitlab-keeper", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> str:
        """What failed last, a sentence for the learner; "" once the like succeeded again."""
        return self._write_problem or self._read_problem

    @property
    def trouble(self) -> str:
        """As `problem`, if it concerns everybody: what is wrong with one run does not."""
        return "" if self.problem == errors.DAMAGED_RUN else self.problem

    def keep(self, job: Job) -> None:
        """Keep the job as it is now; returns at once."""
        try:
            snapshot = Snapshot.of(job)
        except Exception:  # the threads that call this must go on, whatever it is
            logger.exception("No snapshot could be taken of run %s.", job.id)
            return
        with self._changed:
            self._pending[job.id] = snapshot.after(self._pending.get(job.id))
            self._forget_surplus()
            self._changed.notify_all()

    def beat(self, run_ids: Collection[str]) -> None:
        """A sign of life of these jobs; returns at once."""
        with self._changed:
            self._beats.update(run_ids)
            self._changed.notify_all()

    def find(self, run_id: str) -> Run | None:
        """As `RunStore.find`, None if that fails."""
        self._settle(lambda run: run.id == run_id)
        return self._read(lambda: self._store.find(run_id), None)

    def network(self, run_id: str) -> TrainedNetwork | None:
        """As `RunStore.network`, None if that fails."""
        self._settle(lambda run: run.id == run_id)
        return self._read(lambda: self._store.network(run_id), None)

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """As `RunStore.predictions`, None if that fails."""
        self._settle(lambda run: run.id == run_id)
        return self._read(lambda: self._store.predictions(run_id), None)

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """As `RunStore.checkpoint`, None if that fails."""
        self._settle(lambda run: run.id == run_id)
        return self._read(lambda: self._store.checkpoint(run_id), None)

    def owned(self, owner: str) -> list[Run]:
        """As `RunStore.owned`, empty if that fails."""
        self._settle(lambda run: run.owner == owner)
        return self._read(lambda: self._store.owned(owner), [])

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """As `RunStore.rename`, False if that fails."""
        self._settle(lambda run: run.id == run_id)
        return self._change(lambda: self._store.rename(run_id, owner, name), False)[0]

    def delete(self, run_id: str, owner: str) -> bool:
        """As `RunStore.delete`, False if that fails."""
        self._settle(lambda run: run.id == run_id)
        deleted, _ = self._change(lambda: self._store.delete(run_id, owner), False)
        if deleted:
            with self._changed:  # or what waits to be written would bring it back
                self._pending.pop(run_id, None)
        return deleted

    def flush(self, seconds: float) -> bool:
        """Try now to write what waits; False if it is not all written after this time."""
        with self._changed:
            self._write_at = 0.0
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not (self._busy or self._waiting), seconds)

    def close(self, seconds: float = 3.0) -> None:
        """Try once more to write what waits, and end."""
        atexit.unregister(self.close)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(seconds)
        self._store.close()

    @property
    def _waiting(self) -> bool:
        return bool(self._pending or self._beats)

    def _settle(self, concerns: Callable[[Run], bool]) -> None:
        """Give what is about to be written a moment: one then reads what one wrote."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    time.monotonic() < self._write_at
                    or not any(concerns(snapshot.run) for snapshot in self._pending.values())
                ),
                _SETTLE_SECONDS,
            )

    def _read(self, ask: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._read_at:
            return otherwise
        answer, failure = _attempt(ask, otherwise)
        self._read_problem = str(failure or "")
        if failure and failure.passing:
            self._read_at = time.monotonic() + _REST_SECONDS
        return answer

    def _change(self, do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
        answer, failure = _attempt(do, otherwise)
        self._write_problem = str(failure or "")
        if failure is None:
            self._read_problem, self._read_at = "", 0.0
        return answer, failure

    def _run(self) -> None:
        """The thread: open the store, then write what comes."""
        self._read(self._store.open, None)
        while self._wait_for_work():
            with self._changed:
                snapshot = next(iter(self._pending.values()), None)
            failure = self._write(snapshot) if snapshot else self._write_beats()
            with self._changed:
                self._busy = False
                if failure and failure.passing:
                    self._write_at = time.monotonic() + _REST_SECONDS
                self._changed.notify_all()
            if failure and self._closing:
                logger.error("%d runs could not be kept.", len(self._pending))
                return

    def _wait_for_work(self) -> bool:
        """Wait until there is something to write; False at the end."""
        with self._changed:
            while not self._closing:
                rest = self._write_at - time.monotonic()
                if self._waiting and rest <= 0:
                    break
                self._changed.wait(rest if self._waiting else None)
            self._busy = self._waiting
            return self._busy

    def _write(self, snapshot: Snapshot) -> StoreError | None:
        run_id = snapshot.run.id
        checkpoint = snapshot.checkpoint
        if checkpoint is self._written.get(run_id):
            checkpoint = None  # a run under way is kept again and again, its model changes seldom
        _, failure = self._change(
            lambda: self._store.keep(snapshot.run, checkpoint, snapshot.probabilities), None
        )
        if failure is None and checkpoint and snapshot.run.state.active:
            self._written[run_id] = checkpoint
        elif not snapshot.run.state.active:
            self._written.pop(run_id, None)
        with self._changed:
            if failure and failure.passing and run_id in self._pending:
                # Behind the others: it may be this one that fails.
                self._pending[run_id] = self._pending.pop(run_id)
            elif self._pending.get(run_id) is snapshot:  # no newer one came meanwhile
                del self._pending[run_id]
        return failure

    def _write_beats(self) -> StoreError | None:
        """After all snapshots; a beat that fails is forgotten, the next one comes soon."""
        with self._changed:
            beats, self._beats = self._beats, set()
        return self._change(lambda: self._store.touch(beats), None)[1]

    def _forget_surplus(self) -> None:
        """Bound the memory that unwritten arrays take; what was taken first goes first."""
        size = sum(snapshot.size for snapshot in self._pending.values())
        while size > limits.MAX_UNWRITTEN_MEGABYTES * 10**6 and len(self._pending) > 1:
            run_id = next(iter(self._pending))
            size -= self._pending.pop(run_id).size
            logger.error("Run %s could not be kept: too many wait to be written.", run_id)


def _attempt(do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
    """The answer, or the replacement for it and why."""
    try:
        return do(), None
    except StoreError as error:
        return otherwise, error
    except Exception:  # the thread and the pages must go on, whatever it is
        logger.exception("The store failed.")
        return otherwise, StoreError(errors.REFUSED, passing=False)
