"""Choose the layers of the network and count what they can learn."""

import streamlit as st

from digitlab import limits
from digitlab.architecture.summary import layer_rows
from digitlab.export import snippets
from digitlab.figures import architecture
from digitlab.ui.ablation.line import ablation_line
from digitlab.ui.network.activation_demo import try_activations, try_softmax
from digitlab.ui.network.form import network_form
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.widgets import show
from digitlab.wording.parameter_count import arithmetic

lab, data = open_page("Network")

st.markdown(
    "A network is a row of **layers**. Each dot is a **unit**: it takes all the numbers from the "
    "layer before it and makes one new number of them. The layers between the picture and the ten "
    "answers are **hidden layers**. Choose a network or change its layers, and "
    "count its **parameters**: the numbers that training will find."
)

ablation_line(lab, "network")

controls, picture = st.columns([2, 3], gap="medium")
with controls:
    network_form(lab)
network = lab.spec.network
rows = layer_rows(network)
total = sum(row.parameters for row in rows)
with picture:
    show.chart(
        architecture.network(network, data.x_test[11]),
        key="network_picture",
        alt=f"{architecture.describe(network)} It has {total:,} parameters.",
    )
    if total > limits.MAX_PARAMETERS:
        st.warning(
            f"That is more than this lab trains, which is up to {limits.MAX_PARAMETERS:,} "
            "parameters. Give the first hidden layer fewer units."
        )
    if network.convolutions:
        st.caption(
            "A **convolution** moves small windows of 3\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}3 "
            "over the picture, its **filters**. Each looks for one pattern everywhere; what it "
            "finds is a **map**. **Pooling** keeps the largest of every "
            "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}2 numbers of a map. A network with "
            "convolutions is a **CNN**, a convolutional neural network."
        )

st.header("What there is to learn", anchor=False)
st.markdown(
    "A unit multiplies each number it takes by a **weight**, adds all that up and adds one number "
    "more, its **bias**. In a **dense** layer each unit takes every number from before: that makes "
    "inputs × units weights, and as many biases as units. "
    f"{'' if network.use_bias else 'In your network the biases are left out. '}"
    "`None` stands for the number of pictures."
)
st.table(
    {
        "Layer": [f"{row.name} ({row.kind})" for row in rows] + ["**Total**"],
        "Output shape": [str(row.output_shape) for row in rows] + [""],
        "Parameters": [f"{row.parameters:,}" for row in rows] + [f"**{total:,}**"],
        "Where they come from": [arithmetic(row) for row in rows] + [""],
    },
    border="horizontal",
    alt="Each layer with its output shape, its parameters and the arithmetic behind their number",
)
twenty_units = [layer.units for layer in network.hidden] == [20]
if twenty_units and network.use_bias and not network.convolutions:
    st.success(f"**Your turn: done.** 15,700 + 210 = {total:,}.", icon=":material/check:")
elif "network" not in lab.lesson.locked:
    show.your_turn(
        "Give the article's network 20 units in its hidden layer. How many parameters does it have "
        "then? Work it out on paper, then set it: the total in the table is the answer."
    )

show.code(
    snippets.define(lab.spec),
    key="network",
    words="`keras.Sequential` takes the layers as a list. `keras.Input` says the shape of one "
    "picture. The units and the activation of a layer are the arguments of `Dense`. "
    "`model.summary()` prints the table above; **Then and now** shows it as Keras prints it.",
)

st.header("What sigmoid and softmax do", anchor=False)
left, right = st.columns(2, gap="large")
with left:
    try_activations({row.activation for row in rows})
with right:
    try_softmax()

largest = max(rows, key=lambda row: row.parameters)
close_page(
    lab,
    "Network",
    seen=f"your network has **{total:,} parameters**. Its largest layer, `{largest.name}`, holds "
    f"{largest.parameters:,} of them.",
)
