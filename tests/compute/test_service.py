"""The queue with its real worker processes."""

import contextlib
import gc
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dask.sizeof
import msgpack
import numpy as np
import psutil
import pytest
from dask.sizeof import sizeof
from distributed import LocalCluster
from distributed.protocol.serialize import Serialized

from digitlab import limits
from digitlab.compute.cluster.client import Workers
from digitlab.compute.cluster.worker_process import WorkerProcess
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.time_slice import TimeSlice
from digitlab.records.training import (
    EpochRecord,
    Interruption,
    Progress,
    from_message,
    to_message,
)
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from tests.conftest import wait_until

ONE_EPOCH = RunSpec(training=TrainSpec(epochs=1, seed=5))
# On three tenths of the digits: 3 s and more in all. What a test does while it runs comes in time,
# also when other programs hold the processors for a second.
SHORT = RunSpec(
    PRESETS["Small CNN"].network,
    TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=100, epochs=4, seed=5),
    PrepSpec(data_share=0.3),
)
LONG_EPOCHS = RunSpec(  # 6 to 8 s each, also on a quick machine
    NetworkSpec((HiddenLayer(512, "relu"),) * 2, convolutions=(32, 32)), TrainSpec(batch_size=16)
)
LONG = replace(SHORT, training=replace(SHORT.training, epochs=50))


def ended(job: Job) -> Job:
    wait_until(lambda: not job.active, f"job {job.id} to end")
    return job


def scheduler_alone() -> LocalCluster:
    """A Dask scheduler without workers, as on a cluster."""
    return LocalCluster(
        n_workers=0, processes=False, protocol="tcp://", dashboard_address="127.0.0.1:0"
    )


@contextlib.contextmanager
def workers(scheduler: Any, *kinds: str) -> Iterator[list[Any]]:
    command = [sys.executable, "-m", "digitlab.compute.worker", scheduler]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*command, kind], **quiet) for kind in kinds]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster_address() -> Iterator[str]:
    """Of a cluster that exists, with a worker of each kind that the lab does not end or start.

    One for the tests of this file: each queue of theirs comes and goes, as web processes do, and
    a start of a worker takes 5 s of a processor.
    """
    with scheduler_alone() as cluster:
        address: str = cluster.scheduler_address
        with workers(address, "train", "predict"):
            yield address


def logs(job: Any) -> list[Any]:
    """The numbers of a History, without the seconds."""
    return [record.logs for record in job.history]


def only_this_one_has_grown(monkeypatch: pytest.MonkeyPatch, pid: int) -> None:
    """A leak in one worker, whatever its age. The others' and its successor's memory is measured
    as it is: they would be replaced too, and each start takes 5 s of a processor."""
    measured = vars(WorkerProcess)["megabytes"].fget
    monkeypatch.setattr(
        WorkerProcess,
        "megabytes",
        property(lambda worker: measured(worker) * (100 if worker.pid == pid else 1)),
    )
    monkeypatch.setattr(limits, "MAX_WORKER_MEGABYTES", 10_000)
    monkeypatch.setattr("digitlab.compute.cluster.embedded._YOUNG_SECONDS", 0)


@pytest.fixture
def running(queue: TrainingQueue) -> Iterator[Job]:
    """A long training under way; stopped in the end."""
    job = queue.submit(Job(LONG, "running"))
    wait_until(lambda: job.progress, "the long training to run")
    yield job
    queue.stop(job)
    ended(job)


def test_job_lives_from_queued_to_finished(queue: TrainingQueue) -> None:
    job = queue.submit(Job(SHORT, "life"))
    assert job.state is JobState.QUEUED
    wait_until(lambda: job.progress, "progress")
    assert job.state is JobState.RUNNING
    assert 0 < job.share_done <= 1
    wait_until(lambda: job.history or not job.active, "the first epoch")
    assert job.active, "the first epoch was reported only at the end"
    ended(job)
    assert job.state is JobState.FINISHED
    assert job.history == job.result.history
    assert len(job.history) == SHORT.training.epochs
    assert job.remaining is None


def test_same_run_same_bits_whatever_else_runs(
    queue: TrainingQueue, mnist: Dataset, trained: TrainedNetwork
) -> None:
    from digitlab.engine.fit import train

    job = queue.submit(Job(LONG, "bits"))
    wait_until(lambda: job.progress, "the training to run")
    while job.active and len(job.history) < 2:  # keep the other core busy
        queue.predict(trained, mnist.x_test[:500])
    queue.stop(job)
    ended(job)
    twice = replace(LONG, training=replace(LONG.training, epochs=2))
    alone = train(twice, mnist, lambda record: None, lambda: None)
    assert logs(job)[:2] == logs(alone)


def test_dask_leaves_the_global_random_numbers_to_keras(queue: TrainingQueue) -> None:
    before = random.getstate()
    sizeof(list(range(1000)))  # of a long message; Dask looks at a random sample
    assert random.getstate() == before
    assert vars(dask.sizeof)["random"] is not random


def test_stop_before_any_worker_is_there(mnist: Dataset) -> None:
    with scheduler_alone() as cluster:
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            job = queue.submit(Job(ONE_EPOCH, "early"))
            queue.stop(job)
            assert job.state is JobState.STOPPED
            queue.stop(queue.submit(Job(ONE_EPOCH, "early")))  # the session may train again
        finally:
            queue.close()


def test_abandoned_while_it_waits_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 0.2)
    with scheduler_alone() as cluster:
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            assert ended(queue.submit(Job(ONE_EPOCH, "gone"))).state is JobState.PAUSED
        finally:
            queue.close()


def test_what_has_ended_stays_ended() -> None:
    job = Job(ONE_EPOCH, "me")
    failed = Reason(ReasonCode.FAILED, {"error": "OSError"})
    job.give_up(JobState.FAILED, failed)
    job.begin(0)
    job.note(0, Progress(0, 1, 600, {}))
    assert (job.state, job.progress, job.reason) == (JobState.FAILED, None, failed)


@pytest.mark.parametrize(
    "record", [None, Progress(1, 60, 600, {"loss": 1.5}), EpochRecord(1, 600, 0.5, {"loss": 1.5})]
)
def test_records_cross_the_border_unchanged(record: EpochRecord | Progress | None) -> None:
    assert from_message(msgpack.loads(msgpack.dumps(to_message(record)))) == record


def test_prediction_answers_while_another_trains(
    queue: TrainingQueue, mnist: Dataset, trained: TrainedNetwork, running: Job
) -> None:
    probabilities = queue.predict(trained, mnist.x_test[:20])
    assert running.active
    np.testing.assert_allclose(probabilities, trained.probabilities[:20], atol=1e-6)


def test_queue_has_places_and_keeps_the_order(queue: TrainingQueue, running: Job) -> None:
    second, third = queue.submit(Job(ONE_EPOCH, "second")), queue.submit(Job(ONE_EPOCH, "third"))
    assert [queue.position(job) for job in (running, second, third)] == [0, 1, 2]
    assert queue.expected_wait(third) > queue.expected_wait(second) > 0
    assert second.state is third.state is JobState.QUEUED
    queue.stop(second)
    assert second.state is JobState.STOPPED
    assert second.result is None
    assert queue.position(third) == 1
    queue.stop(running)
    assert ended(third).state is JobState.FINISHED
    assert third.started > running.started


def test_stop_keeps_what_was_learned(queue: TrainingQueue, running: Job) -> None:
    wait_until(lambda: running.history, "the first epoch", seconds=120)
    queue.stop(running)
    ended(running)
    assert running.state is JobState.STOPPED
    assert running.result.test_accuracy > 0.5
    assert len(running.history) < running.spec.training.epochs


def test_stop_in_the_first_epoch_keeps_nothing(queue: TrainingQueue) -> None:
    job = queue.submit(Job(LONG_EPOCHS, "at once"))
    wait_until(lambda: job.progress, "it to run")
    queue.stop(job)
    assert ended(job).state is JobState.STOPPED
    assert job.result is None
    assert job.reason == Reason(ReasonCode.NOTHING_LEARNED)


def test_paused_and_resumed_gives_the_numbers_of_one_that_ran_through(
    queue: TrainingQueue, straight: Job
) -> None:
    job = queue.submit(Job(SHORT, "pause"))
    wait_until(lambda: job.progress, "it to run")
    queue.pause(job)
    assert ended(job).state is JobState.PAUSED
    assert 1 <= len(job.history) < SHORT.training.epochs
    assert job.result.test_accuracy > 0.5  # it can be tried out meanwhile
    resumed = queue.submit(Job(SHORT, "pause", job.id, job.checkpoint))
    assert logs(resumed) == logs(job)  # the curve stands while it waits
    assert ended(resumed).state is JobState.FINISHED
    assert logs(resumed) == logs(straight)
    for ours, theirs in zip(resumed.result.weights, straight.result.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_continued_with_another_rate_gives_the_numbers_of_one_that_ran_through(
    queue: TrainingQueue,
) -> None:
    first = ended(queue.submit(Job(ONE_EPOCH, "more")))
    run = ONE_EPOCH.continued(1, 2, 0.1)
    more = ended(queue.submit(Job(run, "more", start=first.checkpoint, parent=first.id)))
    through = ended(queue.submit(Job(run, "through")))
    assert len(logs(more)) == 3
    assert logs(more) == logs(through)
    assert first.result.history == more.result.history[:1]


def test_a_long_training_lets_others_have_a_time_slice_and_loses_nothing(
    queue: TrainingQueue,
) -> None:
    half = replace(
        LONG, preparation=PrepSpec(data_share=0.5)
    )  # it takes several time slices anywhere
    greedy = queue.submit(Job(half, "greedy"))
    wait_until(lambda: greedy.progress, "it to run")
    other = queue.submit(Job(ONE_EPOCH, "other"))
    assert 0 < queue.expected_wait(other) <= limits.TIME_SLICE_SECONDS
    assert ended(other).state is JobState.FINISHED
    assert greedy.active
    done, epochs = greedy.share_done, len(greedy.start.history)  # its first time slice is over
    assert done > 0
    wait_until(
        lambda: greedy.slice_number == 2 and greedy.state is JobState.RUNNING,
        "its second time slice",
    )
    assert greedy.share_done >= done
    wait_until(lambda: greedy.history, "its first full epoch", seconds=60)
    queue.stop(greedy)
    ended(greedy)
    assert len(greedy.result.history) >= max(1, epochs)


def test_a_time_slice_ends_within_an_epoch_and_nothing_jumps_back(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TIME_SLICE_SECONDS", 0.5)
    greedy = queue.submit(Job(LONG_EPOCHS, "greedy"))  # many time slices an epoch
    wait_until(lambda: greedy.progress, "it to run")
    other = ended(queue.submit(Job(ONE_EPOCH, "other")))
    assert other.state is JobState.FINISHED
    wait_until(lambda: greedy.slice_number >= 3, "some more time slices")
    start = greedy.start
    assert (start.history, start.model, greedy.history) == ((), b"", ())
    assert start.partial.progress.batch > 0
    batches: list[Any] = []
    pause = threading.Event()  # a look each millisecond leaves the core to the worker
    while len(set(batches)) < 5:
        progress = greedy.progress
        batches.append(progress.batch if progress else None)
        pause.wait(0.001)
    assert batches == sorted(batches)
    queue.stop(greedy)
    assert ended(greedy).state is JobState.STOPPED
    assert greedy.reason == Reason(ReasonCode.NOTHING_LEARNED)


def test_paused_within_an_epoch_that_takes_several_time_slices(
    queue: TrainingQueue, straight: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TIME_SLICE_SECONDS", 0.3)
    job = queue.submit(Job(SHORT, "slow pause"))
    wait_until(lambda: job.partial, "it to be left within an epoch")
    queue.pause(job)
    assert ended(job).state is JobState.PAUSED
    assert 1 <= len(job.history) < SHORT.training.epochs
    assert logs(job) == logs(straight)[: len(job.history)]
    resumed = ended(queue.submit(Job(SHORT, "slow pause", job.id, job.checkpoint)))
    assert logs(resumed) == logs(straight)
    np.testing.assert_array_equal(resumed.result.probabilities, straight.result.probabilities)


def test_stopped_between_two_time_slices_it_keeps_what_it_learned(
    queue: TrainingQueue, straight: Job
) -> None:
    start = Checkpoint(straight.history[:1], straight.result.model, 1.0)
    job = Job(SHORT, "between", start=start, requested=Interruption.STOP)
    ended(queue.submit(job))
    assert job.state is JobState.STOPPED
    assert logs(job) == logs(straight)[:1]
    assert job.result.test_accuracy == straight.result.test_accuracy


def test_every_change_that_should_last_is_handed_to_be_kept(
    cluster_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitlab.compute.service._WATCH_SECONDS", 0.05)
    monkeypatch.setattr("digitlab.compute.service._HEARTBEAT_SECONDS", 0.1)  # several in each epoch
    seen = []
    queue = TrainingQueue(cluster_address, lambda job: seen.append((job.state, len(job.history))))
    try:
        ended(queue.submit(Job(SHORT, "kept")))
    finally:
        queue.close()
    states = list(dict.fromkeys(seen))
    assert states[:2] == [(JobState.QUEUED, 0), (JobState.RUNNING, 0)]
    whole = SHORT.training.epochs
    assert states[-1] == (JobState.FINISHED, whole)
    kept = [epochs for state, epochs in states if state is JobState.RUNNING]
    assert any(0 < epochs < whole for epochs in kept), "no epoch was kept before the end"


def test_divergence_is_a_state_of_its_own(queue: TrainingQueue) -> None:
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    job = ended(queue.submit(Job(RunSpec(network, TrainSpec(learning_rate=1.0)), "diverged")))
    assert job.state is JobState.DIVERGED


def test_abandoned_training_is_paused(
    queue: TrainingQueue, running: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 0.5)
    ended(running)
    assert running.state is JobState.PAUSED
    assert running.result.history


def test_two_minutes_are_kept() -> None:
    assert limits.ABANDONED_AFTER_SECONDS + 10 < 120


def test_a_training_goes_on_when_its_worker_is_killed_in_mid_epoch(
    queue: TrainingQueue, straight: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, take = limits.TIME_SLICE_SECONDS, Job.next_slice
    later = threading.Event()

    def next_slice(job: Job, topic: str, whole_epochs: bool) -> TimeSlice | None:
        """Short until one begins within a later epoch. That one is long: what is finished when its
        worker dies Dask does again, unseen by the queue."""
        within = job.history and job.partial
        monkeypatch.setattr(limits, "TIME_SLICE_SECONDS", long if within else 0.1)
        if within:
            later.set()
        return take(job, topic, whole_epochs)

    monkeypatch.setattr(Job, "next_slice", next_slice)
    job = queue.submit(Job(LONG, "killed"))  # a short one can end before the kill on a busy machine
    running = JobState.RUNNING
    # Its history and its place within an epoch alone don't say so: the first epoch may just have
    # ended in a short one.
    wait_until(lambda: later.is_set() and job.state is running, "a later time slice")
    waiting = queue.submit(Job(ONE_EPOCH, "next"))
    old = queue.process_ids()["train"]
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: job.restarts == 1, "the queue to notice")
    assert job.partial, "it did not go back to its last time slice"
    assert job.progress == job.partial.progress
    wait_until(lambda: running in (job.state, waiting.state), "the new worker", seconds=90)
    assert job.state is running, "who was first stays first"
    epochs = SHORT.training.epochs
    wait_until(lambda: len(job.history) > epochs, "the epochs of the short one")
    queue.stop(job)
    assert ended(job).state is JobState.STOPPED
    assert logs(job)[:epochs] == logs(straight)
    assert ended(waiting).state is JobState.FINISHED
    assert queue.process_ids()["train"] != old


def test_a_training_that_kills_its_worker_twice_is_given_up(queue: TrainingQueue) -> None:
    job = queue.submit(Job(LONG, "killer"))
    wait_until(lambda: job.progress, "it to run")
    os.kill(queue.process_ids()["train"], signal.SIGKILL)
    again = JobState.RUNNING
    wait_until(lambda: job.restarts == 1 and job.state is again, "it to run again", seconds=90)
    os.kill(queue.process_ids()["train"], signal.SIGKILL)
    assert ended(job).state is JobState.INTERRUPTED
    assert job.reason == Reason(ReasonCode.WORKER_DIED)


def test_killed_prediction_worker_is_replaced(
    queue: TrainingQueue, mnist: Dataset, trained: TrainedNetwork
) -> None:
    old = queue.process_ids()["predict"]
    os.kill(old, signal.SIGKILL)
    probabilities = queue.predict(trained, mnist.x_test[:1])
    np.testing.assert_allclose(probabilities, trained.probabilities[:1], atol=1e-6)
    assert queue.process_ids()["predict"] != old


def test_a_worker_that_has_grown_too_large_is_replaced_between_jobs(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = queue.process_ids()["train"]
    only_this_one_has_grown(monkeypatch, old)
    jobs = []
    while queue.process_ids()["train"] == old:  # nobody waits for the new one
        jobs.append(ended(queue.submit(Job(ONE_EPOCH, "meanwhile"))))
        assert len(jobs) < 200
    monkeypatch.undo()
    jobs.append(ended(queue.submit(Job(ONE_EPOCH, "after"))))
    # Nothing was begun anew. On a busy machine an epoch may take more than one time slice.
    assert {(job.state, job.restarts) for job in jobs} == {(JobState.FINISHED, 0)}
    assert len({str(logs(job)) for job in jobs}) == 1


def test_the_one_that_answers_is_replaced_too_and_no_answer_is_lost(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = trained.probabilities[:3]
    queue.predict(trained, mnist.x_test[:1])
    old = queue.process_ids()["predict"]
    only_this_one_has_grown(monkeypatch, old)
    probabilities = []
    while queue.process_ids()["predict"] == old:
        probabilities.append(queue.predict(trained, mnist.x_test[:3]))
        assert len(probabilities) < 20_000
    monkeypatch.undo()
    probabilities.append(queue.predict(trained, mnist.x_test[:3]))
    assert len(probabilities) > 1  # it was asked while its successor started
    for probability in probabilities:
        np.testing.assert_allclose(probability, expected, atol=1e-6)
    wait_until(lambda: not psutil.pid_exists(old), "the old one to end")


def test_of_questions_that_were_answered_no_weights_stay_in_memory(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset
) -> None:
    """Dask keeps the last thousand messages of each connection, unless it is told not to."""
    for _ in range(30):
        queue.predict(trained, mnist.x_test[:1])
    gc.collect()
    assert sum(isinstance(thing, Serialized) for thing in gc.get_objects()) < 10


def test_a_cluster_that_exists_is_used_with_the_same_code(
    cluster_address: str, mnist: Dataset
) -> None:
    queue = TrainingQueue(cluster_address)
    try:
        job = ended(queue.submit(Job(ONE_EPOCH, "cluster")))
        assert job.state is JobState.FINISHED
        assert job.result is not None
        probabilities = queue.predict(job.result, mnist.x_test[:3])
        np.testing.assert_allclose(probabilities, job.result.probabilities[:3], atol=1e-6)
        assert queue.process_ids() == {}
    finally:
        queue.close()


def test_a_connection_that_fails_once_ends_no_training(
    cluster_address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connects = Workers._connect

    def fails_once(workers: Any) -> None:
        monkeypatch.setattr(Workers, "_connect", connects)
        raise OSError("cut")

    monkeypatch.setattr(Workers, "_connect", fails_once)
    queue = TrainingQueue(cluster_address)
    try:
        assert ended(queue.submit(Job(ONE_EPOCH, "patient"))).state is JobState.FINISHED
        assert "No connection to the workers" in caplog.text
    finally:
        queue.close()


def test_workers_that_cannot_start_are_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As on a processor without AVX: they died in turn, and the page said "about 10 s"."""
    package = tmp_path / "tensorflow"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('no AVX here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    queue = TrainingQueue()
    try:
        job = ended(queue.submit(Job(ONE_EPOCH, "told")))
        assert job.state is JobState.INTERRUPTED
        assert job.reason == Reason(ReasonCode.NO_START)
        assert caplog.text.count("no AVX here") == limits.STARTS_TRIED
        assert queue.failing
        monkeypatch.delenv("PYTHONPATH")
        wait_until(lambda: queue.ready, "the next try to start a worker", seconds=120)
        assert not queue.failing
        assert ended(queue.submit(Job(ONE_EPOCH, "later"))).state is JobState.FINISHED
    finally:
        queue.close()


def test_the_settings_of_another_course_on_this_machine_reach_no_worker(
    queue: TrainingQueue, straight: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Path(__file__).parents[1] / "export" / "elsewhere"
    monkeypatch.setenv("KERAS_HOME", str(foreign))
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    old = queue.process_ids()["train"]
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: queue.process_ids()["train"] != old, "a worker with these settings")
    job = ended(queue.submit(Job(SHORT, "here")))  # of a CNN: the order of its axes is a setting
    assert job.state is JobState.FINISHED
    assert logs(job) == logs(straight)


def test_a_stop_that_did_not_arrive_is_said_again(
    queue: TrainingQueue, running: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker may not have the task yet in the moment of the press."""
    said = []
    send = queue._workers.run_on_all
    monkeypatch.setattr(
        queue._workers,
        "run_on_all",
        lambda *words: said.append(words) or len(said) == 1 or send(*words),
    )
    queue.stop(running)
    assert ended(running).state is JobState.STOPPED
    assert len(said) > 1


def test_no_cluster_there_is_said_in_words(
    mnist: Dataset, trained: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitlab.compute.cluster.client._CONNECT_SECONDS", 1)
    queue = TrainingQueue("tcp://127.0.0.1:9")  # the discard port: nobody listens
    try:
        job = ended(queue.submit(Job(ARTICLE, "nobody")))
        assert job.state is JobState.INTERRUPTED
        assert job.reason == Reason(ReasonCode.NO_WORKERS)
        with pytest.raises(EngineError) as told:
            queue.predict(trained, mnist.x_test[:1])
        assert told.value.problem is Problem.NO_WORKERS
    finally:
        queue.close()
