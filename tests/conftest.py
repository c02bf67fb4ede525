"""What many tests share: the digits, a small part of them, and real workers."""

import os

# Before any test imports Keras: the same threads as in the workers, so the same numbers.
os.environ["TF_NUM_INTRAOP_THREADS"] = "2"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from digitlab.data import Dataset, load_mnist
from digitlab.training.queue import TrainingQueue


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    return load_mnist()


@pytest.fixture(scope="session")
def small(mnist: Dataset) -> Dataset:
    """The first 2,010 and 500 digits: the last batch of 100 is not full."""
    return Dataset(
        mnist.x_train[:2010], mnist.y_train[:2010], mnist.x_test[:500], mnist.y_test[:500]
    )


@pytest.fixture(scope="session")
def queue() -> Iterator[TrainingQueue]:
    """The embedded cluster with its two worker processes."""
    queue = TrainingQueue()
    wait_until(lambda: queue.ready, "the training worker to start")
    yield queue
    queue.close()


def wait_until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Poll until the condition holds; fail with a sentence when it doesn't in time."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {seconds} s for {what}.")
        pause.wait(0.02)
