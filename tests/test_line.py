"""Whose turn is next, without workers."""

import pytest

from digitlab import limits
from digitlab.specs import HiddenLayer, NetworkSpec, RunSpec
from digitlab.training.jobs import Job
from digitlab.training.line import LimitError, Line, fair_order
from digitlab.training.records import Checkpoint, Interruption


def jobs(owners: str) -> list[Job]:
    """One job for each letter, in this order of arrival."""
    return [Job(RunSpec(), owner, queued=float(i)) for i, owner in enumerate(owners)]


def owners(jobs):
    return "".join(job.owner for job in jobs)


@pytest.mark.parametrize(
    ("arrived", "order"),
    [("", ""), ("abc", "abc"), ("aaab", "abaa"), ("aabbc", "abcab"), ("aaabbb", "ababab")],
)
def test_everybodys_first_comes_before_anybodys_second(arrived, order):
    assert owners(fair_order(jobs(arrived), running=[])) == order


def test_what_runs_counts_as_its_owners_first():
    running, *waiting = jobs("aab")
    assert owners(fair_order(waiting, [running])) == "ba"


def test_what_is_only_to_be_stopped_goes_ahead():
    waiting = jobs("abc")
    waiting[2].asked = Interruption.STOP
    assert owners(fair_order(waiting, running=[])) == "cab"


def test_greedy_owner_delays_a_newcomer_by_one_turn_only():
    line = Line()
    for job in jobs("aaaa"):
        line.join(job)
    (first,) = line.send(1)
    newcomer = Job(RunSpec(), "b")
    line.join(newcomer)
    assert line.place(newcomer) == 1
    line.back(first, at_the_end=True)
    assert line.send(1) == [newcomer]


def test_turns_go_round():
    line = Line()
    for job in jobs("abc"):
        line.join(job)
    turns = ""
    for _ in range(7):
        (job,) = line.send(1)
        turns += job.owner
        line.back(job, at_the_end=True)
    assert turns == "abcabca"


def test_a_job_whose_worker_died_keeps_its_place():
    line = Line()
    for job in jobs("abc"):
        line.join(job)
    (first,) = line.send(1)
    line.back(first, at_the_end=False)
    assert line.send(1) == [first]


def test_as_many_as_there_are_workers():
    line = Line()
    for job in jobs("abcd"):
        line.join(job)
    assert owners(line.send(0)) == ""
    assert owners(line.send(2)) == "ab"
    assert owners(line.send(2)) == ""
    assert owners(line.send(3)) == "c"
    assert owners(line.send(1)) == ""
    assert owners(line.jobs()) == "abcd"
    assert not line.idle


def test_expected_wait_counts_turns_of_those_before(monkeypatch):
    line = Line()
    first, second, third = jobs("abc")
    for job in (first, second, third):
        line.join(job)
    waits = [line.expected_wait(job, trainers=1) for job in (first, second, third)]
    assert waits[0] == 0
    assert waits[2] == pytest.approx(2 * waits[1])
    assert line.expected_wait(third, trainers=2) == pytest.approx(waits[2] / 2)
    # A long training before it holds the worker for one turn only.
    history = Checkpoint((), b"", seconds=1000.0)
    first.start, first.progress = history, None
    first.history = (None,)  # one of five epochs took 1,000 s
    assert line.expected_wait(second, trainers=1) == limits.TURN_SECONDS


def test_limits_are_named(monkeypatch):
    line = Line()
    first = Job(RunSpec(), "a")
    line.join(first)
    with pytest.raises(LimitError, match="under way already"):
        line.join(first)
    monkeypatch.setattr(limits, "JOBS_PER_OWNER", 2)
    line.join(Job(RunSpec(), "a"))
    with pytest.raises(LimitError, match="2 trainings of yours"):
        line.join(Job(RunSpec(), "a"))
    monkeypatch.setattr(limits, "QUEUE_LENGTH", 2)
    with pytest.raises(LimitError, match="2 trainings are waiting already"):
        line.join(Job(RunSpec(), "b"))
    network = NetworkSpec((HiddenLayer(512, "relu"),), convolutions=(32,))
    with pytest.raises(LimitError, match=r"2,774,858 parameters.*fewer units"):
        line.join(Job(RunSpec(network), "c"))
    line.leave(first)
    line.join(Job(RunSpec(), "b"))
