"""Choose the layers of the network and count what they can learn."""

import streamlit as st

from digitlab.ui.ablation.line import ablation_line
from digitlab.ui.network.activation_demo import show_activations
from digitlab.ui.network.keras_code import show_network_code
from digitlab.ui.network.layers import show_layers
from digitlab.ui.network.parameters import show_parameters
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Network")
st.markdown(
    say(
        "A network turns the numbers of a picture into ten answers. Its **layers** do this one "
        "after the other.  \nChoose a network, or change its layers. Then look at what it can "
        "learn, and at its code."
    )
)
ablation_line(lab, "network")
view = choose_page_view("Network")
if view == "parameters":
    seen = show_parameters(lab)
elif view == "activations":
    seen = show_activations(lab)
elif view == "keras":
    seen = show_network_code(lab)
else:
    seen = show_layers(lab, data)
close_page(lab, "Network", seen)
