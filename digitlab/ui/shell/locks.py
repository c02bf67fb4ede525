"""Controls that a lesson link locks: shown but fixed, or not shown at all."""

from collections.abc import Iterable

import streamlit as st

from digitlab.ui.session.state import Lab

_FIXED = "Fixed for this lesson."


def lesson_line(lab: Lab, controls: Iterable[str]) -> None:
    """Say above these controls that a lesson locks some of them; nothing if it locks none."""
    controls = frozenset(controls)
    what = "fixed" if controls & lab.lesson.fixed else ""
    if controls & lab.lesson.hidden:
        what = f"{what} and some are not shown" if what else "not shown"
    if what:
        st.caption(f":material/school: This is a lesson link: some controls are {what}.")


def is_hidden(lab: Lab, control: str) -> bool:
    """Whether the lesson leaves this control out."""
    return control in lab.lesson.hidden


def is_fixed(lab: Lab, control: str) -> bool:
    """Whether the lesson shows this control but lets nobody change it."""
    return control in lab.lesson.fixed


def explained(lab: Lab, control: str, explanation: str = "") -> str | None:
    """The control's help, which says if it is fixed."""
    return f"{explanation} {_FIXED * is_fixed(lab, control)}".strip() or None
