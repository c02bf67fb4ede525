"""The promised wait against a simulated lab: what a newcomer is told, and what comes."""

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from digitlab import limits
from digitlab.compute.fair_queue import FairQueue
from digitlab.records.checkpoint import Checkpoint, PartialEpoch
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.training import Progress
from digitlab.specs import RunSpec, TrainSpec

EPOCHS = 5
BATCHES = 10_000


class SimulatedLab:
    """Workers that train at a constant speed, on a clock of their own."""

    def __init__(self, trainers: int = 1) -> None:
        self.now = 1000.0
        self.fair_queue, self.trainers = FairQueue(), trainers
        self._sent: list[Job] = []  # those that no worker has begun
        self._ends: dict[Job, float] = {}  # of the time slices under way
        self._seconds: dict[Job, float] = {}  # that a whole training takes
        self._done: dict[Job, float] = {}

    def submit(self, owner: str, seconds: float) -> Job:
        job = Job(RunSpec(training=TrainSpec(epochs=EPOCHS)), owner, queued=self.now)
        self._seconds[job], self._done[job] = seconds, 0.0
        self.fair_queue.join(job)
        self._begin()
        return job

    def wait(self, seconds: float) -> None:
        self._until(self.now + seconds)

    def until_begun(self, job: Job) -> Any:
        while job.started is None:
            self._until(min(self._ends.values()))
        return job.started

    def _begin(self) -> None:
        self._sent += self.fair_queue.send(self.trainers + 1)
        while self._sent and len(self._ends) < self.trainers:
            job = self._sent.pop(0)
            job.slice_number += 1
            job.begin(job.slice_number)
            left = self._seconds[job] - self._done[job]
            self._ends[job] = self.now + min(limits.TIME_SLICE_SECONDS, left)

    def _until(self, then: float) -> None:
        while self._ends and (end := min(self._ends.values())) <= then:
            job = next(job for job in self._ends if self._ends[job] == end)
            self.now = end
            del self._ends[job]
            assert job.started is not None
            self._done[job] += end - job.started
            if self._done[job] > self._seconds[job] - 1e-6:
                job.give_up(JobState.STOPPED)
                self.fair_queue.leave(job)
            else:
                partial = PartialEpoch(self._progress(job, self._done[job]), 0, (), (), 0.0)
                start = Checkpoint((), b"", self._done[job], partial=partial)
                assert job.wait_again(start, at_the_end=True)
                self.fair_queue.back(job, at_the_end=True)
            self._begin()
        self.now = then
        for job in self._ends:
            assert job.started is not None
            done = self._done[job] + self.now - job.started
            job.note(job.slice_number, self._progress(job, done))

    def _progress(self, job: Job, done: float) -> Progress:
        epochs = done / self._seconds[job] * EPOCHS
        return Progress(int(epochs), round(epochs % 1 * BATCHES), BATCHES, {})


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SimulatedLab]:
    labs = []

    def make(trainers: int = 1) -> SimulatedLab:
        labs.append(SimulatedLab(trainers))
        clock = SimpleNamespace(monotonic=lambda: labs[-1].now)
        for module in ("records.job", "compute.fair_queue"):
            monkeypatch.setattr(f"digitlab.{module}.time", clock)
        return labs[-1]

    return make


@pytest.mark.parametrize("seed", range(20))
def test_among_slow_trainings_the_promise_is_true_to_a_second(
    lab: Callable[..., SimulatedLab], seed: int
) -> None:
    """Each epoch takes three time slices."""
    chance = random.Random(seed)
    simulated = lab()
    for number in range(chance.randint(1, 6)):
        simulated.submit(f"slow {number}", EPOCHS * 29)
    simulated.wait(chance.uniform(65, 120))  # each has had a time slice
    newcomer = simulated.submit("newcomer", 1.5)
    came = simulated.now
    promised = simulated.fair_queue.expected_wait(newcomer, trainers=1)
    assert simulated.until_begun(newcomer) - came == pytest.approx(promised, abs=1)


@pytest.mark.parametrize("trainers", [1, 2, 3])
@pytest.mark.parametrize("seed", range(10))
def test_among_trainings_of_all_kinds_it_is_true_to_a_time_slice(
    lab: Callable[..., SimulatedLab], seed: int, trainers: int
) -> None:
    chance = random.Random(seed)
    simulated = lab(trainers)
    for number in range(chance.randint(1, 5)):
        simulated.submit(f"other {number}", chance.choice([12, 40, EPOCHS * 29]))
        simulated.wait(chance.uniform(0, 5))
    simulated.wait(50)
    newcomer = simulated.submit("newcomer", 1.5)
    came = simulated.now
    promised = simulated.fair_queue.expected_wait(newcomer, trainers)
    real = simulated.until_begun(newcomer) - came
    assert real == pytest.approx(promised, abs=limits.TIME_SLICE_SECONDS)


def test_the_first_of_all_waits_for_the_rest_of_one_time_slice(
    lab: Callable[..., SimulatedLab],
) -> None:
    simulated = lab()
    simulated.submit("slow", EPOCHS * 29)
    simulated.wait(7)
    newcomer = simulated.submit("newcomer", 1.5)
    assert simulated.fair_queue.expected_wait(newcomer, trainers=1) == pytest.approx(3)
    assert simulated.until_begun(newcomer) - simulated.now <= 3
