"""See the network's weights, the numbers at work, and what in a picture matters."""

import streamlit as st

from digitlab.ui.inside.attribution import show_attribution
from digitlab.ui.inside.digit_map import show_map
from digitlab.ui.inside.forward_pass import show_forward_pass
from digitlab.ui.inside.neighbours import show_neighbours
from digitlab.ui.inside.output import show_last_step
from digitlab.ui.inside.sample_choice import choose
from digitlab.ui.inside.weights import show_weights
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Look inside")
st.markdown(
    say(
        "A trained network is made of numbers only. Here you see which numbers lead to its "
        "answer.  \nChoose what you want to see. The first view shows the weights. In the other "
        "views you also choose a picture, and follow it from its pixels to the answer."
    )
)
network = need_network(lab)
view = choose_page_view("Look inside")
# The weights are the same for each picture.
sample = None if view == "weights" else choose(lab, data, network, network.probabilities)
if view == "weights":
    seen = show_weights(lab, network)
elif sample is None:
    seen = ""
elif view == "numbers":
    seen = show_forward_pass(lab, network, sample)
elif view == "answer":
    seen = show_last_step(lab, network, sample)
elif view == "evidence":
    seen = show_attribution(lab, network, sample)
elif view == "neighbours":
    seen = show_neighbours(lab, data, network, sample)
else:
    seen = show_map(lab, data, network, sample, network.probabilities)
close_page(lab, "Look inside", seen, quiz=view == "weights")
