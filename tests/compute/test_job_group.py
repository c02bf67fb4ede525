"""Trainings that belong together, without workers."""

from typing import Any

from digitlab.compute.errors import Limit, LimitError, QueueFullError
from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord
from digitlab.specs import ARTICLE


class SmallQueue:
    """A queue that takes so many."""

    def __init__(self, slots: int) -> None:
        self.slots = slots

    def submit(self, job: Job) -> Any:
        if self.slots == 0:
            raise LimitError(Limit.JOBS, 5)
        self.slots -= 1
        return job


def five() -> JobGroup:
    return JobGroup(tuple(ARTICLE.with_seed(seed) for seed in range(5)), "me")


def end(job: Job, state: JobState = JobState.STOPPED) -> None:
    job.give_up(state)


def test_what_there_is_room_for_is_queued_the_rest_later() -> None:
    series, queue = five(), SmallQueue(3)
    series.advance(queue.submit)
    assert [job.spec.training.seed for job in series.jobs] == [0, 1, 2]
    assert {job.owner for job in series.jobs} == {"me"}
    assert series.problem is not None
    assert series.problem.limit is Limit.JOBS
    assert (series.active, series.left) == (True, 5)
    assert series.waiting == 2
    end(series.jobs[0])
    queue.slots += 2
    series.advance(queue.submit)
    assert len(series.jobs) == 5
    assert series.problem is None
    assert series.left == 4


def test_an_advance_says_that_somebody_watches() -> None:
    series = five()
    series.advance(SmallQueue(5).submit)
    for job in series.jobs:
        job.attention.last_touched = 0
    series.advance(SmallQueue(0).submit)
    assert all(job.attention.last_touched > 0 for job in series.jobs)


def test_stop_ends_those_under_way_and_queues_no_more() -> None:
    series = five()
    series.advance(SmallQueue(2).submit)
    end(series.jobs[0], JobState.FAILED)
    stopped: list[Any] = []
    series.stop(stopped.append)
    assert stopped == [series.jobs[1]]
    assert series.active  # until its worker has let go
    end(series.jobs[1])
    series.advance(SmallQueue(5).submit)
    assert len(series.jobs) == 2
    assert not series.active


def test_it_is_done_when_all_have_ended_however() -> None:
    series = five()
    series.advance(SmallQueue(5).submit)
    for job in series.jobs:
        assert series.active
        end(job, JobState.FAILED)
    assert not series.active
    assert series.share_done == 1


def test_share_done_counts_what_is_not_queued_yet() -> None:
    series = five()
    series.advance(SmallQueue(2).submit)
    series.jobs[0].history = (EpochRecord(0, 1, 1.0, {}),) * 5
    end(series.jobs[1])
    assert series.share_done == 2 / 5


def test_what_has_no_room_yet_waits_without_a_problem() -> None:
    class Full(SmallQueue):
        def submit(self, job: Job) -> Any:
            if self.slots == 0:
                raise QueueFullError(Limit.JOBS, 5)
            return super().submit(job)

    series = five()
    series.advance(Full(1).submit)
    assert (len(series.jobs), series.waiting, series.problem) == (1, 4, None)
    series.stop(lambda job: None)
    assert series.waiting == 0
