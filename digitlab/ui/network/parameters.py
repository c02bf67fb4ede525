"""The parameters of the network: how many there are, and where they come from."""

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.ui.network.form import beside_form
from digitlab.ui.network.layers import size_seen
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.parameter_count import arithmetic, parameter_columns


def show_parameters(lab: Lab) -> str:
    """Count the parameters of each layer beside the form; what the learner has seen."""
    network = lab.spec.network
    st.markdown(
        "A unit multiplies each number it takes by a **weight**, adds all that up and adds one "
        "number more, its **bias**. In a **dense** layer each unit takes every number from before: "
        "that makes inputs × units weights, and as many biases as units. "
        f"{'' if network.use_bias else 'In your network the biases are left out. '}"
        "Weights and biases are the network's parameters, the numbers that training will find."
    )
    rows = layer_rows(network)
    total = sum(row.parameters for row in rows)
    with beside_form(lab), st.container(key="parameters"):
        st.table(
            parameter_columns(rows)
            | {"Where they come from": [arithmetic(row) for row in rows] + [""]},
            border="horizontal",
            alt="Each layer with its output shape, its parameters and the arithmetic behind their "
            "number",
        )
        st.markdown("`None` stands for the number of pictures.")
        _task(lab, total)
    return size_seen(lab)


def _task(lab: Lab, total: int) -> None:
    network = lab.spec.network
    twenty_units = [layer.units for layer in network.hidden] == [20]
    if twenty_units and network.use_bias and not network.convolutions:
        st.success(f"**Your turn: done.** 15,700 + 210 = {total:,}.", icon=":material/check:")
    elif "network" not in lab.lesson.locked:
        show.your_turn(
            "Give the article's network 20 units in its hidden layer. How many parameters does it "
            "have then? Work it out on paper, then set it: the total in the table is the answer."
        )
