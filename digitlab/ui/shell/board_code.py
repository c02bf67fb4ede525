"""A code of four letters for the board: made from a lesson link, and typed on the front page."""

import streamlit as st

from digitlab.runs.short_link import ShortLink
from digitlab.ui.session.services import repository
from digitlab.ui.session.short_links import follow_code, why_unknown
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import open_step
from digitlab.wording.say import say
from digitlab.wording.short_links import code_help, code_label
from digitlab.wording.store import store_words


def make_code(lab: Lab, link: ShortLink) -> None:
    """A button that makes the code of a link; it is shown until the link is another one.

    Args:
        lab: the session.
        link: that the code is to lead to.
    """
    shown = st.container()
    pressed = st.button(
        say("Make a code for the board"),
        key="make_code",
        icon=":material/co_present:",
        help=say("Students type its four letters on the front page. The lab keeps it for a year."),
    )
    if not pressed:
        return
    code = repository().keep_short_link(lab.owner, link)
    if code is not None:
        shown.markdown(f"### `{code}`")
        shown.markdown(
            say("Students type this code on the front page of the lab: *Code from the board*.")
        )
    elif problem := repository().problem:
        st.warning(store_words(problem))
    else:
        st.warning(say("The lab did not keep the code. Try again."))


def ask_code(lab: Lab) -> None:
    """The field for the code; it opens the lesson, or says why not."""
    with st.form("code", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            code_label(), max_chars=12, width=180, help=code_help(), key="typed_code"
        )
        pressed = st.form_submit_button(say("Open"), key="open_code", icon=":material/school:")
    if not (pressed and typed):
        return
    destination = follow_code(lab, typed)
    if destination is None:
        st.warning(why_unknown(typed))
    else:
        open_step(path.step(destination[0]), destination[1])
