"""The repository's thread: what it writes, what it reads, and when it tries again."""

import atexit
import logging
import math
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.remote_request import RemoteRequest
from digitlab.runs.errors import StoreError, StoreProblem, attempt
from digitlab.runs.outbox import Note, Outbox
from digitlab.runs.record import Run, SaveResult, Snapshot
from digitlab.runs.store import RunStore

_REST_SECONDS = 5.0  # after a failure, so that not every page waits for the next one
_PENDING_WRITES_SECONDS = 1.0  # for what is about to be written, before it is read

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Writer:
    """Writes what is in the outbox in a thread of its own.

    Args:
        store: where to.
        put_away: called with a job that has ended, once all of it is written.

    Attributes:
        outbox: what waits.
        changed: held while the outbox or the remote requests are read or changed.
        remote_requests: what pages of other processes request, as it came with the last heartbeats.
        lost_at: `time.monotonic()` when the store was last found deleted.
        write_problem, read_problem: what failed last.
    """

    def __init__(self, store: RunStore, put_away: Callable[[Job], None]) -> None:
        self._store, self._put_away = store, put_away
        self.outbox = Outbox()
        self.remote_requests: dict[str, RemoteRequest] = {}
        self.lost_at = -math.inf
        self.write_problem: StoreProblem | None = None
        self.read_problem: StoreProblem | None = None
        self.changed = threading.Condition()
        self._written: dict[str, Checkpoint] = {}  # of runs under way, the latest that is kept
        self._losses = 0
        self._busy = False  # the thread is writing
        self._writing = ""  # the id of a run whose snapshot it has taken
        self._deleting: set[str] = set()  # ids of runs
        self._closing = False
        self._write_at = self._read_at = 0.0  # not before, after a failure
        atexit.register(self.close)
        self._thread = threading.Thread(target=self._run, name="digitlab-repository", daemon=True)
        self._thread.start()

    def await_pending_writes(self, *concerned: str) -> None:
        """Give what is about to be written a moment: one then reads what one wrote.

        Args:
            concerned: ids or owners of runs; none for all.
        """
        with self.changed:
            self.changed.wait_for(
                lambda: (
                    time.monotonic() < self._write_at
                    or not any(
                        not concerned or set(concerned) & set(waiting)
                        for waiting in self.outbox.waiting()
                    )
                ),
                _PENDING_WRITES_SECONDS,
            )

    def read(self, ask: Callable[[], T], otherwise: T, *concerned: str) -> T:
        """What the store answers, after what is about to be written of those concerned."""
        if concerned:
            self.await_pending_writes(*concerned)
        if time.monotonic() < self._read_at:
            return otherwise
        answer, failure = self._attempt(ask, otherwise)
        self.read_problem = failure.problem if failure else None
        if failure and failure.transient:
            self._read_at = time.monotonic() + _REST_SECONDS
        return answer

    def change(self, do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
        """What the store answers to a change, or the replacement for it and why."""
        answer, failure = self._attempt(do, otherwise)
        self.write_problem = failure.problem if failure else None
        if failure is None:
            self.read_problem, self._read_at = None, 0.0
        return answer, failure

    def delete(self, run_id: str, owner: str) -> bool:
        """Delete a run for good: a snapshot that is being written brings nothing back."""
        with self.changed:
            self._deleting.add(run_id)
        deleted, _ = self.change(lambda: self._store.delete(run_id, owner), False)
        with self.changed:
            if deleted:
                self.outbox.drop(run_id)
                if self._writing == run_id:
                    return True  # the thread looks at `_deleting` when it has written
            self._deleting.discard(run_id)
        return deleted

    def note(self, about: tuple[str, str], note: Note) -> None:
        """Write a short note; returns at once."""
        with self.changed:
            self.outbox.notes[about] = note
            self.changed.notify_all()

    def flush(self, seconds: float) -> bool:
        """Try now to write what waits; False if it is not all written after this time."""
        with self.changed:
            self._write_at = 0.0
            self.changed.notify_all()
            return self.changed.wait_for(lambda: not (self._busy or self.outbox), seconds)

    def close(self, seconds: float = 3.0) -> None:
        """Try once more to write what waits, and end."""
        atexit.unregister(self.close)
        with self.changed:
            self._closing = True
            self.changed.notify_all()
        self._thread.join(seconds)
        self._store.close()

    def _attempt(self, do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
        """The answer, or the replacement for it and why. If the store was lost, after that."""
        answer, failure = attempt(do, otherwise)
        if self._note_loss() and threading.current_thread() is not self._thread:
            self.await_pending_writes()
            answer, failure = attempt(do, otherwise)
        return answer, failure

    def _note_loss(self) -> bool:
        """Whether the store has begun anew; all that is in memory is then written again."""
        with self.changed:
            if self._losses == self._store.losses:
                return False
            self._losses = self._store.losses
            self.lost_at = time.monotonic()
            self._written.clear()
            self.outbox.write_again()
            self.changed.notify_all()
            return True

    def _run(self) -> None:
        """The thread: open the store, then write what comes."""
        self.read(self._store.open, None)
        while self._wait_for_work():
            failure = self._write_next()
            with self.changed:
                self._busy = False
                if failure and failure.transient:
                    self._write_at = time.monotonic() + _REST_SECONDS
                self.changed.notify_all()
            if failure and self._closing:
                logger.error("%d runs could not be kept.", len(self.outbox))
                return

    def _wait_for_work(self) -> bool:
        """Wait until there is something to write; False at the end."""
        with self.changed:
            while not self._closing:
                rest = self._write_at - time.monotonic()
                if self.outbox and rest <= 0:
                    break
                self.changed.wait(rest if self.outbox else None)
            self._busy = bool(self.outbox)
            return self._busy

    def _write_next(self) -> StoreError | None:
        with self.changed:
            snapshot = self.outbox.next()
            self._writing = snapshot.run.id if snapshot else ""
            key, note = next(iter(self.outbox.notes.items()), (None, None))
        if snapshot is not None:
            failure = self._write(snapshot)
            self._delete_again(snapshot.run)
            return failure
        if key is None or note is None:
            return self._write_heartbeats()
        _, failure = self.change(note, None)
        with self.changed:
            if self.outbox.notes.get(key) is note and not (failure and failure.transient):
                del self.outbox.notes[key]
        return failure

    def _delete_again(self, run: Run) -> None:
        """What was deleted while it was written, and so was written anew."""
        with self.changed:
            self._writing = ""
            if run.id not in self._deleting:
                return
            self._deleting.discard(run.id)
            self.outbox.drop(run.id)
        self.change(lambda: self._store.delete(run.id, run.owner), False)

    def _write(self, snapshot: Snapshot) -> StoreError | None:
        run, losses = snapshot.run, self._losses
        checkpoint = snapshot.checkpoint
        if checkpoint is self._written.get(run.id):
            checkpoint = None  # a run under way is kept again and again, its model changes seldom

        def save() -> SaveResult:
            kept = self._store.save(run, checkpoint, snapshot.probabilities)
            if kept.new and checkpoint is not snapshot.checkpoint:  # it was deleted meanwhile
                kept = self._store.save(run, snapshot.checkpoint, snapshot.probabilities)
            return kept

        kept, failure = self.change(save, None)
        with self.changed:
            if failure and failure.transient:
                self.outbox.postpone(run.id)
            elif losses == self._losses:  # else it may have gone into a file without a name
                self.outbox.done(snapshot)
            known = self.outbox.about(run.id)
            for remembered in known:
                remembered.refused = kept is not None and not kept.complete
                remembered.store_full = kept is not None and kept.store_full
            name = next((remembered.name for remembered in known if remembered.name), "")
            if kept and kept.complete and not run.state.active and losses == self._losses:
                for job in self.outbox.written(run):
                    self._put_away(job)
        same = losses == self._losses
        if same and kept and kept.complete and checkpoint and run.state.active:
            self._written[run.id] = checkpoint
        elif not run.state.active:
            self._written.pop(run.id, None)
        if kept and kept.new and name:
            self.change(lambda: self._store.rename(run.id, run.owner, name), False)
        return failure

    def _write_heartbeats(self) -> StoreError | None:
        """After all else; a heartbeat that fails is forgotten, the next one comes soon."""
        with self.changed:
            heartbeats, self.outbox.heartbeats = self.outbox.heartbeats, set()
        nothing: dict[str, RemoteRequest] = {}
        remote_requests, failure = self.change(lambda: self._store.touch(heartbeats), nothing)
        with self.changed:
            self.remote_requests.update(remote_requests)
        return failure
