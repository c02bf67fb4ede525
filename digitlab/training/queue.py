"""The server's queue: who trains next, and what comes back from the workers."""

import atexit
import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any
from uuid import uuid4

import numpy as np
from distributed import Future, KilledWorker
from numpy.typing import NDArray

from digitlab import limits
from digitlab.training import tasks
from digitlab.training.jobs import SERVER_STOPPED, Job, JobState
from digitlab.training.line import Line
from digitlab.training.records import (
    Checkpoint,
    Interruption,
    TrainedNetwork,
    from_message,
)
from digitlab.training.workers import NO_WORKERS, EngineError, Workers

_WATCH_SECONDS = 1.0
_BEAT_SECONDS = 3.0
_AHEAD = 1  # a job that is with the workers before its turn, so that none waits for the next one
_COLLECT_SECONDS = 60  # a result is 15 MB at most

WORKER_DIED = "The worker that trained this network stopped twice. Press Continue to try once more."
NOTHING_LEARNED = "It was stopped within its first epoch: there is nothing to keep yet."
NOT_BEGUN = "It was stopped before its turn came."

logger = logging.getLogger(__name__)


class TrainingQueue:
    """Trainings in a fair order, one on each training worker; predictions at once.

    Args:
        scheduler: address of a Dask scheduler that exists; None starts an embedded one.
        keep: called with a job when it has changed in a way that should outlive this process.
        beat: called every few seconds with the ids of those that wait: they are still under way.
            Both are called in any thread, and must neither block nor raise.

    The workers start in the background: a job may be submitted before they are there.
    """

    def __init__(
        self,
        scheduler: str | None = None,
        keep: Callable[[Job], None] = lambda job: None,
        beat: Callable[[list[str]], None] = lambda ids: None,
    ) -> None:
        self._topic = f"digitlab-{uuid4().hex}"  # events of this web process only
        self._workers = Workers(scheduler, self._topic, self._note)
        self._keep, self._beat = keep, beat
        self._next_beat = 0.0
        self._line = Line()
        self._futures: dict[str, Future[Any]] = {}  # of those sent to a worker
        self._trainers = 0  # training workers that are there
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._wake = threading.Event()  # there is something to do before the next look
        # Before Dask's own clean-up: its scheduler's end would look like dead workers to revive.
        atexit.register(self.close)
        threading.Thread(target=self._watch, name="digitlab-queue", daemon=True).start()

    def submit(self, job: Job) -> Job:
        """Queue a new job.

        Raises:
            LimitError: if it is past a limit of the lab.
        """
        self._line.join(job)
        self._keep(job)
        self._wake.set()
        return job

    def find(self, job_id: str) -> Job | None:
        """The job with this id, if it waits or runs here."""
        return self._line.find(job_id)

    def active(self) -> list[Job]:
        """All that run, then all that wait, next first."""
        return self._line.jobs()

    def place(self, job: Job) -> int:
        """How many trainings are before this one."""
        return self._line.place(job)

    @property
    def ready(self) -> bool:
        """Whether a training worker is there; after the start it takes some seconds."""
        return self._trainers > 0

    def expected_wait(self, job: Job) -> float:
        """Seconds until its turn, from what runs now and how long the last turns took."""
        return self._line.expected_wait(job, self._trainers)

    def stop(self, job: Job) -> None:
        """End a job after the batches under way; its last full epoch stays."""
        self._interrupt(job, Interruption.STOP)

    def pause(self, job: Job) -> None:
        """End a job after the epoch under way, to go on later."""
        self._interrupt(job, Interruption.PAUSE)

    def predict(self, network: TrainedNetwork, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities for uint8 images, at once: `(n, 28, 28) -> (n, 10)`.

        Raises:
            EngineError: if no worker answers in time.
        """
        return self._workers.predict(network, images)

    def close(self) -> None:
        """Give the workers back: at the end of the server, of a test or a benchmark."""
        atexit.unregister(self.close)
        self._closed.set()
        for job in self._line.jobs():
            self._end(job, JobState.INTERRUPTED, SERVER_STOPPED)
        self._wake.set()
        self._workers.close()

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        return self._workers.process_ids()

    def _interrupt(self, job: Job, how: Interruption) -> None:
        with self._lock:
            job.asked = how
            future = self._futures.get(job.id)
            begun = job.state is JobState.RUNNING or job.start is not None
        here = self._line.find(job.id) is job
        if here and not begun:
            state = JobState.STOPPED if how is Interruption.STOP else JobState.PAUSED
            self._end(job, state, NOT_BEGUN)
            if future is not None:  # sent, and perhaps just begun: the worker sees it cancelled
                future.cancel()
        else:
            # To all, for the worker may be another process's. Without one there is nothing to do.
            with contextlib.suppress(EngineError):
                self._workers.run_on_all(tasks.request, job.id, str(how))

    def _dispatch(self) -> None:
        """Send as many jobs as there are training workers."""
        client = self._workers.client()
        self._trainers = self._workers.trainers()
        if self._trainers == 0:
            return
        ahead = 0 if self._workers.renewing else _AHEAD
        for job in self._line.send(self._trainers + ahead):
            with self._lock:
                job.turn += 1
                # Only what was learned is left to evaluate: nothing more is to be trained.
                asked = Interruption.STOP if job.asked else None
                turn = tasks.Turn(job.run, job.id, job.turn, job.start, asked, self._topic)
                try:
                    future = client.submit(
                        tasks.train, turn, key=turn.key, pure=False, resources={"train": 1}
                    )
                except Exception:
                    self._line.back(job, at_the_end=False)
                    raise
                self._futures[job.id] = future
            future.add_done_callback(lambda future, job=job: self._collect(job, future))

    def _note(self, event: tuple[float, dict[str, Any]]) -> None:
        message = event[1]
        job = self._line.find(message["job"])
        if job is None:
            return  # ended meanwhile; its result holds everything
        record = from_message(message["record"])
        with self._lock:
            if record is None:
                job.begin(message["turn"])
                self._keep(job)
            else:
                job.note(message["turn"], record)

    def _collect(self, job: Job, future: Future[Any]) -> None:
        """Take a finished task's result into its job. Runs in a thread of Dask's."""
        try:
            result = future.result(_COLLECT_SECONDS)
        except KilledWorker:
            self._worker_died(job)
        except (CancelledError, TimeoutError, OSError):  # the scheduler went away
            self._end(job, JobState.INTERRUPTED, NO_WORKERS)
        except Exception as error:
            # Whatever a training raises must end its job; the log has the rest.
            logger.exception("A training failed.")
            reason = (
                f"The training failed ({type(error).__name__}). Change a control and try again."
            )
            self._end(job, JobState.FAILED, reason)
        else:
            if result is None:
                paused = job.asked is Interruption.PAUSE
                self._end(job, JobState.PAUSED if paused else JobState.STOPPED, NOTHING_LEARNED)
            elif isinstance(result, Checkpoint):
                self._wait_again(job, result, at_the_end=True)
            else:
                self._end_with(job, result)

    def _worker_died(self, job: Job) -> None:
        if job.state is JobState.RUNNING:  # the one behind it is not to blame
            job.restarts += 1
        if job.restarts > limits.WORKER_RESTARTS:
            self._end(job, JobState.INTERRUPTED, WORKER_DIED)
        else:
            self._wait_again(job, job.start, at_the_end=False)

    def _wait_again(self, job: Job, start: Checkpoint | None, at_the_end: bool) -> None:
        with self._lock:
            self._futures.pop(job.id, None)
            self._line.back(job, at_the_end)
            job.wait_again(start)
            self._keep(job)
        self._wake.set()

    def _end_with(self, job: Job, result: TrainedNetwork) -> None:
        with self._lock:
            job.finish(result)
        self._forget(job)

    def _end(self, job: Job, state: JobState, reason: str) -> None:
        with self._lock:
            job.give_up(state, reason)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._line.leave(job)
            self._futures.pop(job.id, None)
            self._keep(job)
        self._wake.set()  # the next one's turn

    def _watch(self) -> None:
        """Send jobs, keep the workers alive, and pause what nobody watches any more."""
        while not self._closed.is_set():
            self._wake.clear()
            try:
                self._look_after()
            except EngineError as error:
                for job in self._line.jobs():
                    self._end(job, JobState.INTERRUPTED, str(error))
            except Exception:
                # One failure, whatever it is, must not end the care for all the other jobs.
                logger.exception("The queue could not look after its workers this time.")
            self._wake.wait(_WATCH_SECONDS)

    def _look_after(self) -> None:
        if time.monotonic() > self._next_beat:
            self._next_beat = time.monotonic() + _BEAT_SECONDS
            for job in self._line.jobs():
                if job.state is JobState.RUNNING:
                    self._keep(job)  # with the epochs since
            self._beat([job.id for job in self._line.jobs() if job.state is JobState.QUEUED])
        self._workers.client()
        self._workers.revive(idle=self._line.idle)
        for job in self._line.jobs():
            abandoned = time.monotonic() - job.last_seen > limits.ABANDONED_AFTER_SECONDS
            if abandoned and job.asked is None:
                self.pause(job)
        self._dispatch()
