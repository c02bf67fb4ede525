"""A series of trainings on a page: how far it is, and its Stop."""

from collections.abc import Callable

import streamlit as st

from digitlab.training.series import Series
from digitlab.ui.live import waking_up
from digitlab.ui.shared import queue

REFRESH_SECONDS = 1.0
"""For the fragment that shows it."""


def show_progress(current: Series, key: str, words: Callable[[], str]) -> None:
    """Queue what there is room for and show how far it is; at the end the page runs once more.

    Args:
        current: the trainings.
        key: of the button.
        words: how far they are, in words.
    """
    current.advance(queue().submit)
    if not current.active:
        st.rerun()
    text = words()
    if not queue().ready:
        text = waking_up()
    elif current.stopped:
        text = "They end after the batches under way…"
    st.progress(current.share_done, text=text)
    st.button(
        "Stop",
        key=key,
        icon=":material/stop:",
        disabled=current.stopped,
        on_click=current.stop,
        args=(queue().stop,),
    )
    if current.problem:
        st.caption(f":material/hourglass: {current.problem}")
    elif current.waiting:
        what = "training waits" if current.waiting == 1 else "trainings wait"
        st.caption(
            f":material/hourglass: {current.waiting} more {what} here. The lab starts them when there "
            "is room: keep this page open."
        )
