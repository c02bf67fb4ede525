"""The control that chooses what a page shows: one idea at a time."""

import streamlit as st

from digitlab.ui.session.views import chosen, key_of
from digitlab.ui.shell import path
from digitlab.wording.say import say_message, to_say

WHAT = to_say("What do you want to see?")
"""The label of the control, the same on every page."""


def choose_page_view(page: str) -> str:
    """The name of the view that is chosen, one of `path.step(page).views`.

    The session keeps it while other pages are open, and the address names it.
    """
    views = path.step(page).views
    key = key_of(page)
    st.session_state.setdefault(key, chosen(page, views))
    view = st.segmented_control(
        say_message(WHAT),
        list(views),
        format_func=lambda view: say_message(views[view]),
        required=True,
        key=key,
        persist_state="session",
    )
    assert view is not None, "one is required"
    return view
