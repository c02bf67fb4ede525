"""The way in to pages that need a trained network."""

import streamlit as st

from digitlab.training.records import TrainedNetwork
from digitlab.ui import live
from digitlab.ui.outcome import show_outcome
from digitlab.ui.state import Lab


def need_network(lab: Lab) -> TrainedNetwork:
    """The current network; without one the page offers to train it here, and ends."""
    if lab.trained is not None:
        return lab.trained
    if lab.job is None or not lab.job.active:
        if lab.job is not None:
            show_outcome(lab.job)
        st.info("This page needs a trained network. The article's takes a few seconds.")
        label = "Train the article's network here"
        pressed = st.button(label, type="primary", icon=":material/play_arrow:")
        if pressed and live.train_article(lab):
            st.rerun()
    live.follow(lab)
    st.stop()
