"""Draw a digit; the network reads it."""

import streamlit as st

from digitlab.export import snippets
from digitlab.ui.draw.background import show_background
from digitlab.ui.draw.canvas_tab import draw_and_read
from digitlab.ui.draw.upload_tab import upload_and_read
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import network_or_training
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import reads

lab, data = open_page("Draw")
st.markdown(
    "Draw one digit, large, with your mouse, pen or finger; or several, side by side. After each "
    "stroke your network says what it reads, and you see what it really receives: "
    "28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels, like the digits it learned."
)
network = network_or_training(lab)

canvas, picture = st.tabs(["Draw", "Upload a picture"])
with canvas:
    draw_and_read(lab)
with picture:
    upload_and_read(lab)

show_background()
if network is not None:
    show.code(snippets.read_drawing(network.architecture, network.preprocessing), folded=True)
known = reads(lab)
close_page(
    lab,
    "Draw",
    "a drawing becomes 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels like MNIST's before your "
    f"network answers. {known}"
    if "Draw" in lab.seen
    else "",
    fold_quiz=True,
)
