"""Go through the training again, epoch by epoch."""

import streamlit as st

from digitlab.training.errors import EngineError
from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network
from digitlab.ui.playback import when
from digitlab.ui.replay import hundred, playback, show_moment

lab, data = open_page("Replay")
st.markdown(
    "While your network learned, the lab kept its **weights**, epoch by epoch; an **epoch** is one "
    "pass through the training digits. Move the slider and see it "
    "learn to read."
)
network = need_network(lab)
film = playback(lab, network)
if isinstance(film, str):
    st.info(film)
    close_page(lab, "Replay")
    st.stop()

show_moment(lab, data)
try:
    before, after = (film.matrix(epoch, data) for epoch in (film.epochs[0], film.epochs[-1]))
except EngineError:  # of the last epoch the answers are known; of the first one it says so above
    st.stop()
close_page(
    lab,
    "Replay",
    f"{when(film.epochs[0])}, your network read {hundred(before)} test digits; "
    f"{when(film.epochs[-1])}, {hundred(after)}.",
)
