"""Go through the training again, epoch by epoch."""

import streamlit as st

from digitlab.ui.replay.epoch_view import show_epoch, summary, training_replay
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network

lab, data = open_page("Replay")
st.markdown(
    "While your network learned, the lab kept its **weights**, epoch by epoch; an **epoch** is one "
    "pass through all the digits that it learns from. Move the slider and see it learn to read."
)
network = need_network(lab)
replay = training_replay(lab, network)
if isinstance(replay, str):
    st.info(replay)
    close_page(lab, "Replay")
    st.stop()

seen = summary(lab, replay, data)
show_epoch(lab, data)
close_page(lab, "Replay", seen)
