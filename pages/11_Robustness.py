"""Turn, shift and thicken the digits; let the network doubt."""

import streamlit as st

from digitlab.ui.robustness.calibration import show_calibration
from digitlab.ui.robustness.distortions import spoil_digits
from digitlab.ui.robustness.reject_option import show_reject_option
from digitlab.ui.robustness.scribbles import show_scribbles
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.view_switch import choose_view

lab, data = open_page("Robustness")
st.markdown(
    "MNIST's digits are clean and stand in the middle of the picture. What does your network make "
    "of others, and does it notice when it can't read them?"
)
network = need_network(lab)
probabilities = network.probabilities

SPOIL, DOUBT, CALIBRATION, SCRIBBLE = (
    "Spoil the digits",
    "I don't know",
    "As sure as right?",
    "No digit at all",
)
view = choose_view("Try", (SPOIL, DOUBT, CALIBRATION, SCRIBBLE), key="robust_view")
if view in (DOUBT, CALIBRATION) and not after_exam(lab, "This view"):
    seen = ""
elif view == DOUBT:
    seen = show_reject_option(data, probabilities)
elif view == CALIBRATION:
    seen = show_calibration(data, probabilities)
elif view == SCRIBBLE:
    seen = show_scribbles(lab, network, probabilities)
else:
    seen = spoil_digits(lab, data, network, probabilities)

close_page(lab, "Robustness", seen)
