"""The web process's connection to the workers: its own ones, or those of a cluster that exists."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import dask
from distributed import Client

from digitlab import limits
from digitlab.compute.cluster.backoff import Backoff
from digitlab.compute.cluster.dask_settings import QUIET
from digitlab.compute.cluster.embedded import EmbeddedCluster
from digitlab.compute.cluster.event_loop import loop_in_thread
from digitlab.compute.errors import EngineError, Problem
from digitlab.records.training import WorkerKind

logger = logging.getLogger(__name__)

_CONNECT_SECONDS = 5

# Of the whole process: a client opens its connections later, and again, in threads of Dask's.
dask.config.set(QUIET)


class Workers:
    """Connected on first use, from any thread.

    Args:
        scheduler: address of a Dask scheduler that exists; None starts an embedded cluster.
        topic: of the events that `listen` gets.
        listen: called with `(timestamp, message)`, in a thread of Dask's.
    """

    def __init__(
        self,
        scheduler: str | None,
        topic: str,
        listen: Callable[[tuple[float, dict[str, Any]]], None],
    ) -> None:
        self._scheduler = scheduler
        self._topic = topic
        self._listen = listen
        self._cluster: EmbeddedCluster | None = None
        self._client: Client | None = None
        self._connection = contextlib.ExitStack()  # the client, and the loop that it runs in
        self._backoff = Backoff()
        self._closed = False
        self._lock = threading.Lock()  # one connects, revives or closes at a time

    def client(self) -> Client:
        """The client, connected if it was not.

        Raises:
            EngineError: if there is nothing to connect to, or there was not a moment ago.
        """
        with self._lock:
            if self._closed:
                raise EngineError(Problem.NO_WORKERS)
            if self._client is not None and self._client.status == "closed":
                self._disconnect()  # Dask gave the scheduler up; it may be back
            if self._client is None:
                problem = Problem.NO_WORKERS if self._scheduler else Problem.NO_START
                if self._backoff.pausing:
                    raise EngineError(problem)
                try:
                    self._client = self._connect()
                except Exception as error:
                    # Dask fails in many ways when it can't start or connect; the log says how.
                    logger.warning("No connection to the workers: %r", error)
                    self._backoff.failed()
                    raise EngineError(problem) from error
                self._backoff.succeeded()
            return self._client

    def trainers(self) -> int:
        """How many trainings there can be at once now."""
        count = self.connected(WorkerKind.TRAIN)
        return min(count, 1) if self._cluster else count  # its successor may be there too

    def connected(self, kind: WorkerKind) -> int:
        """How many workers of this kind are there.

        Raises:
            EngineError: as `client`.
        """
        workers = self.client().scheduler_info(n_workers=-1).get("workers", {})
        return sum(kind in worker["resources"] for worker in workers.values())

    def starting(self, kind: WorkerKind) -> bool:
        """Whether an embedded worker of this kind is on its way."""
        return self._cluster is not None and self._cluster.starting(kind)

    def run_on_all(self, function: Callable[..., Any], *arguments: str) -> None:
        """Run a coroutine function in every worker's event loop, without waiting for it.

        One that hangs would keep the page that asks for half a minute.
        """
        run = partial(self.client().run, function, *arguments, wait=False, on_error="ignore")
        threading.Thread(target=_quietly, args=(run,), name="digitlab-run", daemon=True).start()

    def need_uploads(self) -> None:
        """Have the worker for networks from files; the lab's own starts now, and takes seconds.

        Raises:
            EngineError: if there is none, or no connection.
        """
        self.client()
        with self._lock:
            if self._cluster is not None:
                self._cluster.need_uploads()
        if self._cluster is None and not self.connected(WorkerKind.UPLOADS):
            raise EngineError(Problem.NO_UPLOADS_WORKER)

    def revive(self, idle: bool, uploads: Callable[[], bool]) -> None:
        """Start anew the embedded workers that have died, hang, or have grown too large.

        Args:
            idle: whether no training is under way.
            uploads: says whether a network from a file is asked just now. It is called while
                `need_uploads` waits: a question that came after the call would lose its worker.
        """
        if self._cluster is None:
            return
        trainers = self.connected(WorkerKind.TRAIN)
        with self._lock:
            renewed = self._cluster.renew(idle, trainers)
            self._cluster.revive(uploads())
        deadline = time.monotonic() + _CONNECT_SECONDS
        while (
            renewed and self.connected(WorkerKind.TRAIN) >= trainers and time.monotonic() < deadline
        ):
            time.sleep(0.01)  # until the scheduler knows, or it would send a job to the old one

    @property
    def renewing(self) -> bool:
        """Whether the embedded training worker is to be replaced as soon as it has no job."""
        return self._cluster is not None and self._cluster.renewing

    @property
    def silence(self) -> float:
        """Seconds since the embedded training worker's latest heartbeat; 0 on a cluster."""
        return self._cluster.silence(WorkerKind.TRAIN) if self._cluster else 0.0

    @property
    def failing(self) -> bool:
        """Whether its training worker did not start, or was not reached, several times in a row."""
        unreached = self._backoff.failures >= limits.STARTS_TRIED
        return unreached or (self._cluster is not None and self._cluster.failing(WorkerKind.TRAIN))

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        cluster = self._cluster
        return cluster.process_ids() if cluster else {}

    def close(self) -> None:
        """Give them back; an embedded cluster ends."""
        with self._lock:
            self._closed = True
            self._disconnect()
            if self._cluster is not None:
                self._cluster.close()
            self._cluster = None

    def _connect(self) -> Client:
        if self._scheduler is None and self._cluster is None:
            self._cluster = EmbeddedCluster()
        with contextlib.ExitStack() as opened:
            client = Client(
                self._cluster.address if self._cluster else self._scheduler,
                security=self._cluster.security if self._cluster else None,
                timeout=_CONNECT_SECONDS,
                set_as_default=False,
                loop=opened.enter_context(loop_in_thread("digitlab-client")),
            )
            opened.callback(client.close)
            client.subscribe_topic(self._topic, self._listen)
            self._connection = opened.pop_all()
        return client

    def _disconnect(self) -> None:
        self._client = None
        self._connection.close()


def _quietly(run: Callable[[], Any]) -> None:
    try:
        run()
    except Exception as error:  # the workers are going, and what they do with them
        logger.warning("The workers could not be told: %r", error)
