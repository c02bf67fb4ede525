"""Controls that a lesson link locks: shown but fixed, or not shown at all."""

from collections.abc import Iterable

import streamlit as st

from digitlab.ui.session.state import Lab
from digitlab.wording.say import say


def lesson_line(lab: Lab, controls: Iterable[str]) -> None:
    """Say above these controls that a lesson locks some of them; nothing if it locks none."""
    controls = frozenset(controls)
    fixed, hidden = controls & lab.lesson.fixed, controls & lab.lesson.hidden
    if fixed and hidden:
        words = say("This is a lesson link: you can't change some controls, and some are not here.")
    elif fixed:
        words = say("This is a lesson link: you can't change some of the controls here.")
    elif hidden:
        words = say("This is a lesson link: some controls are not here.")
    else:
        return
    st.caption(f":material/school: {words}")


def is_hidden(lab: Lab, control: str) -> bool:
    """Whether the lesson leaves this control out."""
    return control in lab.lesson.hidden


def is_fixed(lab: Lab, control: str) -> bool:
    """Whether the lesson shows this control but lets nobody change it."""
    return control in lab.lesson.fixed


def explained(lab: Lab, control: str, explanation: str = "") -> str | None:
    """The control's help, which says if it is fixed."""
    fixed = say("Your lesson fixes this value.") if is_fixed(lab, control) else ""
    return f"{explanation} {fixed}".strip() or None
