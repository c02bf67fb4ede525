"""Which workers hang, on a clock of the test's own."""

from collections.abc import Callable
from typing import Any

import pytest

from digitlab import limits
from digitlab.compute.cluster.backoff import Backoff
from digitlab.compute.cluster.liveness import Liveness


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def looks(
    liveness: Liveness,
    clock: Clock,
    seconds: int,
    heartbeat: Callable[..., Any],
    step: float = 1.0,
) -> None:
    """Look again and again for so long; `heartbeat` gives what the scheduler knows at each time."""
    end = clock.now + seconds
    while clock.now < end:
        clock.now += step
        liveness.look({"train-1": heartbeat(clock.now)})


def test_a_worker_that_beats_lives_for_ever(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, 1000, lambda now: now)
    assert not liveness.hangs("train-1")
    assert liveness.silence("train-1") == 0


def test_a_silent_one_hangs_after_the_limit_and_not_before(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, 5, lambda now: now)
    looks(liveness, clock, limits.WORKER_SILENCE_SECONDS, lambda now: 1.0)
    assert not liveness.hangs("train-1")
    looks(liveness, clock, 2, lambda now: 1.0)
    assert liveness.hangs("train-1")


def test_a_late_beat_is_a_sign_of_life(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, limits.WORKER_SILENCE_SECONDS - 1, lambda now: 1.0)
    looks(liveness, clock, 1, lambda now: 2.0)
    looks(liveness, clock, limits.WORKER_SILENCE_SECONDS - 1, lambda now: 2.0)
    assert not liveness.hangs("train-1")


def test_a_computer_that_slept_has_killed_nobody(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, 5, lambda now: now)
    looks(liveness, clock, 1, lambda now: 5.0, step=8 * 3600)
    assert not liveness.hangs("train-1")


def test_the_computers_clock_may_be_set_back(clock: Clock) -> None:
    """Beats carry the computer's time; only a change of it counts."""
    liveness = Liveness(clock)
    looks(liveness, clock, 5, lambda now: now)
    looks(liveness, clock, 1000, lambda now: now - 3600)
    assert not liveness.hangs("train-1")


def test_one_that_starts_may_take_its_time_but_not_for_ever(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, limits.WORKER_START_SECONDS, lambda now: None)
    assert not liveness.hangs("train-1")
    looks(liveness, clock, 2, lambda now: None)
    assert liveness.hangs("train-1")


def test_one_that_the_scheduler_has_lost_hangs_too(clock: Clock) -> None:
    liveness = Liveness(clock)
    looks(liveness, clock, 5, lambda now: now)
    looks(liveness, clock, limits.WORKER_SILENCE_SECONDS + 2, lambda now: None)
    assert liveness.hangs("train-1")


def test_pauses_grow_to_a_limit_and_begin_anew_after_a_success(clock: Clock) -> None:
    backoff, pauses = Backoff(clock), []
    assert not backoff.pausing
    for _ in range(8):
        backoff.failed()
        began = clock.now
        while backoff.pausing:
            clock.now += 0.5
        pauses.append(clock.now - began)
    assert pauses == [1, 2, 4, 8, 16, *3 * [limits.RETRY_SECONDS]]
    assert backoff.failures == 8
    backoff.succeeded()
    backoff.failed()
    clock.now += 1
    assert not backoff.pausing
