"""From the line to the workers and back: what is sent, and what becomes of it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from distributed import Future, KilledWorker

from digitlab import limits
from digitlab.compute import tasks
from digitlab.compute.cluster.client import Workers
from digitlab.compute.fair_queue import FairQueue
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode, refused
from digitlab.records.training import Interruption, Refusal

_AHEAD = 1  # a job that is with the workers before its turn, so that none waits for the next one
_DEATHS = 5  # of its worker before it even began
_COLLECT_SECONDS = 60  # a result is 15 MB at most

logger = logging.getLogger(__name__)


class Dispatcher:
    """Gives the workers their turns, and the jobs their ends.

    Args:
        workers: the line to them.
        line: who waits.
        topic: of the events that carry the jobs' records.
        keep: as in `TrainingQueue`.
        wake: called when the next one may have its turn.

    Attributes:
        trainers: training workers that were there at the last look.
        lock: held while a job is changed.
    """

    def __init__(
        self,
        workers: Workers,
        line: FairQueue,
        topic: str,
        keep: Callable[[Job], None],
        wake: Callable[[], None],
    ) -> None:
        self._workers, self._line, self._topic = workers, line, topic
        self._keep, self._wake = keep, wake
        self._futures: dict[str, Future[Any]] = {}  # of those that are with the workers
        self.trainers = 0
        self.lock = threading.RLock()

    def dispatch(self) -> None:
        """Send as many jobs as there are training workers, and one ahead."""
        client = self._workers.client()
        self.trainers = self._workers.trainers()
        if self.trainers == 0:
            return
        ahead = 0 if self._workers.renewing else _AHEAD
        chosen = self._line.send(self.trainers + ahead)
        for index, job in enumerate(chosen):
            with self.lock:
                job.turn += 1
                # Only what was learned is left to evaluate: nothing more is to be trained.
                asked = Interruption.STOP if job.ends_at_once else job.asked
                turn = tasks.TimeSlice(
                    job.spec,
                    job.id,
                    job.turn,
                    job.start,
                    asked,
                    self._topic,
                    limits.TURN_SECONDS,
                    whole_epochs=self._line.memory_used_up,
                )
                try:
                    future = client.submit(
                        tasks.train, turn, key=turn.key, pure=False, resources={"train": 1}
                    )
                except Exception:
                    for unsent in chosen[index:]:
                        self._line.back(unsent, at_the_end=False)
                    raise
                self._futures[job.id] = future
            future.add_done_callback(lambda future, job=job: self._collect_beside(job, future))

    def give_back(self, job: Job) -> None:
        """End a job that has not begun, or at least not said so."""
        with self.lock:
            future = self._futures.get(job.id)
        stopped = job.asked is Interruption.STOP
        self.end(
            job, JobState.STOPPED if stopped else JobState.PAUSED, Reason(ReasonCode.NOT_BEGUN)
        )
        if future is not None:  # sent, and perhaps just begun: the worker sees it cancelled
            future.cancel()

    def end(self, job: Job, state: JobState, reason: Reason) -> None:
        """End a job without a network."""
        with self.lock:
            job.give_up(state, reason)
        self._forget(job)

    def _collect_beside(self, job: Job, future: Future[Any]) -> None:
        """Dask has one thread for all callbacks: a result that is slow to come would hold up all others.

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
                paused = job.asked is Interruption.PAUSE
                state = JobState.PAUSED if paused else JobState.STOPPED
                self.end(job, state, Reason(ReasonCode.NOTHING_LEARNED))
            elif isinstance(result, Refusal):
                self.end(job, JobState.FAILED, refused(str(result)))
            elif isinstance(result, Checkpoint):
                self._wait_again(job, result, at_the_end=True)
            else:
                self._end_with(job, result)

    def _worker_died(self, job: Job) -> None:
        job.deaths += 1
        if job.state is JobState.RUNNING:  # the one behind it is not to blame
            job.restarts += 1
        if job.restarts > limits.WORKER_RESTARTS or job.deaths > _DEATHS:
            self.end(job, JobState.INTERRUPTED, Reason(ReasonCode.WORKER_DIED))
        else:
            self._wait_again(job, job.start, at_the_end=False)

    def _wait_again(self, job: Job, start: Checkpoint | None, at_the_end: bool) -> None:
        with self.lock:
            if self._line.find(job.id) is not job:
                return  # it was ended meanwhile
            self._futures.pop(job.id, None)
            self._line.back(job, at_the_end)
            job.wait_again(start)
            self._keep(job)
        self._wake()

    def _end_with(self, job: Job, result: TrainedNetwork) -> None:
        with self.lock:
            job.finish(result)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        with self.lock:
            if self._line.leave(job):
                self._futures.pop(job.id, None)
                self._keep(job)
        self._wake()  # the next one's turn
