"""One call of a function in a worker, and what it means when there is no answer."""

import logging
from typing import Any

from distributed import KilledWorker

from digitlab import limits
from digitlab.compute.admission import Urgency
from digitlab.compute.cluster.client import Workers
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.tasks import answering
from digitlab.records.training import Failure, WorkerKind

logger = logging.getLogger(__name__)

_PRIORITY = -10  # a step of Dask's priorities, of which the higher ones go first


class RemoteCall:
    """Calls functions in the workers.

    Args:
        workers: the connection to them.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def __call__(self, kind: WorkerKind, urgency: Urgency, *call: Any) -> Any:
        """What a worker of this kind returns for a function and its arguments.

        Once more if its worker died, unless the worker reads networks from files: the same file
        would kill the next one too.

        Raises:
            EngineError: if there is no answer; it says why.
        """
        try:
            return self._send(kind, urgency, *call)
        except KilledWorker as error:
            if kind is WorkerKind.UPLOADS:
                logger.warning("The worker for networks from files died with a question.")
                raise EngineError(Problem.UPLOADS_WORKER_DIED) from error
        try:
            return self._send(kind, urgency, *call)
        except KilledWorker as error:
            raise EngineError(Problem.NO_WORKERS) from error

    def _send(self, kind: WorkerKind, urgency: Urgency, *call: Any) -> Any:
        future = self._workers.client().submit(
            answering.answer,
            *call,
            pure=False,
            resources={str(kind): 1},
            priority=_PRIORITY * urgency,
        )
        try:
            answer = future.result(limits.PREDICTION_TIMEOUT_SECONDS)
        except KilledWorker:
            raise
        except Exception as error:  # a page can say no more than that
            logger.warning("No answer from a %s worker: %r", kind, error)
            future.cancel()
            raise EngineError(self._why(kind, error)) from error
        if isinstance(answer, Failure):
            logger.warning("A %s worker could not answer: %s", kind, answer)
            raise EngineError(Problem.FAILED)
        return answer

    def _why(self, kind: WorkerKind, error: Exception) -> Problem:
        """Why there is no answer."""
        if not isinstance(error, TimeoutError):
            return Problem.NO_WORKERS
        if self._workers.connected(kind):
            return Problem.SLOW
        return Problem.STARTING if self._workers.starting(kind) else Problem.NO_WORKERS
