"""The server's queue: who trains next, and what comes back from the workers."""

import contextlib
import pickle
import threading
import time
from collections import deque
from statistics import fmean
from typing import Any

import numpy as np
from distributed import Client, Future, KilledWorker
from numpy.typing import NDArray

from digitlab import limits
from digitlab.layers import total_parameters
from digitlab.specs import RunSpec
from digitlab.training import tasks
from digitlab.training.cluster import EmbeddedCluster
from digitlab.training.jobs import Job, JobState
from digitlab.training.records import Record, TrainedNetwork

_WATCH_SECONDS = 1.0
_CONNECT_SECONDS = 5
_FIRST_GUESS_SECONDS = 4.0  # the article's recipe on two cores, before one was timed

WORKER_DIED = (
    "The worker that trained this network stopped, and a new one is starting. Press Train again."
)
NO_WORKERS = "The workers can't be reached. Try again in a minute, or tell whoever runs this lab."


class LimitError(ValueError):
    """What was asked for is past one of the lab's limits; the message names it."""


class EngineError(RuntimeError):
    """The workers can't answer; the message says what to do."""


class TrainingQueue:
    """Trainings in order of arrival, one on each training worker; predictions at once.

    Args:
        scheduler: address of a Dask scheduler that exists; None starts an embedded one.

    The workers start in the background: a job may be submitted before they are there.
    """

    def __init__(self, scheduler: str | None = None) -> None:
        self._address = scheduler
        self._cluster: EmbeddedCluster | None = None
        self._client: Client | None = None
        self._topic = f"digitlab-{time.time_ns()}"  # events of this web process only
        self._jobs: dict[str, Job] = {}  # active ones, in order of arrival
        self._futures: dict[str, Future[Any]] = {}  # of those sent to a worker
        self._took: deque[float] = deque(maxlen=20)  # seconds of the last trainings
        self._trainers = 0  # training workers that are there
        self._lock = threading.RLock()
        self._connecting = threading.Lock()
        self._closed = threading.Event()
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
        if sent and self._client is not None:
            self._client.run(tasks.request_stop, job.id, wait=False)
        else:
            self._end(job, JobState.STOPPED, "It was stopped before its turn came.")

    def predict(
        self,
        network: TrainedNetwork,
        images: NDArray[np.uint8],
    ) -> NDArray[np.float32]:
        """Probabilities for uint8 images `(n, 28, 28) -> (n, 10)`, whoever trains meanwhile.

        Raises:
            EngineError: if no worker answers in time.
        """
        with contextlib.suppress(KilledWorker):  # a new worker is on its way: once more
            return self._predict(network, images)
        try:
            return self._predict(network, images)
        except KilledWorker as error:
            raise EngineError(NO_WORKERS) from error

    def close(self) -> None:
        """Give the workers back. For tests, benchmarks and the end of the server."""
        self._closed.set()
        if self._client is not None:
            self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        return self._cluster.process_ids() if self._cluster else {}

    def _predict(self, network: TrainedNetwork, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        future = self._connected().submit(
            tasks.predict,
            network.spec.network,
            network.weights,
            images,
            pure=False,
            resources={"predict": 1},
        )
        try:
            answer: NDArray[np.float32] = future.result(limits.PREDICTION_TIMEOUT_SECONDS)
        except TimeoutError as error:
            future.cancel()
            raise EngineError(NO_WORKERS) from error
        return answer

    def _connected(self) -> Client:
        """The client, connected on first use.

        Raises:
            EngineError: if there is nothing to connect to.
        """
        with self._connecting:
            if self._client is None:
                try:
                    if self._address is None and self._cluster is None:
                        self._cluster = EmbeddedCluster()
                    address = self._cluster.address if self._cluster else self._address
                    security = self._cluster.security if self._cluster else None
                    client = Client(
                        address,
                        security=security,
                        timeout=_CONNECT_SECONDS,
                        set_as_default=False,
                    )
                except (OSError, TimeoutError) as error:
                    raise EngineError(NO_WORKERS) from error
                client.subscribe_topic(self._topic, self._note)
                self._client = client
            return self._client

    def _dispatch(self) -> None:
        """Send as many jobs as there are training workers."""
        if self._client is None:
            return  # the watch connects, then dispatches
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        self._trainers = sum("train" in worker["resources"] for worker in workers)
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.id not in self._futures]
            free = max(1, self._trainers) - len(self._futures)
            for job in waiting[: max(0, free)]:
                future = self._client.submit(
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
        elif isinstance(error := future.exception(), KilledWorker):
            self._end(job, JobState.FAILED, WORKER_DIED)
        else:
            self._end(job, JobState.FAILED, f"The training failed: {error}")

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
        while not self._closed.wait(0 if self._client is None else _WATCH_SECONDS):
            try:
                self._connected()
            except EngineError as error:
                for job in list(self._jobs.values()):
                    self._end(job, JobState.FAILED, str(error))
                self._closed.wait(_WATCH_SECONDS)
                continue
            if self._cluster is not None:
                self._cluster.revive()
            for job in list(self._jobs.values()):
                if time.monotonic() - job.last_seen > limits.ABANDONED_AFTER_SECONDS:
                    self.stop(job)
            self._dispatch()
