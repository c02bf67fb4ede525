"""What the queue sends to the workers: the door between the two kinds of process.

The web process imports this module to name its functions; Keras is imported only inside
them, where they run.
"""

import time
from collections.abc import Sequence

import numpy as np
from distributed import Worker, get_worker
from numpy.typing import NDArray

from digitlab import limits
from digitlab.data import load_mnist
from digitlab.specs import IMAGE_SHAPE, NetworkSpec, RunSpec
from digitlab.training.records import Record, TrainedNetwork, to_message

ASKED = "It was stopped."
TOO_LONG = (
    f"It took longer than {limits.MAX_TRAINING_SECONDS // 60} minutes, the most that this lab gives "
    "one training."
)

_stop_requests: set[str] = set()  # ids of jobs; in the worker's process


def train(run: RunSpec, job_id: str, topic: str) -> TrainedNetwork:
    """Run one training in this worker; its records go to `topic`, each with the job's id.

    The first one is None: the training has started.
    """
    from digitlab.training import fit

    worker = get_worker()
    task = worker.get_current_task()
    deadline = time.monotonic() + limits.MAX_TRAINING_SECONDS

    def report(record: Record | None) -> None:
        worker.log_event(topic, {"job": job_id, "record": to_message(record)})

    def should_stop() -> str:
        # Dask forgets or cancels the task when the web process that wanted it is gone.
        wanted = task in worker.state.tasks and worker.state.tasks[task].state == "executing"
        if not wanted or job_id in _stop_requests:
            return ASKED
        return TOO_LONG if time.monotonic() > deadline else ""

    report(None)
    try:
        return fit.train(run, load_mnist(), report, should_stop)
    finally:
        _stop_requests.discard(job_id)


async def request_stop(job_id: str, dask_worker: Worker) -> None:
    """Let the training with this id, if it is on this worker, end after the batches under way.

    A coroutine: it runs on the worker's event loop, beside the training's thread.
    """
    if task_key(job_id) in dask_worker.state.tasks:
        _stop_requests.add(job_id)


def task_key(job_id: str) -> str:
    """The key under which Dask knows a job's task."""
    return f"train-{job_id}"


def predict(
    network: NetworkSpec, weights: Sequence[NDArray[np.float32]], images: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`."""
    from digitlab.training import inference

    return inference.probabilities(network, weights, images)


def warm_up() -> None:
    """Import Keras and compute once, so that the first visitor doesn't wait for it."""
    from digitlab.models import build_model
    from digitlab.training import inference

    network = NetworkSpec()
    images = np.zeros((1, *IMAGE_SHAPE), np.uint8)
    inference.probabilities(network, build_model(network).get_weights(), images)
