"""A study on a page: its button, its progress and its Stop."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from digitlab.compute.background import BackgroundTask, Steps
from digitlab.ui.session.state import Lab
from digitlab.wording.numerals import per_cent
from digitlab.wording.reasons import problem_words

_REFRESH_SECONDS = 0.5


def background_task(lab: Lab, name: str, label: str, steps: Callable[[], Steps[Any]]) -> Any:
    """What a study of this name has found out; until then a button that starts it.

    Args:
        lab: the session.
        name: of the study and of what it is about: another name, another study. A session has
            one at a time.
        label: of the button.
        steps: makes what is to be done.

    Returns:
        The result, None before there is one.
    """
    current = lab.background_tasks.get(name)
    if current is not None and current.active:
        st.fragment(_follow, run_every=_REFRESH_SECONDS)(current, name)
        return None
    found = current.result if current else None
    if found is not None:
        return found
    if current is not None and current.problem:
        st.warning(problem_words(current.problem), icon=":material/warning:")
    st.button(
        label,
        key=f"study_{name}",
        icon=":material/play_arrow:",
        on_click=_start,
        args=(lab, name, steps),
    )
    return None


def _start(lab: Lab, name: str, steps: Callable[[], Steps[Any]]) -> None:
    for other in lab.background_tasks.values():
        other.stop()
    ended = {key: one for key, one in lab.background_tasks.items() if one.result is not None}
    last = dict(list(ended.items())[-1:])  # so much is held: a map takes some MB
    lab.background_tasks = last | {name: BackgroundTask(steps())}


def _follow(current: BackgroundTask[Any], name: str) -> None:
    current.seen()
    if not current.active:
        st.rerun()
    left = current.remaining
    text = f"{per_cent(current.share)} done" + (f", about {left:.0f} s left" if left else "")
    st.progress(current.share, text=text)
    st.button("Stop", key=f"stop_{name}", icon=":material/stop:", on_click=current.stop)
