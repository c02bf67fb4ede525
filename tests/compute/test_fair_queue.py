"""Who is next, without workers."""

import pytest

from digitlab import limits
from digitlab.compute.errors import Limit, LimitError, QueueFullError
from digitlab.compute.fair_queue import FairQueue, fair_order
from digitlab.compute.job_group import JobGroup
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord, Interruption
from digitlab.specs import HiddenLayer, NetworkSpec, RunSpec


def jobs(owners: str) -> list[Job]:
    """One job for each letter, in this order of arrival."""
    return [Job(RunSpec(), owner, queued=float(i)) for i, owner in enumerate(owners)]


def owners(jobs: list[Job]) -> str:
    return "".join(job.owner for job in jobs)


@pytest.mark.parametrize(
    ("arrived", "order"),
    [("", ""), ("abc", "abc"), ("aaab", "abaa"), ("aabbc", "abcab"), ("aaabbb", "ababab")],
)
def test_everybodys_first_comes_before_anybodys_second(arrived: str, order: str) -> None:
    assert owners(fair_order(jobs(arrived), running=[])) == order


def test_what_runs_counts_as_its_owners_first() -> None:
    running, *waiting = jobs("aab")
    assert owners(fair_order(waiting, [running])) == "ba"


def test_what_is_only_to_be_stopped_goes_ahead() -> None:
    waiting = jobs("abc")
    waiting[2].requested = Interruption.STOP
    assert owners(fair_order(waiting, running=[])) == "cab"


def test_greedy_owner_delays_a_newcomer_by_one_time_slice_only() -> None:
    fair_queue = FairQueue()
    for job in jobs("aaaa"):
        fair_queue.join(job)
    (first,) = fair_queue.send(1)
    newcomer = Job(RunSpec(), "b")
    fair_queue.join(newcomer)
    assert fair_queue.position(newcomer) == 1
    fair_queue.back(first, at_the_end=True)
    assert fair_queue.send(1) == [newcomer]


def test_time_slices_go_round() -> None:
    fair_queue = FairQueue()
    for job in jobs("abc"):
        fair_queue.join(job)
    order = ""
    for _ in range(7):
        (job,) = fair_queue.send(1)
        order += job.owner
        fair_queue.back(job, at_the_end=True)
    assert order == "abcabca"


def test_a_job_whose_worker_died_keeps_its_place() -> None:
    fair_queue = FairQueue()
    for job in jobs("abc"):
        fair_queue.join(job)
    (first,) = fair_queue.send(1)
    fair_queue.back(first, at_the_end=False)
    assert fair_queue.send(1) == [first]


def test_as_many_as_there_are_workers() -> None:
    fair_queue = FairQueue()
    for job in jobs("abcd"):
        fair_queue.join(job)
    assert owners(fair_queue.send(0)) == ""
    assert owners(fair_queue.send(2)) == "ab"
    assert owners(fair_queue.send(2)) == ""
    assert owners(fair_queue.send(3)) == "c"
    assert owners(fair_queue.send(1)) == ""
    assert owners(fair_queue.jobs()) == "abcd"
    assert not fair_queue.idle


def test_expected_wait_counts_time_slices_of_those_before(monkeypatch: pytest.MonkeyPatch) -> None:
    fair_queue = FairQueue()
    first, second, third = jobs("abc")
    for job in (first, second, third):
        fair_queue.join(job)
    waits = [fair_queue.expected_wait(job, trainers=1) for job in (first, second, third)]
    assert waits[0] == 0
    assert waits[2] == pytest.approx(2 * waits[1])
    assert fair_queue.expected_wait(third, trainers=2) == pytest.approx(waits[2] / 2)
    # A long training before it holds the worker for one time slice only.
    history = Checkpoint((), b"", seconds=1000.0)
    first.start, first.progress = history, None
    first.history = (EpochRecord(0, 1, 1.0, {}),)  # one of five epochs took 1,000 s
    assert fair_queue.expected_wait(second, trainers=1) == limits.TIME_SLICE_SECONDS


def refused(fair_queue: FairQueue, job: Job) -> tuple[Limit, int]:
    """The limit that the queue refuses this one for, and what it counted."""
    with pytest.raises(LimitError) as refusal:
        fair_queue.join(job)
    # Only what will pass by itself may be waited for.
    passing = refusal.value.limit not in (Limit.PARAMETERS, Limit.UNDER_WAY)
    assert isinstance(refusal.value, QueueFullError) == passing
    return refusal.value.limit, refusal.value.number


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    fair_queue = FairQueue()
    first = Job(RunSpec(), "a")
    fair_queue.join(first)
    assert refused(fair_queue, first) == (Limit.UNDER_WAY, 0)
    monkeypatch.setattr(limits, "JOBS_PER_OWNER", 2)
    fair_queue.join(Job(RunSpec(), "a"))
    assert refused(fair_queue, Job(RunSpec(), "a")) == (Limit.OWNER, 2)
    monkeypatch.setattr(limits, "MAX_JOBS", 2)
    assert refused(fair_queue, Job(RunSpec(), "b")) == (Limit.JOBS, 2)
    network = NetworkSpec((HiddenLayer(512, "relu"),), convolutions=(32,))
    assert refused(fair_queue, Job(RunSpec(network), "c")) == (Limit.PARAMETERS, 2_774_858)
    fair_queue.leave(first)
    fair_queue.join(Job(RunSpec(), "b"))


def admitted(fair_queue: FairQueue, job: Job) -> bool:
    try:
        fair_queue.join(job)
    except QueueFullError:
        return False
    return True


def finish_one(fair_queue: FairQueue) -> Job:
    """The next one gets a worker, and is done."""
    (job,) = fair_queue.send(1)
    job.give_up(JobState.STOPPED)
    fair_queue.leave(job)
    return job


def test_a_class_presses_five_seeds() -> None:
    fair_queue = FairQueue()
    runs = tuple(RunSpec().with_seed(seed) for seed in range(5))
    pupils = [JobGroup(runs, f"pupil {number}", origin="school") for number in range(30)]

    def submit(job: Job) -> Job:
        fair_queue.join(job)
        return job

    for series in pupils:
        series.advance(submit)
        assert series.jobs, "everybody's first finds a place"
        assert not series.problem
    assert limits.QUEUE_LENGTH <= len(fair_queue.jobs()) < 5 * 30
    late = Job(RunSpec(), "one more pupil", origin="school")
    assert admitted(fair_queue, late)
    assert fair_queue.position(late) == len(
        pupils
    )  # after the first of each, before the second of any
    ended = []
    while fair_queue.jobs():
        ended.append(finish_one(fair_queue))
        for series in pupils:
            series.advance(submit)
    assert ended.index(late) == len(pupils)
    assert len(ended) == 5 * 30 + 1
    assert all(len(series.jobs) == 5 and not series.active for series in pupils)


def test_places_are_shared_so_that_nobodys_series_waits_for_anothers() -> None:
    fair_queue = FairQueue()
    for owner in "abcd":
        fair_queue.join(Job(RunSpec(), owner))
    held = {owner: 1 for owner in "abcd"}
    for owner in "abcd":
        while admitted(fair_queue, Job(RunSpec(), owner)):
            held[owner] += 1
    assert set(held.values()) == {limits.JOBS_PER_OWNER}
    for number in range(26):
        fair_queue.join(Job(RunSpec(), f"pupil {number}"))
    assert admitted(fair_queue, Job(RunSpec(), "pupil 1"))
    assert not admitted(fair_queue, Job(RunSpec(), "pupil 1"))  # 60 places, 30 owners


@pytest.mark.parametrize("owners", [12, 300])
def test_who_pretends_to_be_many_keeps_nobody_out(owners: int) -> None:
    fair_queue = FairQueue()
    for _ in range(limits.JOBS_PER_OWNER):
        for number in range(owners):
            admitted(fair_queue, Job(RunSpec(), f"forged {number}", origin="stranger"))
    assert len(fair_queue.jobs()) <= limits.JOBS_PER_ORIGIN
    newcomer = Job(RunSpec(), "newcomer", origin="elsewhere")
    assert admitted(fair_queue, newcomer)
    assert fair_queue.position(newcomer) == min(owners, limits.CLASS_SIZE)


def test_a_class_at_one_address_waits_as_if_it_were_thirty_visitors() -> None:
    school = [Job(RunSpec(), f"pupil {n}", origin="school", queued=float(n)) for n in range(30)]
    homes = [Job(RunSpec(), f"home {n}", origin=f"home {n}", queued=n + 0.5) for n in range(30)]
    order = fair_order([*homes, *school])
    assert order == sorted([*homes, *school], key=lambda job: job.queued)


def test_a_second_class_at_one_address_waits_behind_others() -> None:
    school = [Job(RunSpec(), f"pupil {n}", origin="school", queued=float(n)) for n in range(60)]
    other = Job(RunSpec(), "other", origin="home", queued=100.0)
    assert fair_order([*school, other]).index(other) == limits.CLASS_SIZE


def test_from_one_address_come_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JOBS_PER_ORIGIN", 3)
    fair_queue = FairQueue()
    for number in range(3):
        fair_queue.join(Job(RunSpec(), f"owner {number}", origin="here"))
    assert refused(fair_queue, Job(RunSpec(), "owner 3", origin="here")) == (Limit.ORIGIN, 3)
    fair_queue.join(Job(RunSpec(), "owner 3", origin="elsewhere"))
