"""The parameters of the network: how many there are, and where they come from."""

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.ui.network.form import beside_form
from digitlab.ui.network.layers import size_seen
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import whole
from digitlab.wording.say import say
from digitlab.wording.settings.parameter_count import arithmetic, parameter_columns


def show_parameters(lab: Lab) -> str:
    """Count the parameters of each layer beside the form; what the learner has seen."""
    network = lab.spec.network
    explained = say(
        "A unit multiplies each number that it takes by a **weight**. It adds up the products. "
        "Then it adds one more number, its **bias**. In a **dense** layer, each unit takes every "
        "number from the layer before. So the layer has inputs × units weights, and one bias for "
        "each unit. Weights and biases are the **parameters** of the network. Training will find "
        "them."
    )
    without = "" if network.use_bias else say("Your network has no biases.")
    st.markdown(f"{explained} {without}")
    rows = layer_rows(network)
    total = sum(row.parameters for row in rows)
    with beside_form(lab), st.container(key="parameters"):
        st.table(
            parameter_columns(rows)
            | {say("Where they come from"): [arithmetic(row) for row in rows] + [""]},
            border="horizontal",
            alt=say(
                "Each layer with its output shape and its parameters, and how their number is "
                "calculated"
            ),
        )
        st.markdown(say("`None` stands for the number of pictures. It can be any number."))
        _task(lab, total)
    return size_seen(lab)


def _task(lab: Lab, total: int) -> None:
    network = lab.spec.network
    thirty_units = [layer.units for layer in network.hidden] == [30]
    if thirty_units and network.use_bias and not network.convolutions:
        added = " + ".join(whole(row.parameters) for row in layer_rows(network))
        done = say("**Your turn: done.** {added} = {total}.", added=added, total=whole(total))
        st.success(done, icon=":material/check:")
    elif "network" not in lab.lesson.locked:
        show.your_turn(
            say(
                "Give the article's network 30 units in its hidden layer. How many parameters does "
                "it have then? Calculate it on paper. Then set the 30 units, and compare your "
                "result with the total in the table."
            )
        )
