"""For which networks a visitor has opened the test set."""

from datetime import UTC, datetime, timedelta

import pytest

from digitlab import limits
from digitlab.runs.repository import RunRepository
from digitlab.runs.sql import clock
from digitlab.runs.store import RunStore
from tests.runs.making import ended, save


def test_each_network_counts_once_and_for_its_visitor_only(store: RunStore) -> None:
    for network in ("a", "b", "a"):
        store.take_exam("ada", network)
    store.take_exam("bob", "c")
    assert store.exams("ada") == {"a", "b"}
    assert store.exams("bob") == {"c"}
    assert store.exams("eve") == frozenset()


def test_a_deleted_run_was_opened_all_the_same(store: RunStore) -> None:
    run = ended()
    save(store, run)
    store.take_exam("ada", "a")
    assert store.delete(run.id, "ada")
    assert store.exams("ada") == {"a"}


def test_the_oldest_of_a_visitor_go(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_EXAMS_PER_OWNER", 3)
    store.take_exam("bob", "b")
    for network in "12345":
        store.take_exam("ada", network)
    assert store.exams("ada") == set("345")
    assert store.exams("bob") == {"b"}


def test_after_a_school_year_they_go(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda _: now - timedelta(days=limits.EXAMS_KEPT_DAYS + 1))
    store.take_exam("ada", "old")
    monkeypatch.setattr(clock, "now", lambda _: now)
    store.take_exam("bob", "new")
    assert store.exams("ada") == frozenset()


def test_a_store_that_fails_is_no_traceback(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = RunRepository(store)

    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(store, "take_exam", fail)
    monkeypatch.setattr(store, "exams", fail)
    kept.take_exam("ada", "a")
    assert kept.exams("ada") == frozenset()
    kept.close()
