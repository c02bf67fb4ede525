"""Go through the training again, epoch by epoch."""

import streamlit as st

from digitlab.ui.replay.epoch_view import show_epoch, summary, training_replay
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Replay")
st.markdown(
    say(
        "How did your network learn to read? In a training, the lab keeps the **weights** after "
        "each **epoch**. An epoch is one pass through the training digits.  \nMove the slider from "
        "epoch to epoch, and watch your network learn."
    )
)
network = need_network(lab)
replay = training_replay(lab, network)
if isinstance(replay, str):
    st.info(replay)
    close_page(lab, "Replay")
    st.stop()

view = choose_page_view("Replay")
seen = summary(lab, replay, data, view)
show_epoch(lab, data, view)
close_page(lab, "Replay", seen, quiz=view == "curves")
