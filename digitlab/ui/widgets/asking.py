"""Questions of a page to a worker, and the sentence where there is no answer."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from digitlab.compute.errors import EngineError
from digitlab.records.networks import Network
from digitlab.ui.session.services import queue
from digitlab.ui.session.waiting import while_it_waits
from digitlab.wording.problems.reasons import problem_words

T = TypeVar("T")


def ask(
    task: Callable[..., T], network: Network, *arguments: Any, untrained: bool = False
) -> T | None:
    """What a worker finds out; None, and a sentence on the page, if there is no answer.

    Args:
        task: as in `Asking.question`, like all that follows.
        network: that is asked.
        arguments: of the task.
        untrained: whether it may have no weights.
    """

    def at_once(ask: Callable[..., T], _: Any, *rest: Any) -> T:
        return ask(task, *rest)

    return ask_in_parts(at_once, network, *arguments, untrained=untrained)


def ask_in_parts(
    put_together: Callable[..., T], network: Network, *arguments: Any, untrained: bool = False
) -> T | None:
    """What is put together from several answers of a worker; None as in `ask`.

    Args:
        put_together: called with a function that asks, the architecture and the arguments.
        network: that is asked.
        arguments: the rest.
        untrained: whether it may have no weights.
    """
    try:
        with (
            while_it_waits() as (owner, waits),
            queue().asking.question(network, owner=owner, waits=waits, untrained=untrained) as ask,
        ):
            return put_together(ask, network.architecture, *arguments)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None
