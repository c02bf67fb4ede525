"""Draw a digit; the network reads it."""

import streamlit as st

from digitlab.export import snippets
from digitlab.preprocess.ready_drawings import CROSSED_ZERO, LONG_ONE
from digitlab.preprocess.shaping import MNIST_STROKE
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

thin, thick = MNIST_STROKE
st.markdown(
    "**Why all these steps?** The makers of MNIST fitted every digit into "
    "20\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}20 pixels and put its **centre of mass**, the middle "
    "of its ink, in the middle of the picture. The lab does the same to your digit. It also "
    "straightens the digit and makes its lines thicker or thinner. These two steps are the lab's "
    f"own: in MNIST, digits lean, and nine of ten have lines of {thin:g} to {thick:g} pixels. A "
    "network knows only what it has seen: a digit of another size or in a corner looks new to it. "
    "Switch on *What a plain resize would have read*, and draw a small digit in a corner."
)
st.markdown(
    "**What no step can mend.** Two ways of writing are rare in MNIST. Take them from the ready "
    f"drawings: *{LONG_ONE}* and *{CROSSED_ZERO}*. Of the 50 training digits that look most like "
    "this 1, only about 10 are ones; the others are fours, sevens and nines. Of the 50 most like "
    "this 0, only about half are zeros. To read them, a network must learn from digits that are "
    "written so."
)
if network is not None:
    show.code(snippets.read_drawing(network.architecture, network.preprocessing))
known = reads(lab)
close_page(
    lab,
    "Draw",
    "a drawing becomes 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels like MNIST's before your "
    f"network answers.{f' It {known}.' if known else ''}"
    if "Draw" in lab.seen
    else "",
)
