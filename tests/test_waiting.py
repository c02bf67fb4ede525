"""Pages that wait for a worker let others have their turn."""

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.ui.server.page_queue import PageQueue, Place, places


@pytest.fixture
def calls(monkeypatch):
    """What a page does with its turn, under AppTest, whose session is always called this."""
    calls, place = [], Place(PageQueue())
    monkeypatch.setitem(places, "test session id", place)
    monkeypatch.setattr(Place, "leave_soon", lambda self: calls.append(("left", self is place)))
    monkeypatch.setattr(
        Place, "take_again", lambda self, waits: calls.append(("again", self is place, waits()))
    )
    return calls


def test_a_page_that_asks_gives_its_turn_away_and_takes_one_again(calls):
    def page():
        from digitlab.ui.waiting import while_it_waits

        with while_it_waits() as (_owner, waits):
            waits()

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert calls == [("left", True), ("again", True, None)]
    assert [caption.value for caption in test.caption] == []  # it is gone again


def test_a_drawing_gives_its_turn_away_and_goes_on_at_once(calls, monkeypatch):
    class Answers:
        def predict(self, network, images):
            calls.append(("asked", network, images))
            return "answers"

    monkeypatch.setattr("digitlab.ui.waiting.queue", Answers)

    def page():
        import streamlit as st

        from digitlab.ui.waiting import read_digits

        st.text(read_digits("network", "images"))

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert calls == [("left", True), ("asked", "network", "images")]
    assert test.text[0].value == "answers"
