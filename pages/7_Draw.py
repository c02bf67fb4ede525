"""Draw a digit; the network reads it."""

import streamlit as st

from digitlab.export import snippets
from digitlab.specs import IMAGE_SHAPE
from digitlab.ui.draw.background import show_background
from digitlab.ui.draw.canvas_tab import draw_and_read
from digitlab.ui.draw.upload_tab import upload_and_read
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import network_or_training
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import your_network_reads
from digitlab.wording.numerals import by
from digitlab.wording.say import say

lab, data = open_page("Draw")
st.markdown(
    say(
        "Draw one large digit on the **canvas** with your mouse, pen or finger. You can also draw "
        "several digits side by side. After each stroke your network says what it reads. You also "
        "see what it really receives: {size} pixels, like the digits that it learned from.",
        size=by(*IMAGE_SHAPE),
    )
)
network = network_or_training(lab)

canvas, picture = st.tabs([say("Draw"), say("Upload a picture")])
with canvas:
    draw_and_read(lab)
with picture:
    upload_and_read(lab)

show_background()
if network is not None:
    show.code(snippets.read_drawing(network.architecture, network.preprocessing), folded=True)
seen = say(
    "Before your network answers, a drawing becomes {size} pixels like those of MNIST. {known}",
    size=by(*IMAGE_SHAPE),
    known=your_network_reads(lab),
)
close_page(lab, "Draw", seen.strip() if "Draw" in lab.seen else "", fold_quiz=True)
