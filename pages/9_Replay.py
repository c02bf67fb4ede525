"""Go through the training again, epoch by epoch."""

import streamlit as st

from digitlab import snippets
from digitlab.training.errors import EngineError
from digitlab.ui import show
from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network
from digitlab.ui.replay import (
    choose_epoch,
    hundred,
    playback,
    show_course,
    show_curves,
    show_reading,
    show_weights,
    when,
)

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

epoch = choose_epoch(lab, film)
try:
    reading, digit = st.columns(2, gap="large")
    with reading:
        show_reading(film, epoch, data)
    with digit:
        show_course(lab, film, epoch, data)
    first, last = film.epochs[0], film.epochs[-1]
    before, after = (film.matrix(one, data) for one in (first, last))
except EngineError as error:
    st.error(str(error))
    st.stop()

st.subheader("The curves, and this epoch", anchor=False)
st.markdown(
    "The curves are those of Train: each point is an average over one epoch, in which the network was "
    "still changing."
    + " A diamond is its accuracy on the **test digits** after an epoch, so it can lie above the curve. "
    "There is one at the first moment, at the last, and at each that you have looked at."
    * (film.network.spec.training.metric == "accuracy")
)
show_curves(film, epoch)

st.subheader("What its first layer has learned", anchor=False)
show_weights(film, epoch)

show.code(snippets.replay(film.network.spec.training, epoch))
close_page(
    lab,
    "Replay",
    f"{when(first)}, your network read {hundred(before)} test digits; {when(last)}, {hundred(after)}.",
)
