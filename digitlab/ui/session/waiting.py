"""Pages that wait for a worker: meanwhile others have their turn."""

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digitlab.records.networks import Network
from digitlab.ui.server.page_queue import Place, places
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import lab
from digitlab.wording.say import say


def read_digits(network: Network, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probabilities for a few images, soon: `(n, 28, 28) -> (n, 10)`. Nobody may change them.

    Raises:
        EngineError: if no worker answers.
    """

    def ask() -> NDArray[np.float32]:
        if place := _place():  # what is left to draw is little: it does not wait for a turn again
            place.leave_soon()
        return queue().predict(network, images)

    return lab().answered.get(network, images, ask)


@contextlib.contextmanager
def while_it_waits() -> Iterator[tuple[str, Callable[[], None]]]:
    """A place on the page that says that a question waits, if it does.

    Saying it also ends a page that the visitor has left, and so its question: Streamlit starts
    the next page beside one that does nothing but wait.

    Yields:
        Who asks, and what the question is to do while it waits.
    """
    place = st.empty()

    def waits() -> None:
        place.caption(say("The lab works for other people first. Your page is waiting…"))

    with turn_given_away(waits):
        yield lab().owner, waits
    place.empty()


@contextlib.contextmanager
def turn_given_away(waits: Callable[[], object]) -> Iterator[None]:
    """While this page computes nothing, another may; it goes on when it is its turn again.

    So thirty that get one answer in the same moment don't all draw at once.

    Args:
        waits: called several times a second until then; what it raises ends the wait.
    """
    place = _place()
    if place:
        place.leave_soon()
    yield
    if place:
        place.take_again(waits)


def _place() -> Place | None:
    """What this page holds of the server's turns; None where there is no server, as in tests."""
    run = get_script_run_ctx()
    return places.get(run.session_id) if run else None
