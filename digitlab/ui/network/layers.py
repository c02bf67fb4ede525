"""The layers of the network, as a picture."""

import streamlit as st

from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.data.mnist import Dataset
from digitlab.figures import architecture
from digitlab.ui.network.form import beside_form
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import by, whole
from digitlab.wording.say import say

_ARTICLE_DIGIT = 11  # of the test set, as its input


def show_layers(lab: Lab, data: Dataset) -> str:
    """Show the network beside its form; what the learner has seen."""
    st.markdown(
        say(
            "Each dot is a **unit**. It calculates a sum from numbers of the layer before it: see "
            "*What it learns*. Its **activation** turns this sum into its output. The layers "
            "between the picture and the ten answers are **hidden layers**. The title of the chart "
            "counts the **parameters**: the numbers that training will find."
        )
    )
    with beside_form(lab):
        network = lab.spec.network
        show.chart(
            architecture.network(network, data.x_test[_ARTICLE_DIGIT]),
            key="network_picture",
            alt=say(
                "{network} It has {count} parameters.",
                network=architecture.describe(network),
                count=whole(total_parameters(network)),
            ),
        )
        if network.convolutions:
            st.caption(
                say(
                    "A **convolution** moves small windows of {window} weights over the picture. "
                    "These windows are its **filters**. Each filter looks for one pattern in the "
                    "whole picture. Its result is a **map**. **Pooling** keeps the largest of "
                    "every {pool} numbers of a map. A network with convolutions is called a "
                    "**CNN**, a convolutional neural network.",
                    window=by(3, 3),
                    pool=by(2, 2),
                )
            )
    return size_seen(lab)


def size_seen(lab: Lab) -> str:
    """How many parameters the network has, and where most of them are."""
    rows = layer_rows(lab.spec.network)
    largest = max(rows, key=lambda row: row.parameters)
    name = f"`{largest.name}`"
    return say(
        "Your network has **{total} parameters**. Its largest layer is {name}. It has {count} of "
        "the parameters.",
        total=whole(total_parameters(lab.spec.network)),
        name=name,
        count=whole(largest.parameters),
    )
