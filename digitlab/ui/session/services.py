"""What all sessions of a server share: the queue and the memory of runs.

Both are made in the background soon after the first page, which needs neither and should not
wait for their packages; whoever needs one earlier makes it then.
"""

import os
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digitlab.compute.service import TrainingQueue
    from digitlab.runs import RunRepository

_AFTER_FIRST_PAGE_SECONDS = 1.5
"""The workers' import of TensorFlow takes the processor for some seconds; so long, the first
visitor's browser has it for the first page."""

_SWITCH_SECONDS = 0.0005
"""A thread of Python's waits this long for another one to give way, 5 ms by default. With thirty
visitors' scripts at work the server's event loop waits at each of its many small steps: at 5 ms
a class came to a standstill."""

_lock = threading.RLock()  # two visitors come at once, one of each is made


def queue() -> "TrainingQueue":
    """The server's one training queue.

    `DIGITLAB_SCHEDULER=tcp://host:8786` uses a Dask cluster that exists; otherwise the lab
    starts its own workers, which end with the server.
    """
    with _lock:
        return _queue()


def repository() -> "RunRepository":
    """The server's memory of runs.

    `DIGITLAB_DATABASE_URL=postgresql+psycopg://…` uses that database; otherwise a file in the
    user's data directory.
    """
    with _lock:
        return _repository()


@cache
def start_services() -> None:
    """Make both soon; the first visit to any page calls it."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    timer = threading.Timer(_AFTER_FIRST_PAGE_SECONDS, queue)
    timer.daemon = True
    timer.start()


@cache
def _queue() -> "TrainingQueue":
    from digitlab.compute.service import TrainingQueue

    memory = repository()
    return TrainingQueue(
        os.environ.get("DIGITLAB_SCHEDULER") or None,
        memory.keep,
        memory.beat,
        memory.wishes,
        memory.ask,
        memory.watch,
    )


@cache
def _repository() -> "RunRepository":
    from digitlab.runs import RunRepository

    return RunRepository(os.environ.get("DIGITLAB_DATABASE_URL") or None)
