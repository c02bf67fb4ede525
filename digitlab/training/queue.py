"""The server's queue: who trains next, and what comes back from the workers."""

import atexit
import contextlib
import logging
import threading
import time
from collections import deque
from concurrent.futures import CancelledError
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
from digitlab.training.records import TrainedNetwork, from_message
from digitlab.training.workers import NO_WORKERS, EngineError, Workers

_WATCH_SECONDS = 1.0
_COLLECT_SECONDS = 60  # a result is 5 MB at most
_FIRST_GUESS_SECONDS = 4.0  # the article's recipe on two cores, before one was timed

WORKER_DIED = "The worker that trained this network stopped unexpectedly. Press Train again."


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
        self._wake = threading.Event()  # there is something to do before the next look
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
        self._wake.set()
        return job

    def place(self, job: Job) -> int:
        """How many trainings came before this one and have not ended."""
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
        if job.state is JobState.QUEUED:
            with self._lock:
                future = self._futures.get(job.id)
            self._end(job, JobState.STOPPED, "It was stopped before its turn came.")
            if future is not None:  # sent, and perhaps just begun: the worker sees it cancelled
                future.cancel()
        elif job.active:
            with contextlib.suppress(EngineError):  # no worker, nothing to stop
                self._workers.run_on_all(tasks.request_stop, job.id)

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
        self._wake.set()
        self._workers.close()

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        return self._workers.process_ids()

    def _dispatch(self) -> None:
        """Send as many jobs as there are training workers."""
        client = self._workers.client()
        self._trainers = self._workers.trainers()
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.id not in self._futures]
            free = self._trainers - len(self._futures)
            for job in waiting[: max(0, free)]:
                future = client.submit(
                    tasks.train,
                    job.run,
                    job.id,
                    self._topic,
                    key=tasks.task_key(job.id),
                    pure=False,
                    resources={"train": 1},
                )
                self._futures[job.id] = future
                future.add_done_callback(lambda future, job=job: self._collect(job, future))

    def _note(self, event: tuple[float, dict[str, Any]]) -> None:
        job = self._jobs.get(event[1]["job"])
        if job is None:
            return  # ended meanwhile; its result holds everything
        record = from_message(event[1]["record"])
        with self._lock:
            if record is None:
                job.begin()
            else:
                job.note(record)

    def _collect(self, job: Job, future: Future[Any]) -> None:
        """Take a finished task's result into its job. Runs in a thread of Dask's."""
        try:
            result = future.result(_COLLECT_SECONDS)
        except KilledWorker:
            self._end(job, JobState.FAILED, WORKER_DIED)
        except (CancelledError, TimeoutError, OSError):  # the scheduler went away
            self._end(job, JobState.FAILED, NO_WORKERS)
        except Exception as error:
            # Whatever a training raises must end its job; the log has the rest.
            logger.exception("A training failed.")
            reason = (
                f"The training failed ({type(error).__name__}). Change a control and try again."
            )
            self._end(job, JobState.FAILED, reason)
        else:
            with self._lock:
                job.finish(result)
                self._took.append(job.elapsed)
            self._forget(job)

    def _end(self, job: Job, state: JobState, reason: str) -> None:
        with self._lock:
            job.give_up(state, reason)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.id, None)
            self._futures.pop(job.id, None)
        self._wake.set()  # the next one's turn

    def _watch(self) -> None:
        """Send jobs, keep the workers alive, and stop what nobody watches any more."""
        while not self._closed.is_set():
            self._wake.clear()
            try:
                self._look_after()
            except EngineError as error:
                for job in list(self._jobs.values()):
                    self._end(job, JobState.FAILED, str(error))
            except Exception:
                # One failure, whatever it is, must not end the care for all the other jobs.
                logger.exception("The queue could not look after its workers this time.")
            self._wake.wait(_WATCH_SECONDS)

    def _look_after(self) -> None:
        self._workers.client()
        self._workers.revive(idle=not self._futures)
        for job in list(self._jobs.values()):
            abandoned = time.monotonic() - job.last_seen > limits.ABANDONED_AFTER_SECONDS
            if abandoned:
                self.stop(job)
        self._dispatch()
