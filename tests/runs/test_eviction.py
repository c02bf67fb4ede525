"""Who loses runs when there is no room: never many small owners for the sake of a large one."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.runs import eviction
from digitlab.runs.errors import StoreProblem
from digitlab.runs.eviction import Held
from digitlab.runs.record import Snapshot
from digitlab.runs.repository import RunRepository
from digitlab.runs.store import RunStore
from tests.runs.making import assert_same_network, ended, job, network, save, sql

FEW_ANSWERS = np.full((10, 10), 0.1, np.float32)
MB = 10**6


def sized(owner: str, size: int, **changes: Any) -> Job:
    """A run of about so many bytes."""
    result = network(size=size, probabilities=FEW_ANSWERS, replay=())
    return ended(owner, result=result, **changes)


@pytest.fixture
def scaled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of 10 MB instead of 1,000, where an owner may have 1."""
    monkeypatch.setattr(limits, "MAX_STORE_MEGABYTES", 10)
    monkeypatch.setattr(limits, "MAX_MEGABYTES_PER_OWNER", 1)
    monkeypatch.setattr(limits, "MAX_OPENED_MEGABYTES", 2)


def test_many_small_owners_survive_one_who_floods_the_store(store: RunStore, scaled: None) -> None:
    others = [sized(f"pupil {number % 30}", 25_000) for number in range(298)]
    save(store, *others)
    flood = [sized("flood", 230_000) for _ in range(9)]
    save(store, *flood)
    kept = {run.id for number in range(30) for run in store.owned(f"pupil {number}")}
    assert kept == {each.id for each in others}
    assert [run.id for run in store.owned("flood")] == [each.id for each in flood[:4:-1]]
    assert store.removals("flood").count == 5
    assert store.removals("pupil 0") is None


def test_the_largest_owners_oldest_goes_when_the_store_is_full(
    store: RunStore, scaled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STORE_MEGABYTES", 4)
    small = [sized(f"small {number}", 300_000) for number in range(10)]
    save(store, *small)
    large = [sized("large", 450_000) for _ in range(2)]
    save(store, *large, sized("newcomer", 300_000))
    assert [run.id for run in store.owned("large")] == [large[1].id]
    assert all(store.find(each.id) for each in small)


def test_what_somebody_else_opened_stays_for_a_day(store: RunStore, url: str, scaled: None) -> None:
    mine = [sized("ada", 300_000) for _ in range(3)]
    save(store, *mine)
    store.opened(mine[0].id, "eve")
    store.opened(mine[1].id, "ada")  # one's own is one's own
    save(store, sized("ada", 300_000))
    assert [bool(store.find(each.id)) for each in mine] == [True, False, True]
    yesterday = datetime.now(UTC) - timedelta(hours=limits.OPENED_HOURS, seconds=1)
    sql(url, "UPDATE runs SET opened = :t WHERE opened IS NOT NULL", t=yesterday.isoformat())
    save(store, sized("ada", 300_000))
    assert store.find(mine[0].id) is None


def test_with_no_room_the_numbers_are_kept_and_nobody_elses_run_goes(
    store: RunStore, scaled: None
) -> None:
    mine = [sized("ada", 300_000) for _ in range(3)]
    other = sized("eve", 300_000)
    save(store, *mine, other)
    for each in mine:
        store.opened(each.id, "eve")
    more = sized("ada", 300_000)
    save(store, more)
    assert all(store.network(each.id) for each in (*mine, other))
    assert store.find(more.id).test_accuracy == more.result.test_accuracy
    assert not store.find(more.id).has_model
    assert not store.holds(more.id)


def test_a_list_full_of_opened_runs_takes_no_more(
    store: RunStore, scaled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 2)
    mine = [sized("ada", 1000), job("ada")]
    save(store, *mine)
    store.opened(mine[0].id, "eve")
    save(store, sized("ada", 1000))
    assert {run.id for run in store.owned("ada")} == {each.id for each in mine}


def test_the_visitor_hears_why_and_a_deletion_makes_the_room(tmp_path: Path, scaled: None) -> None:
    kept = RunRepository(f"sqlite:///{tmp_path / 'runs.sqlite'}")
    mine = [sized("ada", 300_000) for _ in range(4)]
    for each in mine[:3]:
        kept.save(each)
        kept.opened(each.id, "eve")
    assert kept.flush(10)
    assert kept.unkept(mine[0].id) is None
    kept.save(mine[3])
    assert kept.unkept(mine[3].id) == StoreProblem.NO_ROOM
    assert kept.problem is None  # it is nobody else's business
    assert kept.delete(mine[0].id, "ada")
    assert kept.unkept(mine[3].id) is None
    assert_same_network(kept.network(mine[3].id), mine[3].result)
    kept.close()


def test_a_store_that_others_fill_is_not_called_the_visitors_fault(
    tmp_path: Path, scaled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STORE_MEGABYTES", 1)
    kept = RunRepository(f"sqlite:///{tmp_path / 'runs.sqlite'}")
    for owner in ("ada", "bob", "cy"):
        theirs = sized(owner, 300_000)
        kept.save(theirs)
        kept.opened(theirs.id, "eve")
    assert kept.flush(10)
    mine = sized("newcomer", 300_000)
    kept.save(mine)
    assert kept.flush(10)
    assert kept.unkept(mine.id) == StoreProblem.NO_STORE_ROOM
    kept.close()


def test_removals_are_told_after_a_restart_and_for_a_week(url: str, scaled: None) -> None:
    first = RunStore(url)
    save(first, *(sized("ada", 300_000) for _ in range(5)))
    first.close()
    again = RunStore(url)
    told = again.removals("ada")
    assert told.count == 2
    assert abs(datetime.now(UTC) - told.latest) < timedelta(minutes=1)
    assert again.removals("eve") is None
    last_week = datetime.now(UTC) - timedelta(days=limits.TOLD_DAYS, seconds=1)
    sql(url, "UPDATE removals SET latest = :t", t=last_week.isoformat(timespec="microseconds"))
    assert again.removals("ada") is None
    save(again, sized("ada", 300_000))
    assert again.removals("ada").count == 1
    again.close()


def test_the_newest_run_is_not_taken_for_the_oldest_when_the_clock_is_set_back(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 2)
    before, later, last = (ended() for _ in range(3))
    save(store, before, later)
    snapshot = Snapshot.of(last)
    hour = timedelta(hours=1)
    run = replace(
        snapshot.run, created=snapshot.run.created - hour, changed=snapshot.run.changed - hour
    )
    store.save(run, snapshot.checkpoint, snapshot.probabilities)
    assert [run.id for run in store.owned("ada")] == [last.id, later.id]
    save(store, ended())
    assert store.find(last.id) is not None


def test_a_run_that_goes_on_is_no_longer_the_longest_unused(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 2)
    paused, other = ended(state=JobState.PAUSED), ended()
    save(store, paused, other)
    kept_run = store.find(paused.id)
    again = job(id=paused.id, start=paused.result.checkpoint, revision=kept_run.revision)
    save(store, again)
    again.result, again.state = network(), JobState.FINISHED
    save(store, again, ended())
    assert store.find(paused.id) is not None
    assert store.find(other.id) is None


def full_store(dice: random.Random) -> list[Held]:
    """Owners with few and with many runs, small and large, until nothing more fits."""
    held: list[Held] = []
    left = limits.MAX_STORE_MEGABYTES * MB
    while True:
        size = dice.choice((600_000, 3_600_000, 23_000_000))
        left -= size
        if left < 0:
            return held
        owner = f"owner {int(dice.paretovariate(0.6)) % 200}"
        opened, ended_ = dice.random() < 0.3, dice.random() > 0.05
        held.append(Held(str(len(held)), owner, size, ended_, opened))


@pytest.mark.parametrize("seed", range(20))
def test_whoever_loses_a_run_had_most_and_what_must_stay_stays(seed: int) -> None:
    dice = random.Random(seed)
    held = full_store(dice)
    going = eviction.in_store(held, "newcomer", 23 * MB)
    assert going is not None
    left = sum(run.size for run in held) - sum(run.size for run in going)
    assert left + 23 * MB <= limits.MAX_STORE_MEGABYTES * MB
    assert all(run.ended for run in going)
    weights = Counter({"newcomer": 23 * MB})
    for run in held:
        weights[run.owner] += run.size
    stay = sum(run.size for run in held if run.opened and run not in going)
    if any(run.opened for run in going):
        assert stay > limits.MAX_OPENED_MEGABYTES * MB - 23 * MB
    gone = set()
    for run in going:  # nobody who may lose one had a megabyte more than who does
        movable = {o.owner for o in held if o.ended and not o.opened and o.id not in gone}
        assert weights[run.owner] >= max((weights[name] for name in movable), default=0) - MB
        weights[run.owner] -= run.size
        gone.add(run.id)


def test_many_cookies_that_open_their_own_runs_hold_a_quarter_of_the_store_at_most() -> None:
    limit = limits.MAX_OPENED_MEGABYTES * MB
    pupils = [Held(f"p{n}", f"pupil {n % 30}", 600_000, True, n % 3 == 0) for n in range(300)]
    forged = [Held(f"f{n}", f"cookie {n // 4}", 23 * MB, True, True) for n in range(35)]
    held = [*pupils, *forged]
    assert sum(run.size for run in held) > 980 * MB
    for number in range(40):
        going = eviction.in_store(held, f"cookie {100 + number}", 23 * MB)
        assert going is not None
        held = [run for run in held if run not in going]
        held.append(Held(f"g{number}", f"cookie {100 + number}", 23 * MB, True, True))
        assert set(pupils) <= set(held)
    going = eviction.in_store(held, "newcomer", 23 * MB)
    assert going is not None
    assert going
    assert {run.owner.split()[0] for run in going} == {"cookie"}
    assert sum(run.size for run in held if run.opened) > limit


def test_what_is_under_way_never_goes() -> None:
    held = [Held(str(n), f"owner {n}", 100 * MB, ended=False) for n in range(10)]
    assert eviction.in_store(held, "newcomer", 1) is None
    assert eviction.in_budget([held[0]], 1) is None
