"""A run whose process is dead is interrupted at once; a clock that is set ends none."""

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from digitlab import limits
from digitlab.records.job_state import JobState
from digitlab.records.reason import ReasonCode
from digitlab.runs import life
from digitlab.runs.store import RunStore
from tests.runs.making import ended, job, network, save, sql

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

TRAINS = """
import sys
from digitlab.runs.store import RunStore
from tests.runs.making import job, save
one = job()
save(RunStore(sys.argv[1]), one)
print(one.id, flush=True)
sys.stdin.read()
"""


def test_a_run_whose_process_was_killed_is_interrupted_at_once(url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", TRAINS, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    store = RunStore(url)
    try:
        run_id = process.stdout.readline().strip()
        assert store.find(run_id).state is JobState.RUNNING
        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet buried
        kept = store.find(run_id)
        assert (kept.state, kept.reason.code) == (JobState.INTERRUPTED, ReasonCode.SERVER_STOPPED)
        process.wait()
        assert store.find(run_id).state is JobState.INTERRUPTED
    finally:
        process.kill()
        process.communicate()
        store.close()


ELSEWHERE = """
import platform, sys
from datetime import datetime, timedelta
platform.node = lambda: "another-host"
class Wrong(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(seconds=float(sys.argv[2]))
from digitlab.runs import record
from digitlab.runs.sql import clock
from digitlab.records import job as jobs
clock.datetime = record.datetime = jobs.datetime = Wrong
from digitlab.runs.store import RunStore
from tests.runs.making import ended, job, save
store = RunStore(sys.argv[1])
runs = [job(), ended()]
save(store, *runs)
print(*(run.id for run in runs), flush=True)
for line in sys.stdin:
    print(store.find(line.strip()).state, flush=True)
"""


@pytest.mark.parametrize("ahead", [-120, 120])
def test_hosts_whose_clocks_differ_see_each_others_runs_alive(
    servers: Callable[[], str], ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hosts on one database: each looks at the other's run, and makes room beside it."""
    url = servers()
    store = RunStore(url)
    other = subprocess.Popen(
        [sys.executable, "-c", ELSEWHERE, url, str(ahead)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        theirs, _ = other.stdout.readline().split()
        assert store.find(theirs).state is JobState.RUNNING
        mine = job()
        monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 2)
        save(store, mine)  # both are the same owner's
        assert store.find(theirs).state is JobState.RUNNING
        monkeypatch.setattr(platform, "node", lambda: "this-host")
        store.touch([mine.id])
        other.stdin.write(f"{mine.id}\n")
        other.stdin.flush()
        assert other.stdout.readline().strip() == JobState.RUNNING
    finally:
        other.communicate()
        for run_id in [run.id for run in store.owned("ada")]:
            store.delete(run_id, "ada")
        store.close()


def lost(process: str | None, ago: timedelta = timedelta(0), silent: float = 0.0) -> bool:
    return life.is_lost(process, time.monotonic() - silent, NOW - ago, NOW)


def test_a_living_process_has_its_runs_whatever_the_wall_clock_says() -> None:
    assert not lost(life.here())
    assert not lost(life.here(), HOUR)
    assert not lost(life.here(), -HOUR)
    assert lost(life.here(), silent=limits.LOST_AFTER_SECONDS + 1)


def test_another_start_under_the_same_number_is_another_process() -> None:
    """As when a container starts anew: its first process is number 1 each time."""
    assert lost(f"{platform.node()}/{os.getpid()}/1.00")


@pytest.mark.parametrize(
    "process", [None, "elsewhere/1/5.00", "", "nonsense", "a/b", "//", "x/-1/y"]
)
def test_of_other_machines_only_their_signs_of_life_tell(process: str | None) -> None:
    assert not lost(process)
    assert not lost(process, timedelta(seconds=limits.LOST_AFTER_SECONDS - 1), silent=1e9)
    assert lost(process, timedelta(seconds=limits.LOST_AFTER_SECONDS + 1))
    assert lost(process, -HOUR)  # its clock or this one was set: a living one beats soon


def test_what_has_ended_has_no_process(store: RunStore) -> None:
    done = job()
    save(store, done)
    assert store.find(done.id).process == life.here()
    done.result, done.state = network(), JobState.FINISHED
    save(store, done)
    assert store.find(done.id).process is None


def test_a_result_counts_though_the_clock_was_set_back(store: RunStore, url: str) -> None:
    paused = ended(state=JobState.PAUSED)
    save(store, paused)
    ahead = (datetime.now(UTC) + HOUR).isoformat(timespec="microseconds")
    sql(url, "UPDATE runs SET changed = :t", t=ahead)  # written before the clock was set
    revision = store.find(paused.id).revision
    again = job(id=paused.id, start=paused.result.checkpoint, revision=revision)
    save(store, again)
    assert store.find(paused.id).state is JobState.RUNNING
    again.result, again.state = network(epochs=5), JobState.FINISHED
    save(store, again)
    kept = store.find(paused.id)
    assert (kept.state, len(kept.history)) == (JobState.FINISHED, 5)


def test_an_older_snapshot_does_not_count_though_the_clock_was_set(
    store: RunStore, url: str
) -> None:
    done = ended()
    done.revision = 5
    save(store, done)
    long_ago = (datetime.now(UTC) - HOUR).isoformat(timespec="microseconds")
    sql(url, "UPDATE runs SET changed = :t", t=long_ago)
    save(store, job(id=done.id, revision=2))  # comes late
    assert store.find(done.id).state is JobState.FINISHED
