"""Networks from files: so many bytes for all sessions together."""

import gc
import weakref
from types import SimpleNamespace

import pytest

from digitlab import limits
from digitlab.ui import brought
from digitlab.ui.state import Lab


@pytest.fixture(autouse=True)
def room(monkeypatch):
    monkeypatch.setattr(limits, "BROUGHT_MEGABYTES", 10)
    monkeypatch.setattr(brought, "_holders", {})


def network(megabytes: int) -> SimpleNamespace:
    return SimpleNamespace(size=megabytes * 10**6)


def test_the_longest_unused_goes_and_its_visitor_is_told():
    labs = [Lab() for _ in range(128)]
    for lab in labs[:3]:
        brought.bring_in(lab, network(3))
    brought.use(labs[0])
    brought.bring_in(labs[3], network(3))
    assert [lab.brought is not None for lab in labs[:4]] == [True, False, True, True]
    assert "Choose its file once more" in labs[1].notice
    assert not labs[0].notice
    for lab in labs[4:]:
        brought.bring_in(lab, network(3))
    assert sum(lab.brought.size for lab in labs if lab.brought) <= 10 * 10**6


def test_the_newest_is_taken_whatever_its_size():
    first, second = Lab(), Lab()
    brought.bring_in(first, network(3))
    brought.bring_in(second, network(30))
    assert first.brought is None
    assert second.brought is not None


def test_what_was_put_away_takes_no_room():
    first, second, third = Lab(), Lab(), Lab()
    brought.bring_in(first, network(6))
    first.brought = None
    brought.bring_in(second, network(6))
    brought.bring_in(third, network(4))
    assert second.brought is not None
    assert not first.notice


def test_sessions_that_have_gone_are_not_held():
    lab = Lab()
    brought.bring_in(lab, network(6))
    gone = weakref.ref(lab)
    del lab
    gc.collect()
    assert gone() is None
    other = Lab()
    brought.bring_in(other, network(6))
    assert list(brought._holders) == [id(other)]
