"""The front page: what the lab is, the path through it, train now."""

import streamlit as st

from digitlab.ui.shell import path
from digitlab.ui.shell.frame import open_page
from digitlab.ui.shell.links import link, open_step
from digitlab.ui.train.start import train_first
from digitlab.ui.widgets import show
from digitlab.ui.widgets.layout import cards

_CARD = 150  # pixels; "6 Look inside" is whole in it


def front_page() -> None:
    """Show it: a whole run of the page."""
    lab, data = open_page("Start")

    st.title("Teach a computer to read digits", anchor=False)
    st.markdown(
        "DigitLab is a small laboratory for your first **neural network**: a program that is not "
        "told how to read a digit, but learns it from 60,000 examples. You make it with "
        "**Keras**, a Python library that researchers use too. The lab's computer does the work; "
        "you need only this browser."
    )
    show.strip(
        data.x_test[:10], alt="Ten handwritten digits: " + ", ".join(map(str, data.y_test[:10]))
    )
    st.caption("Ten of the 10,000 digits that your network will be tested on.")

    with st.container(horizontal=True):
        train = st.button("Train a network now", type="primary", icon=":material/play_arrow:")
        if train and train_first(lab):
            open_step(path.step("Draw"))
        if st.button("Start with the data", icon=":material/grid_view:"):
            open_step(path.step("Data"))

    st.caption(
        "*Train a network now*: a network learns while you draw a digit. Then it reads your digit. "
        "*Start with the data*: you build a network yourself, step by step."
    )

    st.header("The path", anchor=False)
    grid = cards(_CARD)
    for number, step in enumerate(path.STEPS, start=1):
        with grid.cell():
            link(step, f"**{number} {step.name}**")
            st.caption(step.idea)
    st.caption(
        "The path follows Jordi Torres's article *Deep learning for beginners: practical guide "
        "with Python and Keras*; these pages call it **the article**. You begin with its network "
        "and its **recipe**, the settings used to train it. After "
        "*Train a network now*, the button *Back to the article* on Network and Train brings "
        "them back."
    )

    st.header("Then ask why", anchor=False)
    grid = cards(_CARD)
    for step in path.WHY:
        with grid.cell():
            link(step, f"**{step.name}**")
            st.caption(step.idea)
