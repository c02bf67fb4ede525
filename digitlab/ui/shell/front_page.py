"""The front page: what the lab is, the path through it, train now."""

import streamlit as st

from digitlab.ui.session.begin_training import train_first
from digitlab.ui.shell import path
from digitlab.ui.shell.board_code import ask_code
from digitlab.ui.shell.frame import open_page
from digitlab.ui.shell.links import link, open_step
from digitlab.ui.widgets import show
from digitlab.ui.widgets.layout import cards
from digitlab.wording.lists import with_commas
from digitlab.wording.say import say, say_message

_ARTICLE = "Deep learning for beginners: practical guide with Python and Keras"
_CARD = 150  # pixels; "6 Look inside" is whole in it


def front_page() -> None:
    """Show it: a whole run of the page."""
    lab, data = open_page("Start")
    st.title(say("Teach a computer to read digits"), anchor=False)
    st.markdown(
        say(
            "In DigitLab you make your first **neural network**. A neural network is a program "
            "that learns from examples. Nobody tells it how to read a digit: it learns from "
            "more than 50,000 pictures. You make it with **Keras**, a Python library that "
            "researchers use too. You need only this browser. The computer of the lab does the "
            "work."
        )
    )
    labels = with_commas([str(label) for label in data.y_test[:10]])
    show.strip(data.x_test[:10], alt=say("Ten digits written by hand: {labels}", labels=labels))
    st.caption(say("These are ten of the 10,000 digits that will test your network."))

    with st.container(horizontal=True):
        train = st.button(
            say("Train a network now"),
            key="train_now",
            type="primary",
            icon=":material/play_arrow:",
        )
        if train and train_first(lab):
            open_step(path.step("Draw"))
        if st.button(say("Start with the data"), key="data", icon=":material/grid_view:"):
            open_step(path.step("Data"))

    st.caption(
        say(
            "*Train a network now*: a network learns while you draw a digit. Then it reads your "
            "digit. *Start with the data*: you build a network yourself, step by step."
        )
    )

    ask_code(lab)

    st.header(say("The path"), anchor=False)
    grid = cards(_CARD)
    for number, step in enumerate(path.STEPS, start=1):
        with grid.cell():
            link(step, f"**{number} {step.title}**")
            st.caption(say_message(step.idea))
    st.caption(
        say(
            "The path follows the article *{article}* by Jordi Torres. These pages call it **the "
            "article**. You begin with the network of the article and with its **recipe**: the "
            "settings that the article uses to train the network. *Train a network now* uses "
            "another network. The button *Back to the article* on the pages Network and Train "
            "brings the network of the article back.",
            article=_ARTICLE,
        )
    )

    st.header(say("Then ask why"), anchor=False)
    grid = cards(_CARD)
    for step in path.WHY:
        with grid.cell():
            link(step, f"**{step.title}**")
            st.caption(say_message(step.idea))

    link(path.TEACHERS, path.TEACHERS.title, ":material/co_present:")
    st.caption(say_message(path.TEACHERS.idea))
