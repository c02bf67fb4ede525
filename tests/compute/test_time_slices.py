"""Turns of a training: how a worker ends them, and what a job is between two of them."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from digitlab import limits
from digitlab.compute.fair_queue import FairQueue, fair_order
from digitlab.compute.tasks import training
from digitlab.data.mnist import Dataset
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.time_slice import TimeSlice
from digitlab.records.training import EpochRecord, Interruption, Progress, Refusal
from digitlab.runs.record import Snapshot
from digitlab.specs import RunSpec, TrainSpec
from digitlab.ui.session.state import Lab
from tests.engine.test_fit import assert_same, run
from tests.pages.test_pages import open_page

SPEC = RunSpec(training=TrainSpec(batch_size=16, epochs=2, seed=4))
FOR_EVER, OVER = 1e9, -1.0  # seconds of a time slice


@pytest.fixture(scope="module")
def few(mnist: Dataset) -> Dataset:
    """Digits for five batches of 16."""
    return Dataset(mnist.x_train[:80], mnist.y_train[:80], mnist.x_test[:20], mnist.y_test[:20])


@pytest.fixture(scope="module")
def whole(few: Dataset) -> Any:
    return run(SPEC, few)[0]


@pytest.fixture
def worker(few: Dataset, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A worker without Dask: what `training.train` sees of it."""
    task = SimpleNamespace(state="executing")
    worker = SimpleNamespace(
        get_current_task=lambda: "key",
        state=SimpleNamespace(tasks={"key": task}),
        log_event=lambda topic, message: None,
    )
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0)  # it looks up after each batch
    monkeypatch.setattr(training, "get_worker", lambda: worker)
    monkeypatch.setattr(training, "load_mnist", lambda: few)
    return worker


def train_slice(
    seconds: float,
    start: Any = None,
    requested: Interruption | None = None,
    **changes: bool,
) -> TrainedNetwork | Checkpoint | Refusal | None:
    time_slice = TimeSlice(SPEC, "job", 1, start, requested, "topic", seconds, **changes)
    return training.train(time_slice)


def at_batch(few: Dataset, epoch: int, batch: int) -> Checkpoint:
    """A checkpoint within this epoch, after this batch."""
    here = [(epoch, batch)]
    start, _ = run(
        SPEC,
        few,
        lambda records: (
            Interruption.PREEMPTED if [(records[-1].epoch, _batch(records[-1]))] == here else None
        ),
    )
    assert start.partial
    return start


def _batch(record: Any) -> int:
    return record.batch if isinstance(record, Progress) else -1


@pytest.mark.usefixtures("worker")
def test_time_slices_that_are_over_at_once_still_come_to_the_end(whole: Any) -> None:
    result, slices = train_slice(OVER), 1
    while isinstance(result, Checkpoint):
        result, slices = train_slice(OVER, result), slices + 1
    assert slices == 10  # five looks in each epoch; none is left after the last
    assert_same(result, whole)


@pytest.mark.usefixtures("worker")
def test_where_memory_is_short_a_time_slice_ends_after_a_full_epoch(
    few: Dataset, whole: Any
) -> None:
    result = train_slice(OVER, whole_epochs=True)
    assert (result.partial, len(result.history)) == (None, 1)
    result = train_slice(OVER, at_batch(few, 0, 3), whole_epochs=True)
    assert (result.partial, len(result.history)) == (None, 1)
    assert_same(train_slice(OVER, result, whole_epochs=True), whole)


@pytest.mark.usefixtures("worker")
def test_a_pause_waits_for_the_epoch_and_lets_others_have_their_time_slices(few: Dataset) -> None:
    start = at_batch(few, 0, 2)
    between = train_slice(OVER, start, Interruption.PAUSE)
    assert between.partial.progress.batch == 3
    paused = train_slice(FOR_EVER, between, Interruption.PAUSE)
    assert paused.interruption is Interruption.PAUSE
    assert len(paused.history) == 1


@pytest.mark.usefixtures("worker")
def test_a_stop_is_done_in_the_next_time_slice_however_short(few: Dataset) -> None:
    assert train_slice(OVER, at_batch(few, 0, 2), Interruption.STOP) is None
    stopped = train_slice(OVER, at_batch(few, 1, 2), Interruption.STOP)
    assert stopped.interruption is Interruption.STOP
    assert len(stopped.history) == 1


def test_what_nobody_wants_any_more_ends_at_once(worker: SimpleNamespace, few: Dataset) -> None:
    worker.state.tasks.clear()
    assert train_slice(FOR_EVER) is None


@pytest.mark.usefixtures("worker")
def test_seconds_of_all_time_slices_count_for_the_longest_training(
    few: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TRAINING_SECONDS", 100)
    start = replace(at_batch(few, 1, 2), seconds=101.0)
    ended = train_slice(FOR_EVER, start)
    assert ended.interruption is Interruption.TOO_LONG
    assert len(ended.history) == 1


# The job, while it waits and when it goes on.


def running(start: Checkpoint | None = None) -> Job:
    job = Job(SPEC, "me", start=start)
    job.slice_number = 1
    job.begin(1)
    return job


def test_nothing_jumps_back_between_two_time_slices(few: Dataset) -> None:
    start = at_batch(few, 1, 3)
    job = running()
    job.note(1, start.history[0])
    job.note(1, Progress(1, 2, 5, {"loss": 1.0}))  # not every batch is told
    job.wait_again(start)
    assert job.state is JobState.QUEUED
    waiting = (job.history, job.progress, job.share_done, job.elapsed)
    assert waiting == (start.history, start.partial.progress, 0.8, start.seconds)
    job.slice_number = 2
    job.begin(2)
    assert (job.history, job.progress, job.share_done) == waiting[:3]
    assert job.elapsed >= start.seconds
    assert job.remaining is not None
    assert job.remaining > 0
    job.wait_again(job.start)  # its worker died
    assert (job.history, job.progress, job.share_done, job.elapsed) == waiting


def test_a_job_that_ends_early_keeps_its_last_full_epoch_only(few: Dataset) -> None:
    job = running(at_batch(few, 1, 3))
    start = job.start
    job.give_up(JobState.INTERRUPTED, Reason(ReasonCode.SERVER_STOPPED))
    assert (job.checkpoint.partial, job.checkpoint.model) == (None, start.model)
    assert job.checkpoint.history == job.history == start.history
    first = running(at_batch(few, 0, 3))
    first.give_up(JobState.INTERRUPTED, Reason(ReasonCode.SERVER_STOPPED))
    assert (first.checkpoint, first.history) == (None, ())


def test_only_what_was_full_is_kept(few: Dataset) -> None:
    start = at_batch(few, 1, 3)
    snapshot = Snapshot.of(running(start))
    assert snapshot.run.has_model
    assert (snapshot.checkpoint.partial, snapshot.checkpoint.model) == (None, start.model)
    # The repository doesn't write the same model again.
    assert Snapshot.of(running(start)).checkpoint is snapshot.checkpoint
    first = Snapshot.of(running(at_batch(few, 0, 3)))
    assert (first.checkpoint, first.run.has_model, first.run.history) == (None, False, ())
    assert first.size == 0


@pytest.mark.parametrize(
    ("requested", "batch", "order"), [("stop", 3, "ba"), ("pause", 3, "ab"), ("pause", None, "ba")]
)
def test_only_what_takes_no_time_goes_ahead(
    few: Dataset, requested: str, batch: int | None, order: str
) -> None:
    full = at_batch(few, 1, 3).full
    first, second = Job(SPEC, "a", queued=1.0), Job(SPEC, "b", queued=2.0)
    second.start = at_batch(few, 1, batch) if batch else full
    second.requested = Interruption(requested)
    assert "".join(job.owner for job in fair_order([first, second])) == order


def test_memory_of_epochs_under_way_is_bounded(
    few: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = at_batch(few, 1, 3)
    monkeypatch.setattr(limits, "MAX_PARTIAL_MEGABYTES", 2.5 * start.partial.size / 10**6)
    fair_queue = FairQueue()
    used_up = []
    for number in range(3):
        job = Job(SPEC, f"owner {number}")
        fair_queue.join(job)
        job.wait_again(start)
        used_up.append(fair_queue.memory_used_up)
    assert used_up == [False, False, True]
    job.wait_again(start.full)
    assert not fair_queue.memory_used_up


# The page.


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_the_page_says_how_far_it_is(
    few: Dataset, monkeypatch: pytest.MonkeyPatch, state: JobState
) -> None:
    start = at_batch(few, 1, 3)
    job = running(start) if state is JobState.RUNNING else Job(SPEC, "me", start=start)
    queue = SimpleNamespace(
        find=lambda job_id: job,
        touch=lambda job_id: None,
        ready=True,
        silence=0.0,
        position=lambda job: 1,
        expected_wait=lambda job: 7.4,
    )
    for module in ("progress", "training_words"):
        monkeypatch.setattr(f"digitlab.ui.widgets.{module}.queue", lambda: queue)
    test = open_page("pages/4_Train.py", Lab(job=job))
    (progress,) = test.get("progress")
    assert progress.proto.value == 80
    if state is JobState.QUEUED:
        assert progress.proto.text.startswith("Epochs done: 1 of 2. Now others have a turn. Num")
    else:
        assert progress.proto.text.startswith("Epoch 2 of 2, batch 3 of 5: ")
    log = next(code.value for code in test.code if "Epoch 2/2" in code.value)
    assert "3/5 ━━━━━━━━━━━━" in log
    assert log.startswith("Epoch 1/2\n5/5")


def test_a_history_that_is_complete_is_only_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    done = tuple(EpochRecord(epoch, 5, 0.5, {"loss": 1.5, "accuracy": 0.1}) for epoch in range(2))
    job = running(Checkpoint(done, b"", 1.0))
    queue = SimpleNamespace(
        find=lambda job_id: job,
        touch=lambda job_id: None,
        ready=True,
        silence=0.0,
        position=lambda job: 0,
    )
    for module in ("progress", "training_words"):
        monkeypatch.setattr(f"digitlab.ui.widgets.{module}.queue", lambda: queue)
    test = open_page("pages/4_Train.py", Lab(job=job))
    (progress,) = test.get("progress")
    assert progress.proto.text.startswith(
        "The lab keeps its answers to the test digits for the exam… "
    )
