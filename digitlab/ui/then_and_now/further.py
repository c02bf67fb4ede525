"""Two things that the article names and does not use, each in a sentence and a line of code."""

import streamlit as st

from digitlab.export.article_cells import FUNCTIONAL, INITIALIZER
from digitlab.ui.widgets import show
from digitlab.wording.say import say


def show_further() -> str:
    """Initializers and the Functional API; what was seen, in a sentence."""
    st.header(say("Initializers: how the weights begin"), anchor=False)
    st.markdown(
        say(
            "An **initializer** is a rule for the random numbers that the weights of a layer begin "
            "with. Dense layers use `glorot_uniform` if you don't name another one. Their biases "
            "begin with 0. This is how you choose another initializer:"
        )
    )
    show.piece(INITIALIZER)
    st.header(say("The Functional API: networks that are not a list"), anchor=False)
    st.markdown(
        say(
            "`Sequential` is a list: each layer has one input and one output. In the **Functional "
            "API**, you call each layer with the result of another layer. So a network can have "
            "several inputs, several outputs and branches. Here is the article's network in the "
            "Functional API. With the same seed, it begins with the same weights."
        )
    )
    show.piece(FUNCTIONAL)
    return say(
        "In `Sequential`, a network is a list of layers. In the Functional API, each layer is "
        "called with the result of another one."
    )
