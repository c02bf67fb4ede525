"""Pages that wait for a worker let others have their turn."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from digitlab.records.networks import ModelWeights
from digitlab.ui.server.page_queue import PageQueue, Place, places


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a page does with its turn, under AppTest, whose session is always called this."""
    calls: list[Any] = []
    place = Place(PageQueue())
    monkeypatch.setitem(places, "test session id", place)
    monkeypatch.setattr(Place, "leave_soon", lambda self: calls.append(("left", self is place)))
    monkeypatch.setattr(
        Place, "take_again", lambda self, waits: calls.append(("again", self is place, waits()))
    )
    return calls


def test_a_page_that_asks_gives_its_turn_away_and_takes_one_again(
    calls: list[Any],
) -> None:
    def page() -> None:
        from digitlab.ui.session.waiting import while_it_waits

        with while_it_waits() as (_owner, waits):
            waits()

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert calls == [("left", True), ("again", True, None)]
    assert [caption.value for caption in test.caption] == []  # it is gone again


def test_a_drawing_gives_its_turn_away_and_goes_on_at_once(
    calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Answers:
        def predict(self, network: Any, images: NDArray[np.uint8]) -> str:
            calls.append(("asked", network, images.max()))
            return "answers"

    monkeypatch.setattr("digitlab.ui.session.waiting.queue", Answers)

    def page() -> None:
        import streamlit as st

        from digitlab.ui.session.waiting import read_digits

        network = st.session_state["network"]
        for digit in st.session_state["digits"]:
            st.text(read_digits(network, digit))

    test = AppTest.from_function(page)
    network, digit = object.__new__(ModelWeights), np.zeros((1, 28, 28), np.uint8)
    test.session_state["network"], test.session_state["digits"] = network, [digit]
    test.run()
    assert not test.exception
    assert calls == [("left", True), ("asked", network, 0)]
    assert test.text[0].value == "answers"
    test.session_state["digits"] = [digit.copy()]
    test.run()  # as whoever comes back to the page
    assert not test.exception
    assert len(calls) == 2  # neither asked again, nor was the turn given away
    assert test.text[0].value == "answers"
    test.session_state["digits"] = [digit, digit + 1]
    test.run()
    assert not test.exception
    assert calls[2:] == [("left", True), ("asked", network, 1)]
