"""What a worker is given, and that it starts on a full disk too."""

import os
import sys
from pathlib import Path
from typing import Any

import dask
import psutil
import pytest

from digitlab.compute.cluster import worker_process
from digitlab.compute.cluster.dask_settings import QUIET
from digitlab.compute.cluster.worker_process import WorkerProcess, worker_environment
from digitlab.compute.service import TrainingQueue
from digitlab.compute.tasks.answering import answer
from digitlab.records.training import Failure, WorkerKind
from tests.conftest import wait_until

SECRETS = (
    "DIGITLAB_DATABASE_URL",
    "PGPASSWORD",
    "AWS_SECRET_ACCESS_KEY",
    "STREAMLIT_SERVER_COOKIE_SECRET",
    "GITHUB_TOKEN",
)
NEEDED = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "TF_ENABLE_ONEDNN_OPTS", "DASK_CONFIG")
ON_WINDOWS = ("SystemRoot", "TEMP", "Path", "UserProfile")


def test_a_worker_gets_what_it_needs_and_no_secret() -> None:
    given = worker_environment(dict.fromkeys((*SECRETS, *NEEDED, *ON_WINDOWS), "x"))
    assert sorted(given) == sorted((*NEEDED, *ON_WINDOWS))


def test_the_databases_address_does_not_arrive_in_a_real_worker(queue: TrainingQueue) -> None:
    assert "DIGITLAB_DATABASE_URL" in os.environ
    for kind, pid in queue.process_ids().items():
        names = psutil.Process(pid).environ()
        assert "PATH" in names, kind
        assert not {*SECRETS} & {*names}, kind


@pytest.mark.skipif(psutil.WINDOWS, reason="Windows knows no nice values")
def test_pages_go_before_drawings_and_drawings_before_trainings(queue: TrainingQueue) -> None:
    def in_order() -> bool:
        nice = {kind: psutil.Process(pid).nice() for kind, pid in queue.process_ids().items()}
        return psutil.Process().nice() < nice["predict"] < nice["train"]

    wait_until(in_order, "the workers to give way: one may have begun just now")


def test_dask_watches_nothing_for_a_dashboard_that_nobody_sees(queue: TrainingQueue) -> None:
    """Its profiler alone took 4 % of a core in each worker that had nothing to do."""
    client = queue._workers.client()
    for setting, value in QUIET.items():
        told = client.run(dask.config.get, setting, nanny=False)
        assert told
        assert set(told.values()) == {value}, setting
    scheduler = queue._workers._cluster._scheduler.scheduler
    assert scheduler.periodic_callbacks["tick"].callback_time == 1000  # ms


def test_a_worker_whose_log_cannot_be_written_starts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker_process, "_COMMAND", (sys.executable, "-c", "raise SystemExit(7)"))
    worker = WorkerProcess(WorkerKind.TRAIN, "tls://x", "127.0.0.1", tmp_path / "gone", {})
    assert worker._process.wait(30) == worker.code == 7
    assert "has no log" in caplog.text
    assert "Traceback" not in caplog.text


def test_what_a_worker_said_last_is_known_and_not_what_another_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = "print('tale'); print('about {0}'); raise SystemExit({0})"
    for code in (3, 4):
        monkeypatch.setattr(worker_process, "_COMMAND", (sys.executable, "-c", says.format(code)))
        worker = WorkerProcess(WorkerKind.TRAIN, "tls://x", "127.0.0.1", tmp_path, {})
        worker._process.wait(30)
        assert worker.end_words == f"exit code {code}"
        assert worker.last_words() == f"tale\nabout {code}"


@pytest.mark.skipif(psutil.WINDOWS, reason="Windows knows no such signal")
def test_the_signal_that_ended_a_worker_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = "import os, signal; os.kill(os.getpid(), signal.SIGILL)"
    monkeypatch.setattr(worker_process, "_COMMAND", (sys.executable, "-c", kills))
    worker = WorkerProcess(WorkerKind.TRAIN, "tls://x", "127.0.0.1", tmp_path, {})
    worker._process.wait(30)
    assert (worker.end_words, worker.last_words()) == ("SIGILL", "")


def test_an_error_of_tensorflows_comes_without_tensorflow() -> None:
    import tensorflow as tf

    def fails(network: Any) -> None:
        raise tf.errors.InvalidArgumentError(None, None, "strides\nmust be positive")

    nothing: Any = None
    assert answer(fails, nothing) == Failure("InvalidArgumentError", "strides must be positive")
