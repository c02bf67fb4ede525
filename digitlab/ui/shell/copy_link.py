"""The link that brings these settings to another screen, or to a class."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from digitlab.runs.short_link import ShortLink
from digitlab.specs import CONTROLS, LessonSpec
from digitlab.specs.link import to_link, to_query
from digitlab.ui.session.address import parameters
from digitlab.ui.session.here import here
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import as_parameter, written
from digitlab.ui.shell.board_code import make_code
from digitlab.ui.widgets.fold import fold
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say
from digitlab.wording.settings.control_names import control_name, control_names


def copy_link(lab: Lab) -> None:
    """A button that opens the link in a dialog."""
    if st.button(say("Copy link"), key="copy_link", icon=":material/link:", type="tertiary"):
        st.dialog(say("Copy link"))(_show_link)(lab)  # the title in the language of this moment


def _show_link(lab: Lab) -> None:
    """The link on top, and below what a teacher can choose; it changes the link at once."""
    link = st.container()
    with fold(say("For a class: a lesson link"), expanded=bool(lab.lesson.locked)):
        st.caption(
            say(
                "A lesson link keeps a class on one path. It is not a lock: a pupil who opens "
                "the lab without the link can change everything."
            )
        )
        fixed = _controls(lab, "fixed", say("Fixed: pupils see it, but can't change it"))
        hidden = _controls(lab, "hidden", say("Hidden: pupils don't see it and can't change it"))
        own_seed = st.checkbox(
            say("Each pupil gets a random seed"),
            key="share_own_seed",
            persist_state="session",
            help=say("Then the results in a class differ a little, as they do in research."),
        )
        for_board = st.container()
        st.caption(
            say(
                "Codes for the cards of the guided hour are on the page {page}.",
                page=page_title("For teachers"),
            )
        )
    lesson = LessonSpec(lab.spec, lab.selection, fixed - hidden, hidden)
    page, view = written()
    query = to_query(to_link(lesson, with_seed=not own_seed) | as_parameter(view))
    address = f"{here()}?{query}"
    with for_board:
        make_code(lab, ShortLink(page, query))
    with link:
        st.markdown(_what_it_opens(own_seed))
        st.code(address, language=None, wrap_lines=True)
        if lesson.fixed:
            fixed_words = say("This link fixes: {controls}", controls=control_names(lesson.fixed))
            st.caption(f":material/school: {fixed_words}")
        if lesson.hidden:
            hidden_words = say("This link hides: {controls}", controls=control_names(lesson.hidden))
            st.caption(f":material/school: {hidden_words}")
        if lab.address:
            # In a frame on a course's page the browser's bar has the course's address.
            st.markdown(
                say(
                    "That link does not bring your trained network. This one does: it opens **your "
                    "network** as it is now."
                )
            )
            own = f"{here()}?{urlencode(parameters(lab, view))}"
            st.code(own, language=None, wrap_lines=True)
        if not _may_copy():
            by_hand = say(
                "The copy button works only at an address with `https`, and this lab has none. "
                "Select the link and copy it."
            )
            st.caption(f":material/content_copy: {by_hand}")


def _what_it_opens(own_seed: bool) -> str:
    if own_seed:
        return say(
            "This link opens **this page** with the same digits, the same network and the same "
            "training. Each visitor gets a random seed."
        )
    return say(
        "This link opens **this page** with the same digits, the same network, the same training "
        "and the same seed."
    )


def _may_copy() -> bool:
    """Whether the browser lets a button copy: with https, and on the machine itself."""
    url = urlsplit(st.context.url or "")
    return url.scheme == "https" or url.hostname in (None, "localhost", "127.0.0.1", "::1")


def _controls(lab: Lab, how: str, label: str) -> frozenset[str]:
    """Which controls are locked so; at first those of the lesson that the visitor is in."""
    here = getattr(lab.lesson, how)
    chosen = st.multiselect(
        label,
        CONTROLS,
        [name for name in CONTROLS if name in here],
        format_func=control_name,
        key=f"share_{how}",
        persist_state="session",
        placeholder=say("None"),
    )
    return frozenset(chosen)
