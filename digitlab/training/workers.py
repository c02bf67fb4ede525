"""The web process's line to the workers: its own two, or those of a cluster that exists."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from distributed import Client, KilledWorker
from numpy.typing import NDArray

from digitlab import limits
from digitlab.training import tasks
from digitlab.training.cluster import EmbeddedCluster
from digitlab.training.records import Network, PlainNetwork

T = TypeVar("T")

logger = logging.getLogger(__name__)

_CONNECT_SECONDS = 5
_PATIENT = -10  # of Dask's priorities: the higher ones go first

NO_WORKERS = "The workers can't be reached. Try again in a minute, or tell whoever runs this lab."

NO_WEIGHTS = (
    "The weights of this network are no longer kept. Train it once more: same seed, same network. If it "
    "came from a file, bring the file again."
)


class EngineError(RuntimeError):
    """The workers can't answer; the message says what to do."""


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
        self._closed = False
        self._lock = threading.Lock()  # one connects, revives or closes at a time

    def client(self) -> Client:
        """The client, connected if it was not.

        Raises:
            EngineError: if there is nothing to connect to.
        """
        with self._lock:
            if self._closed:
                raise EngineError(NO_WORKERS)
            if self._client is not None and self._client.status == "closed":
                self._client = None  # Dask gave the scheduler up; it may be back
            if self._client is None:
                try:
                    self._client = self._connect()
                except Exception as error:
                    # Dask fails in many ways when it can't start or connect; the log says how.
                    logger.warning("No connection to the workers.", exc_info=error)
                    raise EngineError(NO_WORKERS) from error
            return self._client

    def trainers(self) -> int:
        """How many trainings there can be at once now."""
        count = self._connected_trainers()
        return min(count, 1) if self._cluster else count  # its successor may be there too

    def _connected_trainers(self) -> int:
        workers = self.client().scheduler_info(n_workers=-1).get("workers", {})
        return sum("train" in worker["resources"] for worker in workers.values())

    def run_on_all(self, function: Callable[..., Any], *arguments: str) -> None:
        """Run a coroutine function in every worker's event loop, without waiting for it."""
        self.client().run(function, *arguments, wait=False, on_error="ignore")

    def predict(self, network: Network, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities for uint8 images `(n, 28, 28) -> (n, 10)`.

        Raises:
            EngineError: if the weights are lost, or no worker answers in time.
        """
        return self.ask(tasks.predict, network, images)

    def ask(
        self, task: Callable[..., T], network: Network, *arguments: Any, patient: bool = False
    ) -> T:
        """What a task finds out about a network: `task(PlainNetwork, *arguments)`, on a worker.

        Args:
            task: a function of a module that the web process may import.
            network: that it looks at.
            arguments: picklable, as the answer must be.
            patient: let the questions of others go first.

        Raises:
            EngineError: if the weights are lost, or no worker answers in time.
        """
        if not network.weights:
            raise EngineError(NO_WEIGHTS)
        plain = PlainNetwork.of(network)
        with contextlib.suppress(KilledWorker):  # a new worker is on its way: once more
            return self._ask(task, plain, *arguments, patient=patient)
        try:
            return self._ask(task, plain, *arguments, patient=patient)
        except KilledWorker as error:
            raise EngineError(NO_WORKERS) from error

    def revive(self, idle: bool) -> None:
        """Start anew the embedded workers that have died or, between trainings, grown too large."""
        if self._cluster is None:
            return
        trainers = self._connected_trainers()
        with self._lock:
            renewed = self._cluster.renew(idle, trainers)
            self._cluster.revive()
        deadline = time.monotonic() + _CONNECT_SECONDS
        while renewed and self._connected_trainers() >= trainers and time.monotonic() < deadline:
            time.sleep(0.01)  # until the scheduler knows, or it would send a job to the old one

    @property
    def renewing(self) -> bool:
        """Whether the embedded training worker is to be replaced as soon as it has no job."""
        return self._cluster is not None and self._cluster.renewing

    def process_ids(self) -> dict[str, int]:
        """Process ids of the embedded workers, by kind; empty on a cluster."""
        cluster = self._cluster
        return cluster.process_ids() if cluster else {}

    def close(self) -> None:
        """Give them back; an embedded cluster ends."""
        with self._lock:
            self._closed = True
            if self._client is not None:
                self._client.close()
            if self._cluster is not None:
                self._cluster.close()
            self._client = self._cluster = None

    def _connect(self) -> Client:
        if self._scheduler is None and self._cluster is None:
            self._cluster = EmbeddedCluster()
        client = Client(
            self._cluster.address if self._cluster else self._scheduler,
            security=self._cluster.security if self._cluster else None,
            timeout=_CONNECT_SECONDS,
            set_as_default=False,
        )
        client.subscribe_topic(self._topic, self._listen)
        return client

    def _ask(self, task: Callable[..., T], *arguments: Any, patient: bool) -> T:
        future = self.client().submit(
            task,
            *arguments,
            pure=False,
            resources={"predict": 1},
            priority=_PATIENT if patient else 0,
        )
        try:
            answer: T = future.result(limits.PREDICTION_TIMEOUT_SECONDS)
        except KilledWorker:
            raise
        except Exception as error:
            # A page can say no more than that; the log has the rest.
            logger.warning("A question to a worker failed.", exc_info=error)
            future.cancel()
            raise EngineError(NO_WORKERS) from error
        return answer
