"""Training for one time slice, and its interruption."""

import time

from distributed import Worker, get_worker

from digitlab import limits
from digitlab.data.mnist import load_mnist
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork
from digitlab.records.time_slice import TimeSlice, key_prefix
from digitlab.records.training import (
    Interruption,
    Progress,
    Record,
    Refusal,
    to_message,
)

_REPORT_SECONDS = 0.2
"""Between two reports of the way through an epoch; pages look 2.5 times a second."""

_requests: dict[str, Interruption] = {}  # by the task's key; in the worker's process


def train(time_slice: TimeSlice) -> TrainedNetwork | Checkpoint | Refusal | None:
    """Train in this worker for one time slice: to the end, or until others should have theirs.

    Its records go to the slice's topic; the first one is None: it has begun.

    Returns:
        The network; a checkpoint if the training is not over, only this time slice; a refusal if
        Keras does not train this; None if it was stopped before the end of its first epoch.
    """
    from digitlab.engine import fit

    worker = get_worker()
    task = worker.get_current_task()
    began = time.monotonic()
    before = time_slice.start.seconds if time_slice.start else 0.0

    reported = began
    within = time_slice.start is not None and time_slice.start.partial is not None

    def report(record: Record | None) -> None:
        nonlocal reported, within
        within = isinstance(record, Progress)
        if isinstance(record, Progress):
            if time.monotonic() < reported + _REPORT_SECONDS:
                return
            reported = time.monotonic()
        message = {"job": time_slice.job, "slice": time_slice.number, "record": to_message(record)}
        worker.log_event(time_slice.topic, message)

    def interruption() -> Interruption | None:
        # Dask forgets or cancels the task when the web process that wanted it is gone.
        if task not in worker.state.tasks or worker.state.tasks[task].state != "executing":
            return Interruption.STOP
        if time_slice.requested is Interruption.STOP:
            return time_slice.requested  # what is left takes no whole time slice
        seconds = time.monotonic() - began
        # Before what is wanted since: the job comes back for that.
        if seconds > time_slice.seconds and not (time_slice.whole_epochs and within):
            return Interruption.PREEMPTED
        if requested := time_slice.requested or _requests.get(time_slice.key):
            return requested
        return Interruption.TOO_LONG if before + seconds > limits.MAX_TRAINING_SECONDS else None

    _requests.pop(
        time_slice.key, None
    )  # meant an earlier training of the same run, which had just ended
    report(None)
    try:
        return fit.train(time_slice.spec, load_mnist(), report, interruption, time_slice.start)
    finally:
        _requests.pop(time_slice.key, None)


async def request(job_id: str, interruption: str, dask_worker: Worker) -> None:
    """Interrupt the training of this job, if this worker is at it.

    Who requests it repeats the request until the training has ended.
    A coroutine: it runs on the worker's event loop, beside the training's thread.
    """
    for key, task in list(dask_worker.state.tasks.items()):
        if str(key).startswith(key_prefix(job_id)) and task.state == "executing":
            _requests[str(key)] = Interruption(interruption)
