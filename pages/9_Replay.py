"""Go through the training again, epoch by epoch."""

import contextlib

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

first, last = film.epochs[0], film.epochs[-1]
seen = ""
with contextlib.suppress(EngineError):  # the slider and what stands below it say so
    before, after = (hundred(film.matrix(epoch, data)) for epoch in (first, last))
    seen = f"{when(first)}, your network read {before} test digits; {when(last)}, {after}."
show_moment(lab, data)
close_page(lab, "Replay", seen)
