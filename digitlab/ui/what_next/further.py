"""Where to go on after the lab: a bigger network, Keras's guides, the article's next part."""

from typing import Final

import streamlit as st

from digitlab import limits
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.downloads import take_home

_READING: Final = (
    "- **The article's next part**: [Learning process of a deep neural network]"
    "(https://towardsdatascience.com/learning-process-of-a-deep-neural-network-5a9768d7a651). It "
    "explains how a network learns, and more settings to try.\n"
    "- **Keras's guides**, by those who make Keras: [The Sequential model]"
    "(https://keras.io/guides/sequential_model/), then [Training and evaluation]"
    "(https://keras.io/guides/training_with_built_in_methods/).\n"
    "- **Digits with convolutions**: [Simple MNIST convnet]"
    "(https://keras.io/examples/vision/mnist_convnet/), a complete program of Keras's. You know "
    "its data, its loss and its `fit` already.\n"
    "- **Other pictures**: [Fashion MNIST](https://keras.io/api/datasets/fashion_mnist/) has "
    "clothes instead of digits, in arrays of the same shapes. In your notebook write "
    "`fashion_mnist` instead of `mnist` where the data are loaded."
)


def show_further(lab: Lab) -> None:
    """A bigger network with the notebook of the current one, then what to read."""
    st.header("Where to go on", anchor=False)
    st.markdown(
        "**Train a bigger network on Colab.** Many people share this lab's computer. So a dense "
        f"layer has at most {limits.MAX_UNITS} units here, and a convolution at most "
        f"{limits.MAX_FILTERS} filters. Your **notebook** has no such limits. Take it home, open "
        "it in Colab, and change the number of units. Train it again: does the validation "
        "accuracy rise?"
    )
    if trained := lab.trained:
        take_home(trained, "next", lab.selection, is_taken(lab))
    else:
        link(path.step("Train"), "Train a network first: its notebook is here then")
    st.markdown(_READING)
