"""From the queue to the workers and back: what is sent, and what becomes of it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from distributed import Future, KilledWorker

from digitlab import limits
from digitlab.compute.cluster.client import Workers
from digitlab.compute.fair_queue import FairQueue
from digitlab.compute.tasks import training
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode, refused
from digitlab.records.training import Interruption, Refusal

_AHEAD = 1
"""Jobs that are with the workers before their time slice, so that none waits for the next one."""

_DEATHS = 5  # of its worker before it even began
_COLLECT_SECONDS = 60  # a result is 15 MB at most

logger = logging.getLogger(__name__)


class Dispatcher:
    """Gives the workers their time slices, and the jobs their ends.

    Args:
        workers: the connection to them.
        fair_queue: who waits.
        topic: of the events that carry the jobs' records.
        save: as in `TrainingQueue`.
        wake: called when the next one may have its time slice.

    Attributes:
        trainers: training workers that were there at the last look.
    """

    def __init__(
        self,
        workers: Workers,
        fair_queue: FairQueue,
        topic: str,
        save: Callable[[Job], None],
        wake: Callable[[], None],
    ) -> None:
        self._workers, self._fair_queue, self._topic = workers, fair_queue, topic
        self._save, self._wake = save, wake
        self._futures: dict[str, Future[Any]] = {}  # of those that are with the workers
        # Held while a time slice is sent, too: who ends its job meanwhile finds its future.
        self._futures_lock = threading.Lock()
        self.trainers = 0

    def dispatch(self) -> None:
        """Send as many jobs as there are training workers, and one ahead."""
        client = self._workers.client()
        self.trainers = self._workers.trainers()
        if self.trainers == 0:
            return
        ahead = 0 if self._workers.renewing else _AHEAD
        chosen = self._fair_queue.send(self.trainers + ahead)
        for index, job in enumerate(chosen):
            with self._futures_lock:
                time_slice = job.next_slice(
                    self._topic, whole_epochs=self._fair_queue.memory_used_up
                )
                if time_slice is None:  # it has just ended
                    continue
                try:
                    future = client.submit(
                        training.train,
                        time_slice,
                        key=time_slice.key,
                        pure=False,
                        resources={"train": 1},
                    )
                except Exception:
                    for unsent in chosen[index:]:
                        self._fair_queue.back(unsent, at_the_end=False)
                    raise
                self._futures[job.id] = future
            future.add_done_callback(lambda future, job=job: self._collect_beside(job, future))

    def give_back(self, job: Job) -> None:
        """End a job that has not begun, or at least not said so."""
        stopped = job.requested is Interruption.STOP
        state = JobState.STOPPED if stopped else JobState.PAUSED
        future = self.end(job, state, Reason(ReasonCode.NOT_BEGUN))
        if future is not None:  # sent, and perhaps just begun: the worker sees it cancelled
            future.cancel()

    def end(self, job: Job, state: JobState, reason: Reason) -> Future[Any] | None:
        """End a job without a network; what it was doing with the workers, if anything."""
        job.give_up(state, reason)
        return self._forget(job)

    def _collect_beside(self, job: Job, future: Future[Any]) -> None:
        """Collect a result in a thread of its own.

        Dask has one thread for all callbacks: a result that is slow to come would hold up the rest.
        There are no more of these threads than jobs that are with the workers.
        """
        collect = threading.Thread(
            target=self._collect, args=(job, future), name="digitlab-collect", daemon=True
        )
        collect.start()

    def _collect(self, job: Job, future: Future[Any]) -> None:
        """Take a finished task's result into its job."""
        try:
            result = future.result(_COLLECT_SECONDS)
        except KilledWorker:
            self._worker_died(job)
        except (CancelledError, TimeoutError):  # the scheduler went away
            self.end(job, JobState.INTERRUPTED, Reason(ReasonCode.NO_WORKERS))
        except Exception as error:
            if isinstance(error, OSError) and future.status != "error":  # the same
                self.end(job, JobState.INTERRUPTED, Reason(ReasonCode.NO_WORKERS))
                return
            # Whatever a training raises must end its job; the log has the rest.
            logger.exception("A training failed.")
            reason = Reason(ReasonCode.FAILED, {"error": type(error).__name__})
            self.end(job, JobState.FAILED, reason)
        else:
            if result is None:
                paused = job.requested is Interruption.PAUSE
                state = JobState.PAUSED if paused else JobState.STOPPED
                self.end(job, state, Reason(ReasonCode.NOTHING_LEARNED))
            elif isinstance(result, Refusal):
                self.end(job, JobState.FAILED, refused(str(result)))
            elif isinstance(result, Checkpoint):
                self._wait_again(job, result, at_the_end=True)
            else:
                self._end_with(job, result)

    def _worker_died(self, job: Job) -> None:
        job.lose_worker()
        if job.restarts > limits.WORKER_RESTARTS or job.deaths > _DEATHS:
            self.end(job, JobState.INTERRUPTED, Reason(ReasonCode.WORKER_DIED))
        else:
            self._wait_again(job, job.start, at_the_end=False)

    def _wait_again(self, job: Job, start: Checkpoint | None, at_the_end: bool) -> None:
        if not job.wait_again(start, at_the_end):
            return  # it was ended meanwhile
        with self._futures_lock:
            self._futures.pop(job.id, None)
        # Last: from here on its next time slice may be sent.
        self._fair_queue.back(job, at_the_end)
        self._save(job)
        self._wake()

    def _end_with(self, job: Job, result: TrainedNetwork) -> None:
        job.finish(result)
        self._forget(job)

    def _forget(self, job: Job) -> Future[Any] | None:
        """Take a job that has ended out of the queue."""
        future = None
        if self._fair_queue.leave(job):
            with self._futures_lock:
                future = self._futures.pop(job.id, None)
            self._save(job)
        self._wake()  # the next one's time slice
        return future
