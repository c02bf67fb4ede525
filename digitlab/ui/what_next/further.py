"""Where to go on after the lab: a bigger network, Keras's guides, the article's next part."""

from typing import Final

import streamlit as st

from digitlab import limits
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.downloads import take_home
from digitlab.wording.numerals import whole
from digitlab.wording.say import say, say_message, to_say

_READING: Final = (
    to_say(
        "**The next part of the article**: [Learning process of a deep neural network]"
        "(https://towardsdatascience.com/learning-process-of-a-deep-neural-network-5a9768d7a651). "
        "It explains how a network learns. It also shows more settings that you can try."
    ),
    to_say(
        "**The guides of Keras**: first read [The Sequential model]"
        "(https://keras.io/guides/sequential_model/), then [Training and evaluation]"
        "(https://keras.io/guides/training_with_built_in_methods/)."
    ),
    to_say(
        "**Digits with convolutions**: [Simple MNIST convnet]"
        "(https://keras.io/examples/vision/mnist_convnet/) is a complete program by Keras. You "
        "already know its data, its loss and its `fit`."
    ),
    to_say(
        "**Other pictures**: [Fashion MNIST](https://keras.io/api/datasets/fashion_mnist/) has "
        "clothes instead of digits. Its arrays have the same shapes. To load it, write "
        "`fashion_mnist` instead of `mnist` in your notebook."
    ),
)
"""What to read, as Markdown."""


def show_further(lab: Lab) -> None:
    """A bigger network with the notebook of the current one, then what to read."""
    st.header(say("Where to go on"), anchor=False)
    st.markdown(
        say(
            "**Train a bigger network on Colab.** Many people share the computer of this lab. So a "
            "dense layer can have at most {units} units here, and a convolution at most {filters} "
            "filters. Your **notebook** does not have these limits. Take it home, and open it in "
            "Colab. Train the network twice, with `validation_split=0.1` in `fit`: first as it is, "
            "then with more units. Is the second validation accuracy higher?",
            units=whole(limits.MAX_UNITS),
            filters=whole(limits.MAX_FILTERS),
        )
    )
    if trained := lab.trained:
        take_home(trained, "next", lab.selection, is_taken(lab))
    else:
        st.markdown(say("After you train a network, its notebook is here."))
        link(path.step("Train"), say("Train a network"))
    st.markdown("\n".join(f"- {say_message(reading)}" for reading in _READING))
