"""The exam: the test set is closed until the learner opens it for this network."""

import streamlit as st

from digitlab.ui.session.exam import exams, take_exam
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.exam import reads
from digitlab.wording.exam import TEST_SET, exams_words


def before_exam(lab: Lab) -> None:
    """What the exam is, the score to choose by so far, and the button."""
    st.markdown(TEST_SET)
    if so_far := reads(lab):
        st.markdown(f"**So far:** {so_far}{_without_validation(lab)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Take the exam",
            type="primary",
            icon=":material/school:",
            on_click=take_exam,
            args=(lab,),
            help="It opens the test set for this network. What is open stays open.",
        )
        link(path.step("Train"), "Not yet: back to Train", ":material/arrow_back:")
    if taken := len(exams(lab)):
        st.caption(exams_words(taken))


def _without_validation(lab: Lab) -> str:
    """What a network without validation digits lacks; "" for others, and for one from a file."""
    if lab.uploaded or lab.trained is None or lab.trained.spec.training.validation_share:
        return ""
    return (
        " It has no validation digits. To compare it with other settings, set a **validation "
        "share** on Train first."
    )
