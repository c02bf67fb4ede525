"""The layers of the network, as a picture."""

import streamlit as st

from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.data.mnist import Dataset
from digitlab.figures import architecture
from digitlab.ui.network.form import beside_form
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show

_ARTICLE_DIGIT = 11  # of the test set, as its input


def show_layers(lab: Lab, data: Dataset) -> str:
    """Show the network beside its form; what the learner has seen."""
    st.markdown(
        "Each dot is a **unit**: it takes all the numbers from the layer before it and makes one "
        "new number of them. Its **activation** decides what it passes on. The layers between the "
        "picture and the ten answers are **hidden layers**. Above the picture stands the number of "
        "**parameters**: the numbers that training will find."
    )
    with beside_form(lab):
        network = lab.spec.network
        show.chart(
            architecture.network(network, data.x_test[_ARTICLE_DIGIT]),
            key="network_picture",
            alt=f"{architecture.describe(network)} It has {total_parameters(network):,} "
            "parameters.",
        )
        if network.convolutions:
            st.caption(
                "A **convolution** moves small windows of 3\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}3 "
                "over the picture, its **filters**. Each looks for one pattern everywhere; what it "
                "finds is a **map**. **Pooling** keeps the largest of every "
                "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}2 numbers of a map. A network with "
                "convolutions is a **CNN**, a convolutional neural network."
            )
    return size_seen(lab)


def size_seen(lab: Lab) -> str:
    """How many parameters the network has, and where most of them are."""
    rows = layer_rows(lab.spec.network)
    largest = max(rows, key=lambda row: row.parameters)
    return (
        f"your network has **{total_parameters(lab.spec.network):,} parameters**. Its largest "
        f"layer, `{largest.name}`, holds {largest.parameters:,} of them."
    )
