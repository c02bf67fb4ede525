"""A page whose question waits for a worker."""

import contextlib
from collections.abc import Callable, Iterator

import streamlit as st

from digitlab.ui.state import lab

_WAITS = "Others' questions go first. Yours is waiting…"


@contextlib.contextmanager
def while_it_waits() -> Iterator[tuple[str, Callable[[], None]]]:
    """A place on the page that says that a question waits, if it does.

    Saying it also ends a page that the visitor has left, and so its question: Streamlit starts
    the next page beside one that does nothing but wait.

    Yields:
        Who asks, and what the question is to do while it waits.
    """
    place = st.empty()
    yield lab().owner, lambda: _say(place)
    place.empty()


def _say(place: "st.delta_generator.DeltaGenerator") -> None:
    place.caption(_WAITS)
