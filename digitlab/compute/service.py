"""The server's queue: who trains next, and what comes back from the workers."""

import atexit
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from digitlab.compute.cluster.client import Workers
from digitlab.compute.dispatcher import Dispatcher
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.fair_queue import FairQueue
from digitlab.compute.requests import Asking
from digitlab.compute.tasks import training
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import Network
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.remote_request import RemoteRequest
from digitlab.records.training import Interruption, from_message
from digitlab.records.training_view import TrainingView

T = TypeVar("T")

_WATCH_SECONDS = 1.0
_HEARTBEAT_SECONDS = 3.0

logger = logging.getLogger(__name__)


class TrainingQueue:
    """Trainings in a fair order, one on each training worker; predictions at once.

    Args:
        scheduler: address of a Dask scheduler that exists; None starts an embedded one.
        save: called with a job when it has changed in a way that should outlive this process.
        heartbeat: called every few seconds with the ids of all that wait or run.
        remote_requests: what pages of other web processes request of them, by id; each is given
            once.
        ask: called with the id of another process's job, to stop or pause it.
        watch: called with the id of another process's job, as somebody watches it.
            All are called in any thread, and must neither block nor raise.

    The workers start in the background: a job may be submitted before they are there.

    Attributes:
        asking: questions about networks; `predict` and `ask` are short for its own.
    """

    def __init__(
        self,
        scheduler: str | None = None,
        save: Callable[[Job], None] = lambda job: None,
        heartbeat: Callable[[list[str]], None] = lambda ids: None,
        remote_requests: Callable[[], Mapping[str, RemoteRequest]] = dict,
        ask: Callable[[str, Interruption], None] = lambda job_id, interruption: None,
        watch: Callable[[str], None] = lambda job_id: None,
    ) -> None:
        self._topic = f"digitlab-{uuid4().hex}"  # events of this web process only
        self._workers = Workers(scheduler, self._topic, self._note)
        self.asking = Asking(self._workers)
        self._save, self._heartbeat = save, heartbeat
        self._remote_requests, self._ask, self._watch_there = remote_requests, ask, watch
        self._next_heartbeat = 0.0
        self._fair_queue = FairQueue()
        self._closed = threading.Event()
        self._wake = threading.Event()  # there is something to do before the next look
        self._dispatcher = Dispatcher(
            self._workers, self._fair_queue, self._topic, save, self._wake.set
        )
        # Before Dask's own clean-up: its scheduler's end would look like dead workers to revive.
        atexit.register(self.close)
        threading.Thread(target=self._watch, name="digitlab-queue", daemon=True).start()

    def submit(self, job: Job) -> Job:
        """Queue a new job.

        Raises:
            LimitError: if it is past a limit of the lab.
        """
        self._fair_queue.join(job)
        self._save(job)
        self._wake.set()
        return job

    def find(self, job_id: str) -> Job | None:
        """The job with this id, if it waits or runs here."""
        return self._fair_queue.find(job_id)

    def active(self) -> list[Job]:
        """All that run, then all that wait, next first."""
        return self._fair_queue.jobs()

    def position(self, job: TrainingView) -> int:
        """How many trainings are before this one."""
        return self._fair_queue.position(job)

    @property
    def ready(self) -> bool:
        """Whether a training worker is there; after the start it takes some seconds."""
        return self._dispatcher.trainers > 0

    def expected_wait(self, job: TrainingView) -> float:
        """Seconds until its time slice, from what runs now and how long the last ones took."""
        return self._fair_queue.expected_wait(job, self._dispatcher.trainers)

    def stop(self, job: TrainingView) -> None:
        """End a job after the batches under way; its last full epoch stays."""
        self._interrupt(job, Interruption.STOP)

    def pause(self, job: TrainingView) -> None:
        """End a job after the epoch under way, to go on later."""
        self._interrupt(job, Interruption.PAUSE)

    def touch(self, job_id: str) -> None:
        """Note that somebody still watches a job, also one of another web process."""
        if job := self._fair_queue.find(job_id):
            job.touch()
        else:
            self._watch_there(job_id)

    def predict(self, network: Network, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

        Raises:
            EngineError: if there is no answer.
        """
        return self.asking.predict(network, images)

    def ask(
        self, task: Callable[..., T], network: Network, *arguments: Any, patient: bool = False
    ) -> T:
        """What a task finds out about a network, on a worker; see `Asking.ask`.

        Raises:
            EngineError: if there is no answer.
        """
        return self.asking.ask(task, network, *arguments, patient=patient)

    @property
    def silence(self) -> float:
        """Seconds since the latest heartbeat of the lab's own training worker."""
        return self._workers.silence

    @property
    def failing(self) -> bool:
        """Whether the training workers failed several times in a row to start, or to be reached."""
        return self._workers.failing

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        return self._workers.process_ids()

    def expect_uploads(self) -> None:
        """Start the worker for networks from files, if it is the lab's own: one is being read."""
        with contextlib.suppress(EngineError):  # the question that follows says so
            self._workers.need_uploads()

    def close(self) -> None:
        """Give the workers back: at the end of the server, of a test or a benchmark."""
        atexit.unregister(self.close)
        self._closed.set()
        for job in self._fair_queue.jobs():
            self._dispatcher.end(job, JobState.INTERRUPTED, Reason(ReasonCode.SERVER_STOPPED))
        self._wake.set()
        self._workers.close()

    def _interrupt(self, job: TrainingView, interruption: Interruption) -> None:
        here = self._fair_queue.find(job.id)
        if here is None:
            self._ask(job.id, interruption)  # another web process may have it
            return
        begun = here.request(interruption)
        if not begun:
            self._dispatcher.give_back(here)
        else:
            with contextlib.suppress(EngineError):  # no worker, nothing to interrupt
                self._workers.run_on_all(training.request, here.id, str(interruption))

    def _note(self, event: tuple[float, dict[str, Any]]) -> None:
        message = event[1]
        job = self._fair_queue.find(message["job"])
        if job is None:
            return  # ended meanwhile, its result holds everything; or another process's
        record = from_message(message["record"])
        if record is None:
            job.begin(message["slice"])
            self._save(job)
        else:
            job.note(message["slice"], record)

    def _watch(self) -> None:
        """Send jobs, keep the workers alive, and pause what nobody watches any more."""
        while not self._closed.is_set():
            self._wake.clear()
            try:
                self._look_after()
            except EngineError as error:
                if self._workers.failing:  # else what waits goes on waiting: it is tried again
                    no_start = error.problem is Problem.NO_START
                    code = ReasonCode.NO_START if no_start else ReasonCode.NO_WORKERS
                    for job in self._fair_queue.jobs():
                        self._dispatcher.end(job, JobState.INTERRUPTED, Reason(code))
            except Exception:
                # One failure, whatever it is, must not end the care for all the other jobs.
                logger.exception("The queue could not look after its workers this time.")
            self._wake.wait(_WATCH_SECONDS)

    def _look_after(self) -> None:
        if time.monotonic() > self._next_heartbeat:
            self._next_heartbeat = time.monotonic() + _HEARTBEAT_SECONDS
            for job in self._fair_queue.jobs():
                if job.state is JobState.RUNNING:
                    self._save(job)  # with the epochs since
            self._heartbeat([job.id for job in self._fair_queue.jobs()])
        self._do_remote_requests()
        self._workers.client()
        idle = self._fair_queue.idle
        self._workers.revive(idle=idle, uploads=lambda: self.asking.uploads)
        if self._workers.failing:
            raise EngineError(Problem.NO_START)
        for job in self._fair_queue.jobs():
            if job.requested is not None:  # its worker may not have had it when it was requested
                self._interrupt(job, job.requested)
            elif job.attention.abandoned:
                self.pause(job)
        self._dispatcher.dispatch()

    def _do_remote_requests(self) -> None:
        """Do what pages of other web processes request of the jobs of this one."""
        for job_id, remote_request in self._remote_requests().items():
            job = self._fair_queue.find(job_id)
            if job is None:
                continue
            job.attention.touch_from_elsewhere(remote_request.watched)
            if (
                remote_request.interruption is not None
                and remote_request.interruption is not job.requested
            ):
                self._interrupt(job, remote_request.interruption)
                self._save(job)  # so that they see that it has arrived
