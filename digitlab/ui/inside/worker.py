"""Questions of Look inside to a worker."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from digitlab.compute.errors import EngineError
from digitlab.records.networks import Network
from digitlab.ui.session.services import queue
from digitlab.ui.session.waiting import while_it_waits
from digitlab.wording.reasons import problem_words

T = TypeVar("T")


def ask(task: Callable[..., T], network: Network, *arguments: Any) -> T | None:
    """What a worker finds out; None, and a sentence on the page, if there is no answer."""
    return ask_in_parts(lambda ask, _, *rest: ask(task, *rest), network, *arguments)


def ask_in_parts(put_together: Callable[..., T], network: Network, *arguments: Any) -> T | None:
    """What is put together from several answers of a worker; None as in `ask`.

    Args:
        put_together: called with a function that asks, the architecture and the arguments.
        network: that is asked.
        arguments: the rest.
    """
    try:
        with (
            while_it_waits() as (owner, waits),
            queue().asking.question(network, owner=owner, waits=waits) as ask,
        ):
            return put_together(ask, network.architecture, *arguments)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None
