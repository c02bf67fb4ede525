"""The queue with its real worker processes."""

import os
import random
import signal
import subprocess
import sys

import dask.sizeof
import msgpack
import numpy as np
import pytest
from dask.sizeof import sizeof
from distributed import LocalCluster

from digitlab import limits
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, RunSpec, TrainSpec
from digitlab.training.fit import train
from digitlab.training.jobs import Job, JobState
from digitlab.training.queue import LimitError, TrainingQueue
from digitlab.training.records import EpochRecord, Progress, from_message, to_message
from digitlab.training.workers import EngineError
from tests.conftest import wait_until

ONE_EPOCH = RunSpec(training=TrainSpec(epochs=1, seed=5))
LONG = RunSpec(PRESETS["Small CNN"].network, TrainSpec(epochs=50))


def ended(job):
    wait_until(lambda: not job.active, f"job {job.id} to end")
    return job


def scheduler_alone():
    """A Dask scheduler without workers, as on a cluster."""
    return LocalCluster(
        n_workers=0, processes=False, protocol="tcp://", dashboard_address="127.0.0.1:0"
    )


@pytest.fixture
def running(queue):
    """A long training under way; stopped in the end."""
    job = queue.submit(LONG, "running")
    wait_until(lambda: job.progress, "the long training to run")
    yield job
    queue.stop(job)
    ended(job)


def test_job_lives_from_queued_to_finished(queue):
    job = queue.submit(RunSpec(training=TrainSpec(epochs=2)), "life")
    assert job.state is JobState.QUEUED
    wait_until(lambda: job.progress, "progress")
    assert job.state is JobState.RUNNING
    assert 0 < job.share_done <= 1
    wait_until(lambda: len(job.history) == 1 or not job.active, "the first epoch")
    assert job.active, "the first epoch was reported only at the end"
    ended(job)
    assert job.state is JobState.FINISHED
    assert job.history == job.result.history
    assert len(job.history) == 2
    assert job.remaining is None


def test_same_run_same_bits_whatever_else_runs(queue, mnist, trained):
    job = queue.submit(PRESETS["Small CNN"].with_seed(5), "bits")
    wait_until(lambda: job.progress, "the training to run")
    while job.active and not job.history:  # keep the other core busy for an epoch
        queue.predict(trained, mnist.x_test[:500])
    queue.stop(job)
    first = ended(job).history[0].logs
    alone = train(
        RunSpec(
            PRESETS["Small CNN"].network,
            TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=128, epochs=1, seed=5),
        ),
        mnist,
        lambda record: None,
        str,
    )
    assert first == alone.history[0].logs


def test_dask_leaves_the_global_random_numbers_to_keras():
    before = random.getstate()
    sizeof(list(range(1000)))  # of a long message; Dask looks at a random sample
    assert random.getstate() == before
    assert dask.sizeof.random is not random


def test_stop_before_any_worker_is_there(mnist):
    with scheduler_alone() as cluster:
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            job = queue.submit(ONE_EPOCH, "early")
            queue.stop(job)
            assert job.state is JobState.STOPPED
            queue.stop(queue.submit(ONE_EPOCH, "early"))  # the session may train again
        finally:
            queue.close()


def test_abandoned_while_it_waits(monkeypatch):
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 0.2)
    with scheduler_alone() as cluster:
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            assert ended(queue.submit(ONE_EPOCH, "gone")).state is JobState.STOPPED
        finally:
            queue.close()


def test_what_has_ended_stays_ended():
    job = Job(ONE_EPOCH, "me")
    job.give_up(JobState.FAILED, "It failed.")
    job.begin()
    job.note(Progress(0, 1, 600, {}))
    assert (job.state, job.progress, job.reason) == (JobState.FAILED, None, "It failed.")


@pytest.mark.parametrize(
    "record", [None, Progress(1, 60, 600, {"loss": 1.5}), EpochRecord(1, 600, 0.5, {"loss": 1.5})]
)
def test_records_cross_the_border_unchanged(record):
    assert from_message(msgpack.loads(msgpack.dumps(to_message(record)))) == record


def test_prediction_answers_while_another_trains(queue, mnist, trained, running):
    answers = queue.predict(trained, mnist.x_test[:20])
    assert running.active
    np.testing.assert_allclose(answers, trained.probabilities[:20], atol=1e-6)


def test_queue_has_places_and_keeps_the_order(queue, running):
    second, third = queue.submit(ONE_EPOCH, "second"), queue.submit(ONE_EPOCH, "third")
    assert [queue.place(job) for job in (running, second, third)] == [0, 1, 2]
    assert queue.expected_wait(third) > queue.expected_wait(second) > 0
    assert second.state is third.state is JobState.QUEUED
    queue.stop(second)
    assert second.state is JobState.STOPPED
    assert second.result is None
    assert queue.place(third) == 1
    queue.stop(running)
    assert ended(third).state is JobState.FINISHED
    assert third.started >= running.ended


def test_stop_keeps_what_was_learned(queue, running):
    wait_until(lambda: running.history, "the first epoch", seconds=120)
    queue.stop(running)
    ended(running)
    assert running.state is JobState.STOPPED
    assert running.result.test_accuracy > 0.5
    assert len(running.history) < running.run.training.epochs


def test_divergence_is_a_state_of_its_own(queue):
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    job = ended(queue.submit(RunSpec(network, TrainSpec(learning_rate=1.0)), "diverged"))
    assert job.state is JobState.DIVERGED


def test_one_training_a_session(queue, running):
    with pytest.raises(LimitError, match="still under way"):
        queue.submit(ONE_EPOCH, running.owner)


def test_queue_has_a_length(queue, running, monkeypatch):
    monkeypatch.setattr(limits, "QUEUE_LENGTH", 1)
    with pytest.raises(LimitError, match="waiting already"):
        queue.submit(ONE_EPOCH, "one too many")


def test_too_large_a_network_is_refused(queue):
    network = NetworkSpec((HiddenLayer(512, "relu"),), convolutions=(32,))
    with pytest.raises(LimitError, match=r"2,774,858 parameters.*fewer units"):
        queue.submit(RunSpec(network), "large")


def test_abandoned_training_is_stopped(queue, running, monkeypatch):
    monkeypatch.setattr(limits, "ABANDONED_AFTER_SECONDS", 0.5)
    ended(running)
    assert running.state is JobState.STOPPED


def test_two_minutes_are_kept():
    assert limits.ABANDONED_AFTER_SECONDS + 10 < 120


def test_killed_training_worker_is_replaced(queue, running):
    waiting = queue.submit(ONE_EPOCH, "next")
    old = queue.process_ids()["train"]
    os.kill(old, signal.SIGKILL)
    assert ended(running).state is JobState.FAILED
    assert "worker" in running.reason
    assert ended(waiting).state is JobState.FINISHED
    assert queue.process_ids()["train"] != old


def test_killed_prediction_worker_is_replaced(queue, mnist, trained):
    old = queue.process_ids()["predict"]
    os.kill(old, signal.SIGKILL)
    answers = queue.predict(trained, mnist.x_test[:1])
    np.testing.assert_allclose(answers, trained.probabilities[:1], atol=1e-6)
    assert queue.process_ids()["predict"] != old


def test_a_worker_that_has_grown_too_large_is_replaced_between_jobs(queue, monkeypatch):
    old = queue.process_ids()["train"]
    monkeypatch.setattr(limits, "MAX_WORKER_MEGABYTES", 100)
    wait_until(lambda: queue.process_ids()["train"] != old, "the worker to be replaced")
    monkeypatch.undo()
    assert ended(queue.submit(ONE_EPOCH, "after")).state is JobState.FINISHED


def test_a_cluster_that_exists_is_used_with_the_same_code(mnist):
    with scheduler_alone() as cluster:
        workers = [
            subprocess.Popen(
                [sys.executable, "-m", "digitlab.training.worker", cluster.scheduler_address, kind],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for kind in ("train", "predict")
        ]
        queue = TrainingQueue(cluster.scheduler_address)
        try:
            job = ended(queue.submit(ONE_EPOCH, "cluster"))
            assert job.state is JobState.FINISHED
            answers = queue.predict(job.result, mnist.x_test[:3])
            np.testing.assert_allclose(answers, job.result.probabilities[:3], atol=1e-6)
            assert queue.process_ids() == {}
        finally:
            queue.close()
            for worker in workers:
                worker.kill()
                worker.wait()


def test_no_cluster_there_is_said_in_words(mnist, trained):
    queue = TrainingQueue("tcp://127.0.0.1:9")  # the discard port: nobody listens
    try:
        job = ended(queue.submit(ARTICLE, "nobody"))
        assert job.state is JobState.FAILED
        assert "can't be reached" in job.reason
        with pytest.raises(EngineError, match="can't be reached"):
            queue.predict(trained, mnist.x_test[:1])
    finally:
        queue.close()
