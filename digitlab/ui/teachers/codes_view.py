"""Codes for the class: made, listed, and shown with a QR picture."""

from collections.abc import Mapping, Sequence

import streamlit as st

from digitlab import limits
from digitlab.runs.short_link import ShortLink
from digitlab.specs import LessonSpec
from digitlab.teaching import LessonLink, lesson_links, lies_here
from digitlab.ui.session.here import root
from digitlab.ui.session.services import repository
from digitlab.ui.session.short_links import why_not_kept
from digitlab.ui.session.state import Lab
from digitlab.ui.teachers.board import show_board, show_qr
from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.numerals import whole
from digitlab.wording.say import say
from digitlab.wording.settings.choices import plain
from digitlab.wording.teaching.short_links import code_label

_HALF = 300  # pixels; the list of codes, and the QR picture


def links_of(lab: Lab) -> tuple[LessonLink, ...]:
    """What this teacher's codes open."""
    lesson = LessonSpec(lab.spec, lab.selection, lab.lesson.fixed, lab.lesson.hidden)
    return lesson_links(lesson)


def made_codes(lab: Lab) -> dict[str, str]:
    """The codes that there are, by the name of what each opens."""
    codes = lab.shared.codes
    return {link.name: codes[link.link] for link in links_of(lab) if link.link in codes}


def show_codes(lab: Lab) -> None:
    """How pupils use a code, the button that makes all of them, and what was made."""
    st.markdown(
        say(
            "Pupils open the front page of the lab and type a code into *{field}*. Or they scan "
            "the QR picture with a phone. The card opens with its settings. Each pupil gets a "
            "random seed, so the results in a class are different.",
            field=code_label(),
        )
    )
    if lies_here(root()):
        st.warning(
            say(
                "You opened the lab at {address}. Only this computer finds this address. Open the "
                "lab at the address that your pupils use. Then the QR pictures lead there.",
                address=plain(root()),
            )
        )
    links = links_of(lab)
    if st.button(
        say("Make the codes"), key="make_codes", type="primary", icon=":material/qr_code_2:"
    ):
        _make(lab, links)
    st.caption(
        say(
            "The lab keeps a code for {days} days. It keeps the last {most} codes of one browser. "
            "While this browser stays open, the codes stay the same. Later the button makes new "
            "ones, and the old ones still work.",
            days=whole(limits.SHORT_LINKS_KEPT_DAYS),
            most=whole(limits.MAX_SHORT_LINKS_PER_OWNER),
        )
    )
    codes = made_codes(lab)
    with_code = [link for link in links if link.name in codes]
    if with_code:
        left, right = side_by_side(_HALF, _HALF)
        with left:
            st.container(key="codes").markdown(_table(with_code, codes))
        with right:
            _choose(with_code, codes)


def _make(lab: Lab, links: Sequence[LessonLink]) -> None:
    """Keep all links in the store; what was made before stays as it is."""
    codes: dict[ShortLink, str] = {}
    for link in links:
        code = repository().keep_short_link(lab.owner, link.link)
        if code is None:
            st.warning(why_not_kept())
            return
        codes[link.link] = code
    lab.shared.codes = codes


def _table(links: Sequence[LessonLink], codes: Mapping[str, str]) -> str:
    rows = [f"| {say('It opens')} | {say('Code')} |", "|---|---|"]
    rows += [f"| {link.title} | `{codes[link.name]}` |" for link in links]
    return "\n".join(rows)


def _choose(links: Sequence[LessonLink], codes: Mapping[str, str]) -> None:
    """Which one is shown: small here, and large for the projector."""
    titles = {link.name: link.title for link in links}
    chosen = st.selectbox(
        say("Which code do you want to show?"),
        list(titles),
        format_func=titles.__getitem__,
        key="shown_code",
        persist_state="session",
    )
    if st.button(say("Show it large"), key="show_large", icon=":material/co_present:"):
        show_board(titles[chosen], codes[chosen])
    show_qr(codes[chosen])
