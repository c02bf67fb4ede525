"""A code of four letters for the board: made from a lesson link, and typed on the front page."""

from typing import NoReturn

import streamlit as st

from digitlab import limits
from digitlab.hour import card
from digitlab.runs.short_link import ShortLink
from digitlab.ui.session.begin_training import train
from digitlab.ui.session.services import repository
from digitlab.ui.session.short_links import follow_code, why_not_kept, why_unknown
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import open_step
from digitlab.wording.numerals import whole
from digitlab.wording.say import say
from digitlab.wording.teaching.short_links import code_help, code_label


def open_lesson(lab: Lab, page: str, view: str) -> NoReturn:
    """Open what a code has set up; ends the run.

    Who has no network, and comes to a card that needs one, gets one: its training begins at once,
    as when the card is opened on the page Guided hour.

    Args:
        lab: the session, as `follow_code` left it.
        page: name of the page, as `follow_code` says it.
        view: of that page.
    """
    opened = card(lab.shared.hour.current)
    if opened is not None and opened.trains and lab.network is None:
        train(lab, lab.spec)
    open_step(path.step(page), view)


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
        help=say(
            "Pupils type its four letters on the front page. The lab keeps it for {days} days.",
            days=whole(limits.SHORT_LINKS_KEPT_DAYS),
        ),
    )
    if not pressed:
        return
    code = repository().keep_short_link(lab.owner, link)
    if code is not None:
        shown.metric(code_label(), code)  # large, and named as the field is
        shown.markdown(
            say("Pupils type this code on the front page of the lab: *Code from the board*.")
        )
    else:
        st.warning(why_not_kept())


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
        open_lesson(lab, *destination)
