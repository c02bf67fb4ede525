"""The link that brings these settings to another screen, or to a class."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from digitlab.specs import CONTROLS, LessonSpec
from digitlab.specs.link import to_link, to_query
from digitlab.ui.session.address import parameters
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import as_parameter, written

_WHAT = "Whoever opens this link finds **this page** with the same settings: digits, network and "
_SEED, _OWN_SEED = "training, with the same seed.", "training. The seed is each visitor's own."
_NOT_THE_NETWORK = (
    "It carries no trained network. This link leads to **your network** as it is now:"
)
_BY_HAND = (
    ":material/content_copy: The copy button needs an address with `https`, which this lab does "
    "not have. Select the link and copy it."
)
_NO_LOCK = (
    "This keeps a class on one path. It is no lock: whoever opens the lab without the link gets "
    "all controls back."
)


def copy_link(lab: Lab) -> None:
    """A button that opens the link in a dialog."""
    if st.button("Copy link", key="copy_link", icon=":material/link:", type="tertiary"):
        _dialog(lab)


@st.dialog("Copy link")
def _dialog(lab: Lab) -> None:
    """The link on top, and below what a teacher can choose; it changes the link at once."""
    link = st.container()
    with st.expander("For a class: a lesson link", expanded=bool(lab.lesson.locked)):
        st.caption(_NO_LOCK)
        fixed = _controls(lab, "fixed", "Fixed: shown, but can't be changed")
        hidden = _controls(lab, "hidden", "Hidden: not shown, and can't be changed")
        own_seed = st.checkbox(
            "Each pupil gets a seed of their own",
            key="share_own_seed",
            persist_state="session",
            help="Then the results in a class differ a little, as they do in research.",
        )
    lesson = LessonSpec(lab.spec, lab.selection, fixed - hidden, hidden)
    _, view = written()
    settings = to_link(lesson, with_seed=not own_seed)
    address = f"{_here()}?{to_query(settings | as_parameter(view))}"
    with link:
        st.markdown(_WHAT + (_OWN_SEED if own_seed else _SEED))
        st.code(address, language=None, wrap_lines=True)
        if lesson.locked:
            st.caption(f":material/school: A lesson link: {_locked_words(lesson)}.")
        if lab.address:
            # In a frame on a course's page the browser's bar has the course's address.
            st.markdown(_NOT_THE_NETWORK)
            own = f"{_here()}?{urlencode(parameters(lab, view))}"
            st.code(own, language=None, wrap_lines=True)
        if not _may_copy():
            st.caption(_BY_HAND)


def _here() -> str:
    """The address of this page, as the browser has it, without what is behind the question mark."""
    url = st.context.url or ""
    return url if urlsplit(url).path else f"{url}/"


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
        format_func=CONTROLS.__getitem__,
        key=f"share_{how}",
        persist_state="session",
        placeholder="None",
    )
    return frozenset(chosen)


def _locked_words(lesson: LessonSpec) -> str:
    """What it locks, in words.

    >>> _locked_words(LessonSpec(fixed=frozenset({"epochs", "seed"}), hidden=frozenset({"loss"})))
    'Epochs, Seed fixed; Loss hidden'
    """
    kinds = (("fixed", lesson.fixed), ("hidden", lesson.hidden))
    return "; ".join(
        f"{', '.join(words for name, words in CONTROLS.items() if name in names)} {how}"
        for how, names in kinds
        if names
    )
