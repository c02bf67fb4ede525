"""Two things that the article names and does not use, each in a sentence and a line of code."""

import streamlit as st

from digitlab.export.article_cells import FUNCTIONAL, INITIALIZER
from digitlab.ui.widgets import show


def show_further() -> str:
    """Initializers and the Functional API; what was seen, in a sentence."""
    st.header("Where the weights begin: initializers", anchor=False)
    st.markdown(
        "An **initializer** says how a layer draws the random numbers that its weights begin "
        "with. Dense layers take `glorot_uniform` if you say nothing; the biases begin with 0. "
        "This is how you choose another one:"
    )
    show.piece(INITIALIZER)
    st.header("Networks that are no list: the Functional API", anchor=False)
    st.markdown(
        "`Sequential` is a list: each layer has one input and one output. In the **Functional "
        "API** you call each layer with the result of another. So a network can have several "
        "inputs, several outputs and branches. Here is the article's network in this way; with "
        "the same seed it begins with the same weights."
    )
    show.piece(FUNCTIONAL)
    return (
        "a network is a list of layers in `Sequential`, and calls of layers in the Functional API."
    )
