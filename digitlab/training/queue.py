"""The server's queue: who trains next, and what comes back from the workers."""

import atexit
import logging
import pickle
import threading
import time
from collections import deque
from statistics import fmean
from typing import Any
from uuid import uuid4

import numpy as np
from distributed import Future, KilledWorker
from numpy.typing import NDArray

from digitlab import limits
from digitlab.layers import total_parameters
from digitlab.specs import RunSpec
from digitlab.training import tasks
from digitlab.training.jobs import Job, JobState
from digitlab.training.records import Record, TrainedNetwork
from digitlab.training.workers import NO_WORKERS, EngineError, Workers

_WATCH_SECONDS = 1.0
_FIRST_GUESS_SECONDS = 4.0  # the article's recipe on two cores, before one was timed

WORKER_DIED = (
    "The worker that trained this network stopped, and a new one is starting. Press Train again."
)


logger = logging.getLogger(__name__)


class LimitError(ValueError):
    """What was asked for is past one of the lab's limits; the message names it."""


class TrainingQueue:
    """Trainings in order of arrival, one on each training worker; predictions at once.

    Args:
        scheduler: address of a Dask scheduler that exists; None starts an embedded one.

    The workers start in the background: a job may be submitted before they are there.
    """

    def __init__(self, scheduler: str | None = None) -> None:
        self._topic = f"digitlab-{uuid4().hex}"  # events of this web process only
        self._workers = Workers(scheduler, self._topic, self._note)
        self._jobs: dict[str, Job] = {}  # active ones, in order of arrival
        self._futures: dict[str, Future[Any]] = {}  # of those sent to a worker
        self._took: deque[float] = deque(maxlen=20)  # seconds of the last trainings
        self._trainers = 0  # training workers that are there
        self._lock = threading.RLock()
        self._closed = threading.Event()
        # Before Dask's own clean-up: its scheduler's end would look like dead workers to revive.
        atexit.register(self.close)
        threading.Thread(target=self._watch, name="digitlab-queue", daemon=True).start()

    def submit(self, run: RunSpec, owner: str) -> Job:
        """Queue one training.

        Raises:
            LimitError: if it is past a limit of the lab.
        """
        parameters = total_parameters(run.network)
        if parameters > limits.MAX_PARAMETERS:
            raise LimitError(
                f"This network has {parameters:,} parameters; the lab trains up to "
                f"{limits.MAX_PARAMETERS:,}. Take fewer units."
            )
        with self._lock:
            if sum(job.owner == owner for job in self._jobs.values()) >= limits.JOBS_PER_SESSION:
                raise LimitError("A training of yours is still under way. Stop it first, or wait.")
            if len(self._jobs) >= limits.QUEUE_LENGTH:
                raise LimitError(
                    f"{len(self._jobs)} trainings are waiting already. Try again in a minute."
                )
            job = Job(run, owner)
            self._jobs[job.id] = job
        self._dispatch()
        return job

    def place(self, job: Job) -> int:
        """How many trainings come before this one's turn; 0 when it is next or runs."""
        with self._lock:
            return list(self._jobs).index(job.id) if job.id in self._jobs else 0

    @property
    def ready(self) -> bool:
        """Whether a training worker is there; after the start it takes some seconds."""
        return self._trainers > 0

    def expected_wait(self, job: Job) -> float:
        """Seconds until its turn, from what runs now and how long the last ones took."""
        usual = fmean(self._took) if self._took else _FIRST_GUESS_SECONDS
        with self._lock:
            ahead = list(self._jobs.values())[: self.place(job)]
        seconds = sum(usual if other.remaining is None else other.remaining for other in ahead)
        return seconds / max(1, self._trainers)

    def stop(self, job: Job) -> None:
        """End a job: a waiting one at once, a running one after the batches under way."""
        with self._lock:
            sent = job.id in self._futures
        if sent:
            self._workers.client().run(tasks.request_stop, job.id, wait=False)
        else:
            self._end(job, JobState.STOPPED, "It was stopped before its turn came.")

    def predict(self, network: TrainedNetwork, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities for uint8 images `(n, 28, 28) -> (n, 10)`, whoever trains meanwhile.

        Raises:
            EngineError: if no worker answers in time.
        """
        return self._workers.predict(network, images)

    def close(self) -> None:
        """Give the workers back: at the end of the server, of a test or a benchmark."""
        atexit.unregister(self.close)
        self._closed.set()
        self._workers.close()

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        return self._workers.process_ids()

    def _dispatch(self) -> None:
        """Send as many jobs as there are training workers."""
        if not self._workers.connected:
            return  # the watch connects, then dispatches
        client = self._workers.client()
        self._trainers = self._workers.trainers()
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.id not in self._futures]
            free = max(1, self._trainers) - len(self._futures)
            for job in waiting[: max(0, free)]:
                future = client.submit(
                    tasks.train,
                    job.run,
                    job.id,
                    self._topic,
                    key=f"train-{job.id}",
                    pure=False,
                    resources={"train": 1},
                )
                self._futures[job.id] = future
                future.add_done_callback(lambda future, job=job: self._collect(job, future))

    def _note(self, event: tuple[float, dict[str, Any]]) -> None:
        job = self._jobs.get(event[1]["job"])
        if job is None:
            return  # ended meanwhile; its result holds everything
        record: Record | None = pickle.loads(event[1]["record"])
        if record is None:
            job.begin()
        else:
            job.note(record)

    def _collect(self, job: Job, future: Future[Any]) -> None:
        """Take a finished task's result into its job. Runs in a thread of Dask's."""
        if future.status == "finished":
            job.finish(future.result())
            self._took.append(job.elapsed)
            self._forget(job)
        elif future.status != "error":  # cancelled or lost: the scheduler went away
            self._end(job, JobState.FAILED, NO_WORKERS)
        elif isinstance(error := future.exception(), KilledWorker):
            self._end(job, JobState.FAILED, WORKER_DIED)
        else:
            logger.error("A training failed.", exc_info=error)
            reason = (
                f"The training failed ({type(error).__name__}). Change a control and try again."
            )
            self._end(job, JobState.FAILED, reason)

    def _end(self, job: Job, state: JobState, reason: str) -> None:
        job.give_up(state, reason)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.id, None)
            self._futures.pop(job.id, None)
        if not self._closed.is_set():
            self._dispatch()

    def _watch(self) -> None:
        """Connect, keep the workers alive, and stop what nobody watches any more."""
        while not self._closed.wait(_WATCH_SECONDS if self._workers.connected else 0):
            try:
                self._workers.client()
                self._look_after()
            except EngineError as error:
                for job in list(self._jobs.values()):
                    self._end(job, JobState.FAILED, str(error))
                self._closed.wait(_WATCH_SECONDS)
            except (OSError, RuntimeError):  # the connection broke; Dask makes it anew
                logger.exception("The queue can't reach its workers for the moment.")

    def _look_after(self) -> None:
        self._workers.revive()
        for job in list(self._jobs.values()):
            if time.monotonic() - job.last_seen > limits.ABANDONED_AFTER_SECONDS:
                self.stop(job)
        self._dispatch()
