"""The lab's own little cluster: a scheduler in this process, its workers beside it."""

import contextlib
import logging
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from distributed import Scheduler, Security

from digitlab import limits
from digitlab.compute.cluster.backoff import Backoff
from digitlab.compute.cluster.dask_settings import worker_settings
from digitlab.compute.cluster.event_loop import loop_in_thread
from digitlab.compute.cluster.liveness import Liveness
from digitlab.compute.cluster.scheduler import HOST, scheduler
from digitlab.compute.cluster.worker_process import WorkerProcess
from digitlab.records.training import WorkerKind

_YOUNG_SECONDS = 30  # whose memory is what this machine takes for a start, not a leak
_FORGET_SECONDS = 5  # until the scheduler knows that a worker has ended

logger = logging.getLogger(__name__)


class EmbeddedCluster:
    """A Dask scheduler on 127.0.0.1 and one worker process of each kind.

    Dask's own clusters don't serve here: `LocalCluster` with processes runs the Streamlit
    page again in each child, and `SubprocessCluster` refuses Windows. Only this process has
    the certificate, so no other user of the machine can submit work.

    What a step of the start has made is closed when a later one fails.

    Attributes:
        address: of the scheduler.
        security: what a client needs to connect.
    """

    def __init__(self) -> None:
        self._workers: dict[WorkerKind, WorkerProcess] = {}
        self._successors: dict[WorkerKind, WorkerProcess] = {}  # of those that have grown too large
        self._backoffs: dict[WorkerKind, Backoff] = defaultdict(Backoff)
        self._begun: set[str] = set()  # names of workers that the scheduler has known
        self._ended: set[str] = set()  # names of workers whose end was noted
        self._failed_starts: Counter[WorkerKind] = Counter()  # in a row
        self._liveness = Liveness()
        self._uploads_asked = 0.0  # when a network from a file was last asked
        with contextlib.ExitStack() as opened:
            folder = tempfile.TemporaryDirectory(prefix="digitlab-", ignore_cleanup_errors=True)
            self._folder = Path(opened.enter_context(folder))
            self.security = Security.temporary()
            self._scheduler = scheduler(
                self.security, opened.enter_context(loop_in_thread("digitlab-scheduler"))
            )
            opened.callback(self._scheduler.close)
            self.address: str = self._scheduler.scheduler_address
            opened.callback(self._kill)
            # One after the other: the first visitor wants to train, and on two cores two imports
            # of TensorFlow at once take twice as long. Networks from files come seldom: memory.
            self._workers[WorkerKind.TRAIN] = self._start(WorkerKind.TRAIN)
            self._opened = opened.pop_all()
        logger.info("The workers' logs are in %s.", self._folder)

    def revive(self, uploads: bool) -> None:
        """Start what is missing: the second worker, and each that has died or hangs.

        One that can't start, or ends soon, is started again only after a pause that grows.

        Args:
            uploads: whether a network from a file is asked just now.
        """
        self._end_hanging()
        self._rest(uploads)
        self._renew_predicting()
        if WorkerKind.PREDICT not in self._workers and self._heartbeats():
            self._try_to_start(WorkerKind.PREDICT)
        for kind, worker in list(self._workers.items()):
            if worker.code is not None:
                self._note_end(worker)
                if uploads or kind is not WorkerKind.UPLOADS:
                    self._try_to_start(kind)

    def need_uploads(self) -> None:
        """Have the worker for networks from files; it is there soon after the first need."""
        self._uploads_asked = time.monotonic()
        worker = self._workers.get(WorkerKind.UPLOADS)
        if worker is not None and worker.code is not None:
            self._note_end(worker)
        if worker is None or worker.code is not None:
            self._try_to_start(WorkerKind.UPLOADS)

    def silence(self, kind: WorkerKind) -> float:
        """Seconds since the latest heartbeat of the worker of this kind."""
        worker = self._workers.get(kind)
        return self._liveness.silence(worker.name) if worker else 0.0

    def starting(self, kind: WorkerKind) -> bool:
        """Whether a worker of this kind lives that the scheduler does not know yet."""
        worker = self._workers.get(kind)
        return worker is not None and worker.code is None and worker.name not in self._heartbeats()

    def failing(self, kind: WorkerKind) -> bool:
        """Whether the worker of this kind failed to start several times, and is not there."""
        worker = self._workers.get(kind)
        there = worker is not None and worker.name in self._heartbeats()
        return not there and self._failed_starts[kind] >= limits.STARTS_TRIED

    @property
    def renewing(self) -> bool:
        """Whether the training worker's successor has been started."""
        return WorkerKind.TRAIN in self._successors

    def renew(self, idle: bool, trainers: int) -> bool:
        """Replace the training worker if TensorFlow's leak has filled it, unseen by anyone.

        Its successor starts beside it, and takes over between two trainings once it is ready.

        Args:
            idle: whether no training is under way.
            trainers: how many training workers are connected.

        Returns:
            Whether the old one is gone now.
        """
        return self._renew(WorkerKind.TRAIN, idle and trainers > 1)

    def close(self) -> None:
        """End the workers, then the scheduler."""
        self._opened.close()

    def process_ids(self) -> dict[str, int]:
        """The workers' process ids, by kind."""
        return {str(kind): worker.pid for kind, worker in self._workers.items()}

    def _kill(self) -> None:
        for worker in self._all():
            worker.kill()

    def _all(self) -> list[WorkerProcess]:
        return [*self._workers.values(), *self._successors.values()]

    def _heartbeats(self) -> dict[str, float]:
        """When the scheduler last heard from each worker that it knows, by name."""
        scheduler: Scheduler | None = self._scheduler.scheduler
        known = list(scheduler.workers.values()) if scheduler else []
        return {str(worker.name): worker.last_seen for worker in known}

    def _end_hanging(self) -> None:
        heartbeats = self._heartbeats()
        self._begun.update(heartbeats)
        living = [worker for worker in self._all() if worker.code is None]
        self._liveness.look({worker.name: heartbeats.get(worker.name) for worker in living})
        for worker in living:
            if self._liveness.hangs(worker.name):
                silence = self._liveness.silence(worker.name)
                logger.warning("The %s worker was silent for %.0f s.", worker.kind, silence)
                worker.kill()  # its job is sent again, as after any end of a worker

    def _renew(self, kind: WorkerKind, ready: bool) -> bool:
        """Start a successor of a worker that is too large; it takes over when it is ready."""
        old, successor = self._workers[kind], self._successors.get(kind)
        if successor is None:
            too_large = old.megabytes > limits.MAX_WORKER_MEGABYTES
            if too_large and old.age > _YOUNG_SECONDS and (started := self._started(kind)):
                self._successors[kind] = started
        elif successor.code is not None:  # it did not even start
            self._note_end(successor)  # the next one waits longer
            del self._successors[kind]
        elif ready:
            old.end()
            self._workers[kind] = self._successors.pop(kind)
            return True
        return False

    def _renew_predicting(self) -> None:
        """The same for the one that answers. A question that the old one has is asked again."""
        old = self._workers.get(WorkerKind.PREDICT)
        successor = self._successors.get(WorkerKind.PREDICT)
        ready = successor is not None and successor.name in self._heartbeats()
        if old is not None and self._renew(WorkerKind.PREDICT, ready):
            self._wait_until_forgotten(old)

    def _rest(self, in_use: bool) -> None:
        """End the worker for networks from files when nobody needs it, or it is too large."""
        worker = self._workers.get(WorkerKind.UPLOADS)
        if in_use:
            self._uploads_asked = time.monotonic()
        elif worker is not None and worker.code is None:
            idle = time.monotonic() - self._uploads_asked > limits.UPLOADS_IDLE_SECONDS
            if idle or worker.megabytes > limits.MAX_WORKER_MEGABYTES:
                worker.kill()
                del self._workers[WorkerKind.UPLOADS]
                self._wait_until_forgotten(worker)

    def _wait_until_forgotten(self, worker: WorkerProcess) -> None:
        """Or the scheduler would send the next question to a worker that is gone."""
        deadline = time.monotonic() + _FORGET_SECONDS
        while worker.name in self._heartbeats() and time.monotonic() < deadline:
            time.sleep(0.01)

    def _note_end(self, worker: WorkerProcess) -> None:
        if worker.name not in self._ended:
            self._ended.add(worker.name)
            young = worker.age < _YOUNG_SECONDS
            words = f" Its last words:\n{worker.last_words()}" if young else ""
            logger.warning("The %s worker ended (%s).%s", worker.kind, worker.end_words, words)
            backoff = self._backoffs[worker.kind]
            backoff.failed() if young else backoff.succeeded()
            # One that began and was killed by its work is no failed start: the next one will begin.
            begun = worker.name in self._begun
            self._failed_starts[worker.kind] = 0 if begun else self._failed_starts[worker.kind] + 1

    def _try_to_start(self, kind: WorkerKind) -> None:
        if worker := self._started(kind):
            self._workers[kind] = worker

    def _started(self, kind: WorkerKind) -> WorkerProcess | None:
        """A new worker; None if it is too early for another try, or this one fails."""
        if self._backoffs[kind].pausing:
            return None
        try:
            return self._start(kind)
        except OSError as error:  # no memory, no handle, no process left
            logger.warning("The %s worker can't be started: %s", kind, error)
            self._backoffs[kind].failed()
            self._failed_starts[kind] += 1
            return None

    def _start(self, kind: WorkerKind) -> WorkerProcess:
        folder = str(self._folder)
        settings = worker_settings(self.security, folder)
        # TensorFlow leaves files when it is killed.
        environment = {"DASK_INTERNAL_INHERIT_CONFIG": settings, "TMPDIR": folder}
        return WorkerProcess(kind, self.address, HOST, self._folder, environment)
