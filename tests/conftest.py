"""What many tests share: the digits, a small part of them, and real workers; and their marks.

The marks (`pure`, `pages`, `processes`, `keras`, `workers`, `browser`) come from tests/needs.py,
which says the rule. This file is loaded for the pure tests too, in each of their processes: what
needs Dask, Streamlit or Keras is imported where it is used."""

import os
import tempfile

# Runs of the tests are kept apart from those of whoever runs them, and of each other's processes.
os.environ["DIGITLAB_DATABASE_URL"] = (
    f"sqlite:///{tempfile.mkdtemp(prefix='digitlab-')}/runs.sqlite"
)

# Before any test imports Keras: the same threads as in the workers, so the same numbers.
os.environ["TF_NUM_INTRAOP_THREADS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# Before any test imports NumPy: where several processes share the cores, the threads of OpenBLAS
# wait in a loop on the core of another process. That took a tenth of the pure tests' time.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"

import asyncio
import atexit
import gc
import logging
import shutil
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest

from digitlab.data.mnist import Dataset, load_mnist
from tests import component_scan, needs, promises

if TYPE_CHECKING:
    from digitlab.compute.service import TrainingQueue
    from digitlab.records.job import Job
    from digitlab.records.networks import TrainedNetwork
    from tests.random_networks import RandomNetwork

T = TypeVar("T")

_RUNS = Path(os.environ["DIGITLAB_DATABASE_URL"].removeprefix("sqlite:///")).parent
atexit.register(shutil.rmtree, _RUNS, ignore_errors=True)

MARK = pytest.StashKey[str]()

TIMEOUTS = {
    "pure": 60,
    "pages": 120,
    "processes": 300,
    "keras": 300,
    "workers": 300,
    "browser": 300,
}
"""Seconds that a test with this mark, and the fixtures that it is the first to use, may take.

A test that hangs ends the whole run otherwise: CI would wait for hours and not say for what. Each
number is about five times what the slowest test with this mark takes on two cores that are busy
with another one, so no honest test meets it. The waits in the tests themselves (`wait_until`, 60 s;
Playwright, 30 s) end earlier and say what was waited for.
"""


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in needs.MARKS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m "pure or pages"`, a file that has none of these tests is not even imported: that
    would load Keras or Playwright, 5 s each time, and all files together take 20 s."""
    asked = config.option.markexpr.split(" or ")
    if not set(asked) <= needs.MARKS.keys():  # no -m, or a more complicated one
        return None
    file = collection_path / "conftest.py" if collection_path.is_dir() else collection_path
    if file.suffix != ".py" or not file.is_file():
        return None
    if collection_path.is_dir():
        ranks = list(needs.MARKS)
        return ranks.index(needs.least(file)) > max(map(ranks.index, asked)) or None
    return needs.marks_of(file).isdisjoint(asked) or None


@pytest.hookimpl(tryfirst=True)  # before pytest's own look at -m
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test gets one mark, and its mark's timeout; those that load Keras come last.

    Where Keras is in the process, Streamlit clears its session and collects garbage after each run
    of a page: 0.3 s each time. Users' web process has no Keras, so pages run without it as well.
    Where processes share the files (pytest-xdist), they come first: they take the longest, and the
    others would wait for the last of them.
    """
    last = []
    for item in items:
        mark = _needed(item)
        if mark not in (marks := needs.marks_of(item.path)):
            raise pytest.UsageError(
                f"{item.nodeid} needs {mark}, but `needs.marks_of` finds {sorted(marks)} in its "
                f"source: with -m {mark}, its file would not be looked at."
            )
        if needs.misplaced(item.path, mark):
            raise pytest.UsageError(
                f"{item.nodeid} needs {mark}; its module imports Keras at its head. Import it in "
                "the function that uses it: the workers' tests and the pages run without Keras."
            )
        item.stash[MARK] = mark
        item.add_marker(mark)
        item.user_properties.append(("mark", mark))  # the report has it, from another process too
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(TIMEOUTS[mark]))
        if "keras" in _reached(item):
            last.append(item)
    late = set(last)
    others = [item for item in items if item not in late]
    items[:] = [*last, *others] if hasattr(config, "workerinput") else [*others, *last]


def pytest_collection(session: pytest.Session) -> None:
    """Nearly all that is made from here on stays: to look through it for garbage again and again
    is a seventh of the time that it takes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Two costs of every test, taken away once.

    Tests that collect garbage need not look at all of pytest's objects: 0.2 s each time. And
    pytest adds its handler, six times in a test, to each logger whose records do not come to the
    root. Each module of Streamlit has such a one: 5 % of the pure tests' time in a profile.
    """
    gc.freeze()
    gc.enable()
    for name in logging.root.manager.loggerDict:
        if name.startswith("streamlit."):
            logging.getLogger(name).propagate = True


def _reached(item: pytest.Item) -> frozenset[str]:
    assert isinstance(item, pytest.Function)
    name = item.cls.__name__ if item.cls else item.originalname
    return needs.reaches(item.path, name, tuple(sorted(item.fixturenames)))


def _needed(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    name = item.cls.__name__ if item.cls else item.originalname
    return needs.mark(item.path, name, tuple(sorted(item.fixturenames)))


# Not its teardown: with the last test end the fixtures of the whole session, whoever asked first.
@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with promises.kept(item.stash[MARK]):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with promises.kept(item.stash[MARK]):
        return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests of each mark there were, and how many seconds they took, one after the
    other."""
    seconds: dict[str, float] = defaultdict(float)
    tests: dict[str, set[str]] = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                mark = str(dict(report.user_properties)["mark"])
                seconds[mark] += report.duration
                tests[mark].add(report.nodeid)
    for mark in needs.MARKS:
        if mark in tests:
            terminalreporter.write_line(
                f"{mark:8} {len(tests[mark]):5} tests {seconds[mark]:7.1f} s"
            )


@pytest.fixture(autouse=True)
def no_workers(request: pytest.FixtureRequest) -> None:
    """The first page that is opened starts the workers soon after; not for tests that need none."""
    runs_pages = "streamlit.testing.v1.AppTest" in _reached(request.node)
    if runs_pages and request.node.stash[MARK] not in ("workers", "browser"):
        monkeypatch = request.getfixturevalue("monkeypatch")
        monkeypatch.setattr("digitlab.ui.shell.frame.start_services", lambda: None)


@pytest.fixture
def starts_processes() -> None:
    """For a test that starts programs deep in the lab, where tests/needs.py does not see it."""


@pytest.fixture
def uses_keras() -> None:
    """For a test that runs code which imports Keras, such as a page's: tests/needs.py reads no
    strings."""


@pytest.fixture(autouse=True)
def components_looked_for_once() -> None:
    """In each process that runs pages: `tests/component_scan.py`."""
    component_scan.look_once()


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
def networks() -> "dict[str, RandomNetwork]":
    """Networks with random weights, by name."""
    from tests.random_networks import NAMES, random_network  # Keras: most tests need none

    return {name: random_network(name) for name in NAMES}


@pytest.fixture(scope="session")
def queue() -> "Iterator[TrainingQueue]":
    """The queue that pages under AppTest use too, with its two worker processes."""
    from digitlab.compute.worker import leave_random_to_keras
    from digitlab.ui.session import services

    queue = services.queue()
    leave_random_to_keras()  # Dask's threads are in this process too, beside what the tests train
    wait_until(lambda: len(queue.process_ids()) == 2, "the workers to start")
    yield queue
    queue.close()
    services.repository().close()


@pytest.fixture(scope="session")
def trained(queue: "TrainingQueue") -> "TrainedNetwork":
    """The article's network after one epoch, from a worker."""
    from digitlab.records.job import Job
    from digitlab.runs.kept import KeptNetwork
    from digitlab.specs import RunSpec, TrainSpec

    job = queue.submit(Job(RunSpec(training=TrainSpec(epochs=1, seed=5)), "trained"))
    wait_until(lambda: not job.active, "the training to end")
    network = job.result
    assert network is not None, job.reason
    # Once it is kept its arrays are in the array cache; tests change some of them.
    with_arrays = network.with_arrays if isinstance(network, KeptNetwork) else network
    assert with_arrays is not None
    return with_arrays


def finished(network: "TrainedNetwork") -> "Job":
    """A job that has ended with this network."""
    from digitlab.records.job import Job

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
    parser.addoption(
        "--hour-seeds",
        default="1",
        help="Walk the guided hour with these seeds, such as 1,2,3: its cards promise something.",
    )
