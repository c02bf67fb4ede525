"""The lab's own cluster, by itself."""

import io
import itertools
import logging
import operator
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from distributed import Client

from digitlab import limits
from digitlab.compute.cluster import client, embedded, worker_process
from digitlab.compute.cluster.backoff import Backoff
from digitlab.compute.cluster.client import Workers
from digitlab.compute.cluster.embedded import EmbeddedCluster
from digitlab.compute.errors import EngineError, Problem
from digitlab.records.training import WorkerKind


def test_after_its_end_dask_does_not_talk_about_the_cut_connections() -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)  # Dask's own writes to the terminal
    dask = logging.getLogger("distributed")
    level = dask.level
    dask.addHandler(handler)
    try:
        EmbeddedCluster().close()
        logging.getLogger("distributed.batched").info("Batched Comm Closed")
    finally:
        dask.removeHandler(handler)
        dask.setLevel(level)  # what the tests after this one do wrong is to be heard
    assert log.getvalue() == ""


def held() -> tuple[Any, int]:
    """Handles and threads of this process."""
    own = psutil.Process()
    handles = own.num_handles() if psutil.WINDOWS else own.num_fds()
    return handles, threading.active_count()


def leaves_nothing_behind(try_it: Callable[[], None]) -> bool:
    """Whether six tries leave no handle and no thread; those that end just now count for a moment.

    The process may get a handle for something else meanwhile, as the browser of other tests is
    still open. What leaks does so in each of three rounds.
    """
    try_it()  # what Dask makes once for good is there now
    for _ in range(3):
        before, pause = held(), threading.Event()
        for _ in range(6):
            try_it()
        for _ in range(500):
            if all(map(operator.le, held(), before)):
                return True
            pause.wait(0.01)
    return False


def no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))


def no_certificate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*arguments: Any, **settings: Any) -> None:
        raise OSError(28, "No space left on device")

    # Dask writes the certificate to a file for OpenSSL, when the scheduler begins to listen.
    monkeypatch.setattr("distributed.security.Security.get_listen_args", fail)


def no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker_process, "_COMMAND", (str(tmp_path / "gone"),))


def no_topic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    subscribe: Callable[..., None] = Client.subscribe_topic

    def fail(
        client: Any,
        topic: Any,
        handler: Any,
    ) -> None:
        if topic == "topic":  # not one of Dask's own
            raise OSError("the connection was cut just now")
        subscribe(client, topic, handler)

    monkeypatch.setattr("distributed.Client.subscribe_topic", fail)
    monkeypatch.setattr(worker_process, "_COMMAND", ("true",))


@pytest.mark.parametrize("failure", [no_folder, no_certificate, no_process, no_topic])
def test_a_start_that_fails_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failure: Callable[..., Any]
) -> None:
    """A temporary folder with 4 KB left took three handles and a thread at each try."""
    key = rsa.generate_private_key(65537, 2048)  # the same at each try: to find one takes 50 ms
    monkeypatch.setattr(rsa, "generate_private_key", lambda *_, **__: key)
    connection = Workers(None, "topic", print)
    failure(monkeypatch, tmp_path)
    monkeypatch.setattr("digitlab.compute.cluster.backoff._FIRST_SECONDS", 0)

    def try_it() -> None:
        with pytest.raises(EngineError) as told:
            connection.client()
        assert told.value.problem is Problem.NO_START

    assert leaves_nothing_behind(try_it)
    connection.close()


def test_a_cluster_that_cannot_be_reached_costs_nothing_at_each_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "_CONNECT_SECONDS", 0.05)
    monkeypatch.setattr("digitlab.compute.cluster.backoff._FIRST_SECONDS", 0)
    connection = Workers("tcp://127.0.0.1:9", "topic", print)  # the discard port: nobody listens

    def try_it() -> None:
        with pytest.raises(EngineError) as told:
            connection.client()
        assert told.value.problem is Problem.NO_WORKERS

    assert leaves_nothing_behind(try_it)


class Worker:
    """A worker process that a test ends."""

    pid, age, megabytes, end_words = 0, 1.0, 0.0, "SIGKILL"
    _numbers = itertools.count()

    def __init__(self, kind: WorkerKind, *_: Any) -> None:
        self.kind, self.name = kind, f"{kind}-{next(self._numbers)}"
        self.code: int | None = None

    def last_words(self) -> str:
        return ""

    def kill(self) -> None:
        self.code = -9


@pytest.mark.parametrize("begins", [True, False])
def test_only_a_worker_that_never_began_is_a_failed_start(
    monkeypatch: pytest.MonkeyPatch, begins: bool
) -> None:
    """Three workers that were soon killed by their work ended all that waited: "can't start"."""
    monkeypatch.setattr(embedded, "WorkerProcess", Worker)
    monkeypatch.setattr("digitlab.compute.cluster.backoff._FIRST_SECONDS", 0)
    cluster, known = EmbeddedCluster(), dict[str, float]()
    monkeypatch.setattr(cluster, "_heartbeats", known.copy)
    try:
        for _ in range(limits.STARTS_TRIED):
            worker = cluster._workers[WorkerKind.TRAIN]
            if begins:
                known[worker.name] = 1.0
            cluster.revive(uploads=False)
            worker.kill()
            known.clear()
            cluster.revive(uploads=False)  # starts the next one
        assert cluster.failing(WorkerKind.TRAIN) == (not begins)
    finally:
        cluster.close()


def test_many_who_ask_at_once_wait_for_one_try_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six pages waited one, two, … six times as long."""
    tries, told = [], []

    def fail(connection: Any) -> None:
        tries.append(1)
        threading.Event().wait(0.1)
        raise OSError

    monkeypatch.setattr(Workers, "_connect", fail)
    monkeypatch.setattr(client, "Backoff", lambda: Backoff(lambda: 0.0))  # the pause never ends
    connection = Workers("tcp://127.0.0.1:9", "topic", print)

    def ask() -> None:
        with pytest.raises(EngineError) as error:
            connection.client()
        told.append(error.value.problem)

    pages = [threading.Thread(target=ask) for _ in range(30)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert told == 30 * [Problem.NO_WORKERS]
    assert len(tries) == 1


def test_after_a_failure_there_is_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []
    monkeypatch.setattr(client, "EmbeddedCluster", lambda: tries.append(1) or 1 / 0)
    connection = Workers(None, "topic", print)
    for _ in range(50):
        with pytest.raises(EngineError) as told:
            connection.client()
        assert told.value.problem is Problem.NO_START
    assert len(tries) == 1
