"""A search under way, without workers: what it queues, in which order, and when it ends."""

import threading

import pytest

from digitlab.compute.search import Search, validation_score
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord
from digitlab.specs import ARTICLE
from digitlab.specs.search import SearchSpec

RATES = (0.01, 0.03, 0.1, 0.3)


def plan(halving: bool = False) -> SearchSpec:
    base = ARTICLE.continued(5, 3, 0.01)  # eight epochs
    return SearchSpec(base, (("learning_rate", RATES),), (7,), halving)


def submit(job: Job) -> Job:
    return job


def end(job: Job, accuracy: float, state: JobState = JobState.FINISHED) -> None:
    """It has trained: each epoch reads as many of the validation digits."""
    job.history = tuple(
        EpochRecord(epoch, 540, 1.0, {"accuracy": 0.1, "val_accuracy": accuracy})
        for epoch in range(job.spec.training.epochs)
    )
    job.start = Checkpoint(job.history, b"file", 1.0)
    job.state = state


def accuracy_of(job: Job) -> float:
    """Better the nearer its learning rate is to 0.1."""
    return 0.9 - abs(job.spec.training.learning_rate - 0.1)


def test_all_settings_are_queued_and_it_ends_with_them() -> None:
    search = Search(plan=plan(), owner="me")
    assert (search.active, search.left, search.share_done) == (True, 4, 0.0)
    search.advance(submit)
    assert [job.spec for job in search.jobs] == list(plan().runs(plan().settings, 0))
    end(search.jobs[0], 0.5)
    assert search.share_done == pytest.approx(1 / 4)
    for job in search.jobs[1:]:
        end(job, accuracy_of(job))
    search.advance(submit)
    assert (search.active, search.share_done) == (False, 1.0)
    assert len(search.jobs) == 4


def test_halving_goes_on_with_the_better_half_where_it_stood() -> None:
    search = Search(plan=plan(halving=True), owner="me")
    rungs = []
    while search.active:
        before = len(search.jobs)
        search.advance(submit)
        new = search.jobs[before:]
        rungs.append([(job.spec.training.learning_rate, job.spec.training.epochs) for job in new])
        for job in new:
            if rungs[:-1]:
                (parent,) = [other for other in search.jobs if other.id == job.parent]
                assert parent.spec.training.learning_rate == job.spec.training.learning_rate
                assert job.start is not None
                assert len(job.start.history) == parent.spec.training.epochs
            end(job, accuracy_of(job))
    assert rungs == [
        [(0.01, 2), (0.03, 2), (0.1, 2), (0.3, 2)],
        [(0.03, 4), (0.1, 4)],
        [(0.1, 8)],
    ]
    assert search.share_done == 1.0


def test_how_much_is_done_counts_epochs_and_never_falls() -> None:
    search = Search(plan=plan(halving=True), owner="me")
    shares = []
    while search.active:
        search.advance(submit)
        shares.append(search.share_done)
        for job in [job for job in search.jobs if job.active]:
            end(job, accuracy_of(job))
            shares.append(search.share_done)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_was_trained_before_is_not_trained_again() -> None:
    known = {plan().run((0.1,), 7): 0.95}
    search = Search(plan=plan(), owner="me", known=known)
    search.advance(submit)
    assert [job.spec.training.learning_rate for job in search.jobs] == [0.01, 0.03, 0.3]
    assert search.scores == known


def test_if_the_arrays_are_lost_it_begins_again() -> None:
    search = Search(plan=plan(halving=True), owner="me", start_of=lambda job: None)
    search.advance(submit)
    for job in search.jobs:
        end(job, accuracy_of(job))
    search.advance(submit)
    assert [job.start for job in search.jobs[4:]] == [None, None]


def test_where_a_run_failed_it_stops_and_what_diverged_reads_nothing() -> None:
    search = Search(plan=plan(halving=True), owner="me")
    search.advance(submit)
    for job in search.jobs:
        end(job, accuracy_of(job))
    search.jobs[1].state = JobState.DIVERGED
    assert search.scores[search.jobs[1].spec] == 0.0
    search.jobs[2].state = JobState.FAILED
    search.advance(submit)
    assert search.stopped
    assert not search.active
    assert len(search.jobs) == 4


def test_two_tabs_queue_nothing_twice() -> None:
    search = Search(plan=plan(), owner="me")
    together = threading.Barrier(4)

    def advance() -> None:
        together.wait()
        search.advance(submit)

    tabs = [threading.Thread(target=advance) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert [job.spec for job in search.jobs] == list(plan().runs(plan().settings, 0))


def test_a_score_is_of_validation_digits_and_of_a_training_that_has_ended() -> None:
    training = (EpochRecord(0, 600, 1.0, {"accuracy": 0.9}),)
    validation = (EpochRecord(0, 540, 1.0, {"accuracy": 0.9, "val_accuracy": 0.8}),)
    assert validation_score(JobState.FINISHED, validation) == 0.8
    assert validation_score(JobState.FINISHED, training) is None
    assert validation_score(JobState.STOPPED, validation) is None
    assert validation_score(JobState.RUNNING, validation) is None
    assert validation_score(JobState.DIVERGED, ()) == 0.0
