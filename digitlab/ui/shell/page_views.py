"""The control that chooses what a page shows: one idea at a time."""

from collections.abc import Container

import streamlit as st

from digitlab.ui.session.views import chosen, key_of
from digitlab.ui.shell import path
from digitlab.wording.say import say_message, to_say

WHAT = to_say("What do you want to see?")
"""The label of the control, the same on every page."""

_DONE = ":material/check_circle: "


def choose_page_view(page: str, done: Container[str] = ()) -> str:
    """The name of the view that is chosen, one of `path.step(page).views`.

    The session keeps it while other pages are open, and the address names it.

    Args:
        page: its name.
        done: names of views that get a tick.
    """
    views = path.step(page).views
    key = key_of(page)
    st.session_state.setdefault(key, chosen(page, views))
    view = st.segmented_control(
        say_message(WHAT),
        list(views),
        format_func=lambda view: f"{_DONE if view in done else ''}{say_message(views[view])}",
        required=True,
        key=key,
        persist_state="session",
    )
    assert view is not None, "one is required"
    return view
