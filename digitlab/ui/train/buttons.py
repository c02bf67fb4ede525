"""Train, Pause and Stop."""

import streamlit as st

from digitlab.ui.session.begin_training import train
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.wording.say import say


def training_buttons(lab: Lab) -> None:
    """The three buttons, side by side."""
    training = lab.training  # once: it can end at any moment
    with st.container(horizontal=True):
        if st.button(
            say("Train"), type="primary", icon=":material/play_arrow:", disabled=bool(training)
        ) and train(lab, lab.spec):
            st.rerun()
        if st.button(say("Pause"), icon=":material/pause:", disabled=not training) and training:
            queue().pause(training)
        if st.button(say("Stop"), icon=":material/stop:", disabled=not training) and training:
            queue().stop(training)
