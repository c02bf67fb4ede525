"""What many tests share: the digits, a small part of them, and real workers."""

import os
import tempfile

# Runs of the tests are kept apart from those of whoever runs them.
os.environ["DIGITLAB_DATABASE_URL"] = (
    f"sqlite:///{tempfile.mkdtemp(prefix='digitlab-')}/runs.sqlite"
)

# Before any test imports Keras: the same threads as in the workers, so the same numbers.
os.environ["TF_NUM_INTRAOP_THREADS"] = "2"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import asyncio
import functools
import shutil
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_runner

from digitlab.compute.service import TrainingQueue
from digitlab.compute.worker import leave_random_to_keras
from digitlab.data.mnist import Dataset, load_mnist
from digitlab.records.job import Job
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.array_cache import KeptNetwork
from digitlab.specs import RunSpec, TrainSpec
from digitlab.ui.session import services

T = TypeVar("T")


def missing(what: str) -> NoReturn:
    """Skip a test for what is not installed here; in CI all has to be there.

    Args:
        what: what is missing, and how it is installed.
    """
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


leave_random_to_keras()  # Dask's threads are in this process too, beside what the tests train

# Where Keras is in the process, Streamlit clears its session and collects garbage after each run
# of a page: 0.3 s. The web process has no Keras, so pages under AppTest run without that too.
script_runner._clean_problem_modules = lambda: None

# Each AppTest looks through all installed packages for components: once is enough.
manifest_scanner.scan_component_manifests = functools.cache(
    manifest_scanner.scan_component_manifests
)


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
    """The queue that pages under AppTest use too, with its two worker processes."""
    queue = services.queue()
    wait_until(lambda: len(queue.process_ids()) == 2, "the workers to start")
    yield queue
    queue.close()
    services.repository().close()
    shutil.rmtree(Path(os.environ["DIGITLAB_DATABASE_URL"].removeprefix("sqlite:///")).parent)


@pytest.fixture(scope="session")
def trained(queue: TrainingQueue) -> TrainedNetwork:
    """The article's network after one epoch, from a worker."""
    job = queue.submit(Job(RunSpec(training=TrainSpec(epochs=1, seed=5)), "trained"))
    wait_until(lambda: not job.active, "the training to end")
    network = job.result
    assert network is not None, job.reason
    # Once it is kept its arrays stand on the shelf; tests change some of them.
    whole = network.whole if isinstance(network, KeptNetwork) else network
    assert whole is not None
    return whole


def finished(network: TrainedNetwork) -> Job:
    """A job that has ended with this network."""
    job = Job(network.spec, "me")
    job.finish(network)
    return job


def run_async(scenario: Coroutine[object, object, T]) -> T:
    """What a coroutine returns; in a thread, since Playwright leaves its event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scenario).result()


def wait_until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Poll until the condition holds; fail with a sentence when it doesn't in time."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {seconds} s for {what}.")
        pause.wait(0.02)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots",
        action="store_true",
        help="Write the README's pictures to docs/screenshots.",
    )
