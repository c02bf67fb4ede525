"""A page whose question waits for a worker, and how it goes on afterwards."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digitlab import limits
from digitlab.ui.server.lanes import places
from digitlab.ui.state import lab

_WAITS = "Others' questions go first. Yours is waiting…"
_LOOK_SECONDS = 0.2  # between two looks whether the visitor is still there


class Returns:
    """Lets pages go on one after another. For use from many threads.

    A page that asks a worker gives its place in the server's lanes away. When thirty get the same
    answer, all of them would draw at once, and who clicks meanwhile would wait for all.

    Args:
        every: seconds between two of them.
        clock: gives seconds.
    """

    def __init__(self, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._every, self._clock = every, clock
        self._next = 0.0  # when the next one may go on
        self._lock = threading.Lock()

    def wait(self, waits: Callable[[], object]) -> None:
        """Wait for its moment; at once if nobody went on just before.

        Args:
            waits: called several times a second; what it raises ends the wait.
        """
        with self._lock:
            moment = max(self._clock(), self._next)
            self._next = moment + self._every
        while (left := moment - self._clock()) > 0:
            threading.Event().wait(min(left, _LOOK_SECONDS))
            waits()


_returns = Returns(limits.RETURN_SECONDS)


@contextlib.contextmanager
def while_it_waits() -> Iterator[tuple[str, Callable[[], None]]]:
    """A place on the page that says that a question waits, if it does.

    Saying it also ends a page that the visitor has left, and so its question: Streamlit starts
    the next page beside one that does nothing but wait.

    Yields:
        Who asks, and what the question is to do while it waits.
    """
    place = st.empty()
    _let_others_begin()
    yield lab().owner, lambda: _say(place)
    _returns.wait(lambda: _say(place))
    place.empty()


def _let_others_begin() -> None:
    """Give this run's place away: while it waits it computes nothing."""
    run = get_script_run_ctx()
    if run and (held := places.get(run.session_id)):
        held.leave_soon()


def _say(place: "st.delta_generator.DeltaGenerator") -> None:
    place.caption(_WAITS)
