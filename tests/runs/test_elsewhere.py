"""Two web processes on one database, each with workers of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.training import Interruption
from digitlab.records.training_view import TrainingView
from digitlab.runs import RunRepository
from digitlab.ui.session import services
from tests.compute.test_service import LONG
from tests.conftest import wait_until
from tests.pages.test_pages import words
from tests.reading import control
from tests.ui.test_address import lab_of, visit


@pytest.fixture
def running(queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Job]:
    """A training that this process runs; stopped in the end.

    The queue listens more often: meanwhile the training takes a core and more.
    """
    monkeypatch.setattr("digitlab.compute.service._WATCH_SECONDS", 0.1)
    monkeypatch.setattr("digitlab.compute.service._HEARTBEAT_SECONDS", 0.5)
    job = queue.submit(Job(LONG, new_id()))
    wait_until(lambda: job.progress, "the training to run")
    yield job
    queue.stop(job)
    wait_until(lambda: not job.active, "the training to end")


@pytest.fixture(scope="module")
def other(queue: TrainingQueue) -> Iterator[tuple[RunRepository, TrainingQueue]]:
    """The memory and the queue of a second web process, whose scheduler is another one."""
    repository = RunRepository(os.environ["DIGITLAB_DATABASE_URL"])
    second = TrainingQueue(
        "tcp://127.0.0.1:9",
        repository.save,
        repository.heartbeat,
        repository.remote_requests,
        repository.ask,
        repository.watch,
    )
    yield repository, second
    second.close()
    repository.close()


def seen_from(repository: RunRepository, job: Job) -> TrainingView:
    """The job as a page of another process has it."""
    wait_until(lambda: repository.find(job.id), "the run to be kept")
    training = repository.training(job.id)
    assert training is not None
    return training


@pytest.mark.parametrize(
    ("end", "state"),
    [(TrainingQueue.stop, JobState.STOPPED), (TrainingQueue.pause, JobState.PAUSED)],
)
def test_another_process_stops_and_pauses_a_training(
    other: tuple[RunRepository, TrainingQueue],
    running: Job,
    end: Callable[..., Any],
    state: JobState,
) -> None:
    repository, second = other
    end(second, seen_from(repository, running))
    wait_until(lambda: not running.active, "the training to hear it", 20)
    assert running.state is state
    assert services.repository().flush(10)
    assert repository.find(running.id).state is state
    assert repository.requested(running.id) is None  # it was answered


def test_what_is_asked_is_heard_once(
    other: tuple[RunRepository, TrainingQueue], running: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later wish of the learner's own must not be undone by an earlier one from elsewhere."""
    repository, _ = other
    heard = []
    monkeypatch.setattr(
        TrainingQueue, "_interrupt", lambda self, job, interruption: heard.append(interruption)
    )
    repository.ask(running.id, Interruption.PAUSE)
    assert repository.flush(10)
    wait_until(lambda: heard, "the wish", 20)
    services.repository().heartbeat([running.id])
    assert services.repository().flush(10)
    assert services.repository().remote_requests().get(running.id, (None,))[0] is None
    assert heard == ["pause"]
    monkeypatch.undo()


def test_who_watches_from_another_process_keeps_a_training_going(
    other: tuple[RunRepository, TrainingQueue], running: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = other
    running.attention.last_touched -= 1000
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 1e9)  # only so that it is not paused now
    before = running.attention.last_touched
    second.touch(running.id)
    second.touch(running.id)  # soon after: that is no second write
    wait_until(lambda: running.attention.last_touched > before, "the watching to be heard", 20)
    assert running.attention.watched == 1


def test_a_request_of_earlier_does_not_stop_a_run_that_goes_on(tmp_path: Path) -> None:
    repository = RunRepository(f"sqlite:///{tmp_path / 'runs.sqlite'}")
    job = Job(LONG, "ada", state=JobState.RUNNING)
    repository.save(job)
    assert repository.flush(10)
    repository.ask(job.id, Interruption.STOP)
    assert repository.flush(10)
    job.state = JobState.PAUSED  # it ended before it heard
    repository.save(job)
    assert repository.flush(10)
    again = Job(LONG, "ada", job.id, state=JobState.RUNNING, revision=job.revision)
    repository.save(again)
    repository.heartbeat([job.id])
    assert repository.flush(10)
    assert repository.remote_requests()[job.id].interruption is None
    repository.close()


@pytest.fixture
def silent(queue: TrainingQueue) -> Iterator[Job]:
    """A run that is under way, and whose process hears nothing."""
    job = Job(LONG, new_id(), state=JobState.RUNNING)
    services.repository().save(job)
    assert services.repository().flush(10)
    yield job
    job.state = JobState.FAILED
    services.repository().save(job)


def progress(test: AppTest) -> str:
    (bar,) = test.get("progress")
    return bar.proto.text


@pytest.mark.parametrize("button", ["Stop", "Pause"])
def test_the_page_says_what_was_asked_and_that_nobody_answers(
    silent: Job, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = visit(run=silent.id)
    assert "It trains in another process of the lab." in progress(test)
    control(test.button, button).click().run()
    assert f"asked the training to {button.lower()}" in progress(test)
    monkeypatch.setattr(limits, "ANSWER_SECONDS", -1)
    said = progress(test.run())
    assert "does not answer" in said
    assert "you can continue here" in said
    monkeypatch.setattr(limits, "LOST_AFTER_SECONDS", -1)  # its process is lost
    test.run()
    assert lab_of(test).job.state is JobState.INTERRUPTED
    assert "The server stopped while" in words(test)
    assert control(test.button, "Continue")


def test_the_page_says_that_it_is_heard(silent: Job) -> None:
    test = visit(run=silent.id)
    silent.requested = Interruption.PAUSE
    services.repository().save(silent)
    assert "The training ends soon, at the latest after this epoch" in progress(test.run())
