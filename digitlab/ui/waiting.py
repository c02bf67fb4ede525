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
        self._latest = ""  # who went on last
        self._lock = threading.Lock()

    def wait(self, session: str, waits: Callable[[], object]) -> None:
        """Wait for its moment; at once if nobody else went on just before.

        Args:
            session: whose page it is. One page may ask several things in a row.
            waits: called several times a second; what it raises ends the wait.
        """
        with self._lock:
            if session == self._latest:
                return
            self._latest = session
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
    run = get_script_run_ctx()
    session = run.session_id if run else ""
    if held := places.get(session):  # while it waits it computes nothing: others may begin
        held.leave_soon()
    yield lab().owner, lambda: _say(place)
    _returns.wait(session, lambda: _say(place))
    place.empty()


def _say(place: "st.delta_generator.DeltaGenerator") -> None:
    place.caption(_WAITS)
