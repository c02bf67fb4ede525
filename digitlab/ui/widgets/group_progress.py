"""A series of trainings on a page: how far it is, and its Stop."""

from collections.abc import Callable

import streamlit as st

from digitlab.compute.job_group import JobGroup
from digitlab.records.job_state import JobState
from digitlab.ui.session.services import queue
from digitlab.ui.widgets.live import is_near, queue_words, waking_up

_REFRESH_SECONDS = 1.0
"""Fast enough to follow a training."""

_WAITING_REFRESH_SECONDS = 4.0
"""While others have their turns: a class that waits for five seeds each must not slow all pages down."""


def is_far(current: JobGroup) -> bool:
    """Whether none of the trainings runs, or is the next one."""
    return not any(map(is_near, current.active_jobs))


def refresh_seconds(far: bool) -> float:
    """For the fragment that shows a series.

    Args:
        far: as `is_far` said when the page ran.
    """
    return _WAITING_REFRESH_SECONDS if far else _REFRESH_SECONDS


def show_progress(current: JobGroup, far: bool, key: str, words: Callable[[], str]) -> None:
    """Queue what there is room for and show how far it is; at the end the page runs once more.

    Args:
        current: the trainings.
        far: as `is_far` said when the page ran; once it is no longer so, the page runs again.
        key: of the button.
        words: how far they are, in words.
    """
    current.advance(queue().submit)
    if not current.active or is_far(current) != far:
        st.rerun()
    text = words()
    if not queue().ready:
        text = waking_up()
    elif current.stopped:
        text = "They end after the batches under way…"
    elif (waiting := current.active_jobs) and all(job.state is JobState.QUEUED for job in waiting):
        text = f"{text}. {queue_words(waiting[0])}"
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
