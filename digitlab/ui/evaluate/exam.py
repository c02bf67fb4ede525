"""The exam: the test set is closed until the learner opens it for this network."""

import streamlit as st

from digitlab.ui.session.exam import exams, take_exam
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.exam import your_network_reads
from digitlab.wording.results.exam import TEST_SET, exams_words
from digitlab.wording.say import say, say_message


def before_exam(lab: Lab) -> None:
    """What the exam is, the score to choose by so far, and the button."""
    st.markdown(say_message(TEST_SET))
    if so_far := your_network_reads(lab):
        said = say("**So far:** {score}", score=so_far)
        st.markdown(f"{said} {_without_validation(lab)}".strip())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say("Take the exam"),
            key="take_exam",
            type="primary",
            icon=":material/school:",
            on_click=take_exam,
            args=(lab,),
            help=say("This opens the test set for this network. You can't close it again."),
        )
        link(path.step("Train"), say("Not yet: go back to Train"), ":material/arrow_back:")
    if taken := len(exams(lab)):
        st.caption(exams_words(taken))


def _without_validation(lab: Lab) -> str:
    """What a network without validation digits lacks; "" for others, and for one from a file."""
    if lab.uploaded or lab.trained is None or lab.trained.spec.training.validation_share:
        return ""
    return say(
        "It has no validation digits. To compare it with other settings, first choose a "
        "**validation share** on Train."
    )
