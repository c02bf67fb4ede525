"""Turn, shift and thicken the digits; let the network doubt."""

import streamlit as st

from digitlab.ui.robustness.calibration import show_calibration
from digitlab.ui.robustness.distortions import spoil_digits
from digitlab.ui.robustness.reject_option import show_reject_option
from digitlab.ui.robustness.scribbles import show_scribbles
from digitlab.ui.robustness.strengths import spoil_many
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.ui.widgets.exam import after_exam
from digitlab.wording.say import say

lab, data = open_page("Robustness")
st.markdown(
    say(
        "The digits of MNIST are clean, and they are in the middle of the picture. Change them, "
        "and see what your network reads. Does it notice when it can't read a digit?"
    )
)
network = need_network(lab)
probabilities = network.probabilities

view = choose_page_view("Robustness")
if view in ("doubt", "calibration") and not after_exam(
    lab, say("This view would tell the test score of your network.")
):
    seen = ""
elif view == "doubt":
    seen = show_reject_option(data, probabilities)
elif view == "calibration":
    seen = show_calibration(data, probabilities)
elif view == "strength":
    seen = spoil_many(lab, network, probabilities)
elif view == "scribble":
    seen = show_scribbles(lab, network, probabilities)
else:
    seen = spoil_digits(data, network, probabilities)

close_page(lab, "Robustness", seen, quiz=view == "calibration")
