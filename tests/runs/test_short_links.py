"""Short forms of lesson links: made once, found by many, and the oldest forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from digitlab import limits
from digitlab.runs.repository import RunRepository
from digitlab.runs.short_link import CODE_LENGTH, CODE_LETTERS, ShortLink, clean_code
from digitlab.runs.sql import clock
from digitlab.runs.store import RunStore

DRAW = ShortLink("Draw", "v=1&epochs=5&card=own_three")
DATA = ShortLink("Data", "v=1&sample=test-11")


def test_a_code_leads_to_its_link_however_it_is_typed(store: RunStore) -> None:
    code = store.keep_short_link("ada", DRAW)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)
    for typed in (code, code.lower(), f" {code[:2]} {code[2:]}\n"):
        assert store.short_link(typed) == DRAW
    assert store.short_link("BBBB" if code != "BBBB" else "CCCC") is None
    for wrong in ("", "BBB", "BBBBB", "ABCD", "12BB", "BB%_", "ı" * 4, "'; DROP TABLE short_links"):
        assert store.short_link(wrong) is None


def test_the_same_link_has_one_code_for_its_owner(store: RunStore) -> None:
    code = store.keep_short_link("ada", DRAW)
    assert store.keep_short_link("ada", DRAW) == code
    assert store.keep_short_link("ada", DATA) != code
    assert store.keep_short_link("bob", DRAW) != code
    assert store.short_link(code) == DRAW


def test_the_oldest_of_an_owner_go(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SHORT_LINKS_PER_OWNER", 2)
    bobs = store.keep_short_link("bob", DRAW)
    codes = [
        store.keep_short_link("ada", ShortLink("Data", f"v=1&digit={digit}")) for digit in range(4)
    ]
    assert [store.short_link(code) is not None for code in codes] == [False, False, True, True]
    assert store.short_link(bobs) == DRAW


def test_the_oldest_of_all_go(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SHORT_LINKS", 2)
    codes = [store.keep_short_link(owner, DRAW) for owner in ("ada", "bob", "eve")]
    assert [store.short_link(code) is not None for code in codes] == [False, True, True]


def test_after_a_school_year_they_go(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=limits.SHORT_LINKS_KEPT_DAYS + 1)
    monkeypatch.setattr(clock, "now", lambda _: long_ago)
    code = store.keep_short_link("ada", DRAW)
    monkeypatch.setattr(clock, "now", lambda _: now)
    store.keep_short_link("bob", DRAW)
    assert store.short_link(code) is None


def test_a_taken_code_is_not_given_again(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BBBBBBBBCCCC")
    monkeypatch.setattr("digitlab.runs.sql.short_links.secrets.choice", lambda _: next(letters))
    assert store.keep_short_link("ada", DRAW) == "BBBB"
    assert store.keep_short_link("bob", DRAW) == "CCCC"


def test_a_store_that_fails_is_no_traceback(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    repository = RunRepository(store)
    monkeypatch.setattr(store, "keep_short_link", fail)
    monkeypatch.setattr(store, "short_link", fail)
    assert repository.keep_short_link("ada", DRAW) is None
    assert repository.short_link("BBBB") is None
    repository.close()


def test_no_code_spells_a_word() -> None:
    assert not set(CODE_LETTERS) & set("AEIOUY")
    assert len(set(CODE_LETTERS)) == 20
    assert clean_code("bdfg") == "BDFG"
