"""Pages that go on after a wait: one after another."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.ui.server.lanes import Place, places
from digitlab.ui.waiting import Returns


def test_thirty_who_get_an_answer_together_go_on_one_after_another():
    returns, moments = Returns(0.03), []

    def go_on(number):
        returns.wait(str(number), lambda: None)
        moments.append(time.monotonic())

    began = time.monotonic()
    with ThreadPoolExecutor(30) as pool:
        list(pool.map(go_on, range(30)))
    for number, moment in enumerate(sorted(moments)):
        assert moment >= began + 0.03 * number - 0.001, "too many at once"


def test_who_comes_alone_goes_on_at_once():
    returns, said = Returns(100), []
    for _ in range(3):  # a page may ask several things in a row
        returns.wait("one", lambda: said.append("waits"))
    assert said == []


def test_nobody_waits_for_those_who_went_on_long_ago():
    now = [0.0]
    returns = Returns(5, clock=lambda: now[0])
    for session in "abc":
        returns.wait(session, pytest.fail)
        now[0] += 5


def test_who_leaves_meanwhile_need_not_wait_to_the_end():
    returns = Returns(100)
    returns.wait("first", lambda: None)

    def leave():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        returns.wait("second", leave)


def test_a_page_that_asks_gives_its_place_away(monkeypatch):
    """Under AppTest, whose session is always called this."""
    place, left = Place(), []
    monkeypatch.setitem(places, "test session id", place)
    monkeypatch.setattr(Place, "leave_soon", lambda self: left.append(self))

    def page():
        from digitlab.ui.waiting import while_it_waits

        with while_it_waits() as (_owner, waits):
            waits()

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert left == [place]
    assert [caption.value for caption in test.caption] == []  # it is gone again
