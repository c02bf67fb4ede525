"""Between the queue's threads, the pages and the store: nothing here blocks long or raises."""

import atexit
import logging
import math
import threading
import time
from collections.abc import Callable, Collection
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.runs import errors
from digitlab.runs.calls import Asked, Calls
from digitlab.runs.errors import StoreError, attempt
from digitlab.runs.outbox import Note, Outbox
from digitlab.runs.record import Kept, Removals, Run, Snapshot
from digitlab.runs.store import RunStore
from digitlab.training.jobs import Job, Wish
from digitlab.training.records import Checkpoint, Interruption, TrainedNetwork

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
        self._outbox = Outbox()
        self._calls = Calls(self._store)
        self._written: dict[str, Checkpoint] = {}  # of runs under way, the latest that is kept
        self._wishes: dict[str, Wish] = {}  # that came with the last signs of life
        self._losses = 0
        self._lost_at = -math.inf
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

    @property
    def lost(self) -> bool:
        """Whether the store was found deleted lately, and begun anew."""
        return time.monotonic() - self._lost_at < limits.TOLD_DAYS * 86_400

    def unkept(self, run_id: str) -> str:
        """Why what a run left is not kept, a sentence for the learner; "" if it is."""
        if not self.trouble and self._read(lambda: self._store.holds(run_id), False, run_id):
            with self._changed:
                waits = run_id in dict(self._outbox.waiting())
                return errors.NOT_YET if waits else ""
        with self._changed:
            refused = any(known.refused for known in self._outbox.about(run_id))
            return self.trouble or (errors.NO_ROOM if refused else errors.NOT_KEPT)

    def keep(self, job: Job) -> None:
        """Keep the job as it is now; returns at once."""
        with self._changed:
            try:
                self._outbox.add(job)
            except Exception:  # the threads that call this must go on, whatever it is
                logger.exception("No snapshot could be taken of run %s.", job.id)
            self._changed.notify_all()

    def remember(self, job: Job, name: str) -> None:
        """A job made of what is kept: if the store is deleted, it can be kept again."""
        if not job.active:  # else it is another process's
            with self._changed:
                self._outbox.remember(job, name)

    def beat(self, run_ids: Collection[str]) -> None:
        """A sign of life of these jobs; returns at once."""
        with self._changed:
            self._outbox.beats.update(run_ids)
            self._changed.notify_all()

    def wishes(self) -> dict[str, Wish]:
        """What pages of other processes want of the jobs that beat; each is said once."""
        with self._changed:
            wishes, self._wishes = self._wishes, {}
            return wishes

    def ask(self, run_id: str, how: Interruption) -> None:
        """Ask the process that trains a run to stop or pause it; returns at once."""
        self._note(self._calls.ask(run_id, how))

    def watch(self, run_id: str) -> None:
        """Tell the process that trains a run that somebody watches; returns at once."""
        self._note(self._calls.watch(run_id))

    def opened(self, run_id: str, by: str) -> None:
        """Note that a visitor has opened a run; returns at once."""
        self._note(self._calls.opened(run_id, by))

    def asked(self, run_id: str) -> Asked | None:
        """What `ask` asked last of a run under way, if anything."""
        return self._calls.asked(run_id)

    def find(self, run_id: str) -> Run | None:
        """As `RunStore.find`, None if that fails."""
        return self._read(lambda: self._store.find(run_id), None, run_id)

    def network(self, run_id: str) -> TrainedNetwork | None:
        """As `RunStore.network`, None if that fails."""
        return self._read(lambda: self._store.network(run_id), None, run_id)

    def predictions(self, run_id: str) -> NDArray[np.float32] | None:
        """As `RunStore.predictions`, None if that fails."""
        return self._read(lambda: self._store.predictions(run_id), None, run_id)

    def checkpoint(self, run_id: str) -> Checkpoint | None:
        """As `RunStore.checkpoint`, None if that fails."""
        return self._read(lambda: self._store.checkpoint(run_id), None, run_id)

    def owned(self, owner: str) -> list[Run]:
        """As `RunStore.owned`, empty if that fails."""
        return self._read(lambda: self._store.owned(owner), [], owner)

    def removals(self, owner: str) -> Removals | None:
        """As `RunStore.removals`, None if that fails."""
        return self._read(lambda: self._store.removals(owner), None, owner)

    def rename(self, run_id: str, owner: str, name: str) -> bool:
        """As `RunStore.rename`, False if that fails."""
        self._settle(run_id)
        named = self._change(lambda: self._store.rename(run_id, owner, name), False)[0]
        if named:
            with self._changed:
                for known in self._outbox.about(run_id):
                    known.name = name
        return named

    def delete(self, run_id: str, owner: str) -> bool:
        """As `RunStore.delete`, False if that fails."""
        self._settle(run_id)
        deleted, _ = self._change(lambda: self._store.delete(run_id, owner), False)
        if deleted:
            with self._changed:
                self._outbox.drop(run_id)
                self._outbox.write_refused(owner)  # now there may be room
                self._changed.notify_all()
        return deleted

    def flush(self, seconds: float) -> bool:
        """Try now to write what waits; False if it is not all written after this time."""
        with self._changed:
            self._write_at = 0.0
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not (self._busy or self._outbox), seconds)

    def close(self, seconds: float = 3.0) -> None:
        """Try once more to write what waits, and end."""
        atexit.unregister(self.close)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(seconds)
        self._store.close()

    def _settle(self, *concerned: str) -> None:
        """Give what is about to be written a moment: one then reads what one wrote.

        Args:
            concerned: ids or owners of runs; none for all.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    time.monotonic() < self._write_at
                    or not any(
                        not concerned or set(concerned) & set(one)
                        for one in self._outbox.waiting()
                    )
                ),
                _SETTLE_SECONDS,
            )

    def _read(self, ask: Callable[[], T], otherwise: T, *concerned: str) -> T:
        if concerned:
            self._settle(*concerned)
        if time.monotonic() < self._read_at:
            return otherwise
        answer, failure = self._attempt(ask, otherwise)
        self._read_problem = str(failure or "")
        if failure and failure.passing:
            self._read_at = time.monotonic() + _REST_SECONDS
        return answer

    def _change(self, do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
        answer, failure = self._attempt(do, otherwise)
        self._write_problem = str(failure or "")
        if failure is None:
            self._read_problem, self._read_at = "", 0.0
        return answer, failure

    def _attempt(self, do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
        """The answer, or the replacement for it and why. If the store was lost, after that."""
        answer, failure = attempt(do, otherwise)
        if self._note_loss() and threading.current_thread() is not self._thread:
            self._settle()
            answer, failure = attempt(do, otherwise)
        return answer, failure

    def _note_loss(self) -> bool:
        """Whether the store has begun anew; all that is in memory is then written again."""
        with self._changed:
            if self._losses == self._store.losses:
                return False
            self._losses = self._store.losses
            self._lost_at = time.monotonic()
            self._written.clear()
            self._outbox.write_again()
            self._changed.notify_all()
            return True

    def _note(self, note: tuple[tuple[str, str], Note] | None) -> None:
        if note is not None:
            with self._changed:
                self._outbox.notes[note[0]] = note[1]
                self._changed.notify_all()

    def _run(self) -> None:
        """The thread: open the store, then write what comes."""
        self._read(self._store.open, None)
        while self._wait_for_work():
            failure = self._write_next()
            with self._changed:
                self._busy = False
                if failure and failure.passing:
                    self._write_at = time.monotonic() + _REST_SECONDS
                self._changed.notify_all()
            if failure and self._closing:
                logger.error("%d runs could not be kept.", len(self._outbox))
                return

    def _wait_for_work(self) -> bool:
        """Wait until there is something to write; False at the end."""
        with self._changed:
            while not self._closing:
                rest = self._write_at - time.monotonic()
                if self._outbox and rest <= 0:
                    break
                self._changed.wait(rest if self._outbox else None)
            self._busy = bool(self._outbox)
            return self._busy

    def _write_next(self) -> StoreError | None:
        with self._changed:
            snapshot = self._outbox.next()
            key, note = next(iter(self._outbox.notes.items()), (None, None))
        if snapshot is not None:
            return self._write(snapshot)
        if key is None or note is None:
            return self._write_beats()
        _, failure = self._change(note, None)
        with self._changed:
            if self._outbox.notes.get(key) is note and not (failure and failure.passing):
                del self._outbox.notes[key]
        return failure

    def _write(self, snapshot: Snapshot) -> StoreError | None:
        run, losses = snapshot.run, self._losses
        checkpoint = snapshot.checkpoint
        if checkpoint is self._written.get(run.id):
            checkpoint = None  # a run under way is kept again and again, its model changes seldom

        def keep() -> Kept:
            kept = self._store.keep(run, checkpoint, snapshot.probabilities)
            if kept.new and checkpoint is not snapshot.checkpoint:  # it was deleted meanwhile
                kept = self._store.keep(run, snapshot.checkpoint, snapshot.probabilities)
            return kept

        kept, failure = self._change(keep, None)
        with self._changed:
            if failure and failure.passing:
                self._outbox.postpone(run.id)
            elif losses == self._losses:  # else it may have gone into a file without a name
                self._outbox.done(snapshot)
            known = self._outbox.about(run.id)
            for one in known:
                one.refused = kept is not None and not kept.whole
            name = next((one.name for one in known if one.name), "")
        if kept and kept.whole and checkpoint and run.state.active:
            self._written[run.id] = checkpoint
        elif not run.state.active:
            self._written.pop(run.id, None)
        if kept and kept.new and name:
            self._change(lambda: self._store.rename(run.id, run.owner, name), False)
        return failure

    def _write_beats(self) -> StoreError | None:
        """After all else; a beat that fails is forgotten, the next one comes soon."""
        with self._changed:
            beats, self._outbox.beats = self._outbox.beats, set()
        nothing: dict[str, Wish] = {}
        wishes, failure = self._change(lambda: self._store.touch(beats), nothing)
        with self._changed:
            self._wishes.update(wishes)
        return failure
