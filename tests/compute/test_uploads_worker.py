"""Networks from files: a worker of their own, whose crash is its visitor's affair alone."""

import os
import signal
import threading
import time
from typing import Any

import numpy as np
import psutil
import pytest

from digitlab import limits
from digitlab.architecture.stack import LayerStack
from digitlab.compute.admission import Urgency
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import ModelWeights, TrainedNetwork
from digitlab.records.training import WorkerKind
from tests.compute.test_service import ONE_EPOCH, SHORT, ended, logs, scheduler_alone
from tests.conftest import wait_until


def aborts(network: Any) -> None:
    os.abort()


def raises(network: Any) -> None:
    raise ValueError("negative\ndimension")


def where(network: Any) -> int:
    return os.getpid()


def computes(network: Any) -> int:
    """A part of a long question: a tenth of a second."""
    until = time.monotonic() + 0.1
    while time.monotonic() < until:
        np.linalg.norm(np.ones(1000))
    return os.getpid()


@pytest.fixture
def uploaded(queue: TrainingQueue, trained: TrainedNetwork) -> ModelWeights:
    """The trained network, as if it came from a file; the worker for such ones is there."""
    queue.expect_uploads()
    wait_until(lambda: queue._workers.connected(WorkerKind.UPLOADS), "its worker to start")
    return ModelWeights(LayerStack.of(trained.architecture), trained.weights)


def test_a_crash_of_a_network_from_a_file_hurts_nobody_else(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    mnist: Dataset,
    uploaded: ModelWeights,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # After hours of tests the worker that trains may have grown, and be replaced for that.
    monkeypatch.setattr(limits, "MAX_WORKER_MEGABYTES", 100_000)
    wait_until(lambda: not queue._workers.renewing, "a successor on its way to take over")
    job = queue.submit(Job(SHORT, "another"))
    wait_until(lambda: job.progress, "another's training to run")
    others = {kind: queue.process_ids()[kind] for kind in ("train", "predict")}
    first = queue.ask(where, uploaded)
    assert first not in others.values()
    assert psutil.Process(first).memory_info().rss > 0
    if not psutil.WINDOWS:  # that knows no nice values
        assert psutil.Process(first).nice() > psutil.Process(others["predict"]).nice()
    with pytest.raises(EngineError) as told:
        queue.ask(aborts, uploaded)
    assert told.value.problem is Problem.UPLOADS_WORKER_DIED
    began = time.monotonic()
    probabilities = queue.predict(trained, mnist.x_test[:1])
    assert time.monotonic() - began < 1, "a drawing waited for the worker that crashed"
    np.testing.assert_allclose(probabilities, trained.probabilities[:1], atol=1e-6)
    again = queue.predict(uploaded, mnist.x_test[:20])
    np.testing.assert_allclose(again, trained.probabilities[:20], atol=1e-6)
    assert queue.ask(where, uploaded) != first
    assert ended(job).state is JobState.FINISHED
    assert (job.restarts, job.deaths) == (0, 0)
    assert others == {kind: queue.process_ids()[kind] for kind in others}
    assert "The worker for networks from files died with a question." in caplog.text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_what_fails_there_is_a_sentence_and_a_line_of_the_log(
    queue: TrainingQueue, uploaded: ModelWeights, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(EngineError) as told:
        queue.ask(raises, uploaded)
    assert told.value.problem is Problem.FAILED
    assert "ValueError: negative dimension" in caplog.text
    assert "Traceback" not in caplog.text


def test_its_worker_ends_when_nobody_has_asked_for_a_while(
    queue: TrainingQueue, uploaded: ModelWeights, mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = queue.ask(where, uploaded)
    monkeypatch.setattr(limits, "UPLOADS_IDLE_SECONDS", 0)
    wait_until(lambda: "uploads" not in queue.process_ids(), "it to end")
    assert not psutil.pid_exists(pid)
    monkeypatch.undo()
    assert len(queue.predict(uploaded, mnist.x_test[:1])) == 1


def test_a_question_that_comes_while_its_end_is_decided_keeps_its_worker(
    queue: TrainingQueue, uploaded: ModelWeights, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = queue.ask(where, uploaded)
    connected, asked, looks = queue._workers.connected, threading.Event(), []

    def look(kind: WorkerKind) -> int:
        """The first thing that the queue's thread does about its workers."""
        looks.append(kind)
        assert asked.wait(10)
        return connected(kind)

    monkeypatch.setattr(queue._workers, "connected", look)
    wait_until(lambda: looks, "a look after the workers")
    monkeypatch.setattr(limits, "UPLOADS_IDLE_SECONDS", 0)
    with queue.asking.question(uploaded) as ask:
        asked.set()
        wait_until(lambda: len(looks) > 2, "the end of that look, and the next one's")
        assert ask(where) == pid


def test_on_a_cluster_without_such_a_worker_no_other_one_is_asked(
    uploaded: ModelWeights, mnist: Dataset
) -> None:
    with scheduler_alone() as cluster:
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            with pytest.raises(EngineError) as told:
                queue.predict(uploaded, mnist.x_test[:1])
            assert told.value.problem is Problem.NO_UPLOADS_WORKER
        finally:
            queue.close()


class Enough(Exception):
    """The test has seen what it wanted."""


@pytest.mark.parametrize("kind", ["trained", "brought"])
def test_a_drawing_is_answered_at_once_while_thirty_long_questions_wait(
    queue: TrainingQueue, trained: TrainedNetwork, uploaded: ModelWeights, mnist: Dataset, kind: str
) -> None:
    network = trained if kind == "trained" else uploaded
    queue.predict(network, mnist.x_test[:1])  # its worker is there
    enough, asked, told = threading.Event(), [], []

    def stop_when_enough() -> None:
        if enough.is_set():
            raise Enough

    def ask_much(number: int) -> None:
        try:
            with queue.asking.question(
                network, Urgency.PAGE, f"owner {number}", stop_when_enough
            ) as ask:
                for _ in range(50):
                    ask(computes)
                    asked.append(number)
                    stop_when_enough()
        except Enough:
            told.append(number)

    threads = [threading.Thread(target=ask_much, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    wait_until(lambda: asked, "the first part of the first one")
    before = len(asked)
    probabilities = queue.predict(network, mnist.x_test[:1])
    meanwhile = len(asked) - before
    waiting = 30 - len(set(asked))
    enough.set()
    for thread in threads:
        thread.join(30)
    assert waiting >= 25, "they did not wait"
    # Parts, not seconds: two were with the worker, and their answers and its own travel meanwhile.
    # Without its precedence the drawing would wait for a part of each of the others at least.
    assert meanwhile <= 5, "others went before the drawing"
    np.testing.assert_allclose(probabilities, trained.probabilities[:1], atol=1e-6)
    assert len(told) == 30


def test_too_long_a_wait_is_not_called_unreachable(
    queue: TrainingQueue, trained: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PREDICTION_TIMEOUT_SECONDS", 0.5)
    admission = queue.asking._admissions[WorkerKind.PREDICT]
    monkeypatch.setattr(admission, "_free", 0)
    with pytest.raises(EngineError) as told:
        queue.ask(where, trained)
    assert told.value.problem is Problem.BUSY


def test_workers_that_hang_are_replaced_and_nothing_is_lost(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    straight: Job,
    mnist: Dataset,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert straight.state is JobState.FINISHED
    job = queue.submit(Job(SHORT, "hangs"))
    wait_until(lambda: job.history and job.progress, "its first epoch to be over")
    old = queue.process_ids()
    monkeypatch.setattr(limits, "WORKER_SILENCE_SECONDS", 4)
    for kind in ("train", "predict"):
        os.kill(old[kind], signal.SIGSTOP)
    wait_until(lambda: queue.silence > 1, "the silence to be noticed")
    probabilities = queue.predict(trained, mnist.x_test[:1])  # the replacement's
    np.testing.assert_allclose(probabilities, trained.probabilities[:1], atol=1e-6)
    assert ended(job).state is JobState.FINISHED
    assert job.restarts == 1
    assert logs(job) == logs(straight)
    for kind in ("train", "predict"):
        assert queue.process_ids()[kind] != old[kind]
        assert not psutil.pid_exists(old[kind])
    assert ended(queue.submit(Job(ONE_EPOCH, "after"))).state is JobState.FINISHED
