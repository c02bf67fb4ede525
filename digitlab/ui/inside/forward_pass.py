"""A picture's forward pass through one layer: weighted sum, bias, activation."""

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import WeightedSum, unit_sum
from digitlab.architecture.layers import Dense, TrainingOnly
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.compute import inspect_tasks
from digitlab.export.snippets import inside
from digitlab.figures.inside import product_bars, product_map
from digitlab.records.inside import ForwardPass, LayerPass
from digitlab.records.layer_weights import WeightedLayer, layers_of
from digitlab.records.networks import Network
from digitlab.ui.inside.feature_maps import are_pictures, choose_one_map, show_feature_maps
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.layer_words import described
from digitlab.ui.inside.number_words import added, number
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.inside.worker import ask
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show


def show_forward_pass(lab: Lab, network: Network, sample: Sample) -> str:
    """The calculation of a unit or cell of a chosen layer; returns what was seen."""
    forward = ask(inspect_tasks.forward_pass, network, sample.pixels)
    if forward is None:
        return ""
    stack = stack_of(network.architecture)
    st.markdown(
        "All a network does is multiply, add and bend. Choose a layer and see it done with the "
        f"numbers of {sample.name}."
    )
    seen = _show_layer(stack, layers_of(network), forward)
    show_code(lab, inside.activations(stack, lab.selection.test_index), "activations")
    return f"for {sample.name} {seen}" if seen else ""


def _show_layer(stack: LayerStack, layers: tuple[WeightedLayer, ...], forward: ForwardPass) -> str:
    """A chosen layer at work: a unit's sum, or feature maps; returns what was seen."""
    done = forward.layers
    indices = [index for index, weighted in enumerate(layers) if _worked_out(weighted, done[index])]
    if not indices:
        st.info("This page can't show a layer of this network at work. The other views work.")
        return ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        index = st.selectbox(
            "Layer",
            indices,
            format_func=lambda index: described(layers[index]),
            key=f"inside_layer_{stack.words}",
            persist_state="session",
            width=280,
        )
        last = index == stack.kernel_layer_indices[-1] and stack.last_kernel_makes_logits
        maps = are_pictures(done[index].outputs)
        what = "map" if maps else "digit" if last else "unit"
        one = not maps or choose_one_map()
        unit = _choose(layers[index], done[index], what) if one else None
    name, outputs = layers[index].name, done[index].outputs
    if maps or unit is None:
        return show_feature_maps(layers[index], done[index], unit)
    first = index == stack.kernel_layer_indices[0]
    work = unit_sum(done[index].inputs, layers[index], unit, first)
    into = ("sigmoid" if stack.gives_sigmoids else "softmax") if last else ""
    _show_unit(layers[index], done[index], work, unit, into)
    total = number(float(done[index].sums[unit]))
    return (
        f"the sum of digit {unit} is **{total}**."
        if last
        else f"the sum of unit {unit} of the layer {name} is {total}, and "
        f"**{number(float(outputs[unit]))}** goes on."
    )


def _worked_out(weighted: WeightedLayer, done: LayerPass) -> bool:
    """Whether there is something to see in a layer: a unit's sum, or maps."""
    if isinstance(weighted.layer, Dense) and done.inputs.ndim == 1:
        return True
    return are_pictures(done.outputs) and not isinstance(weighted.layer, TrainingOnly)


def _choose(weighted: WeightedLayer, done: LayerPass, what: str) -> int:
    """A unit of a dense layer, or a feature map; at first the one with the largest result."""
    largest = done.outputs.max(axis=tuple(range(done.outputs.ndim - 1)))
    return st.number_input(
        f"{what.capitalize()}, 0 to {len(largest) - 1}",
        0,
        len(largest) - 1,
        int(largest.argmax()),
        key=f"inside_unit_{weighted.name}_{len(largest)}",
        persist_state="session",
        width=200,
        help="At first: the one with the largest result.",
    )


def _show_unit(
    weighted: WeightedLayer, done: LayerPass, work: WeightedSum, unit: int, into: str
) -> None:
    """One unit's products, and its sum in words; `into` is what the ten last sums go into."""
    what = "digit" if into else "unit"
    chart, words = st.columns([3, 2], gap="large")
    title = f"What each number adds to the sum of {what} {unit}"
    with chart:
        picture = work.inputs.ndim == 2
        figure = (product_map if picture else product_bars)(work.inputs, work.weights, title)
        show.chart(
            figure,
            key="inside_products",
            alt=f"{title}: together {number(work.weighted)}; the largest adds "
            f"{number(float(work.products.max()))}, the smallest "
            f"{number(float(work.products.min()))}.",
        )
    with words:
        _say_sum(work, weighted, float(done.sums[unit]), float(done.outputs[unit]), into)
        st.caption(
            "Point at a cell: number × weight = product. Blue raises the sum, orange lowers it."
        )
        with st.expander(f"All products of {what} {unit} that are not 0"):
            show.table(_products(work))


def _bias_words(work: WeightedSum, weighted: WeightedLayer, total: float) -> str:
    if not weighted.has_bias:
        return f"The units of this layer have none: it stays **{number(total)}**."
    return (
        f"A number of the unit's own is added: {number(work.weighted)} {added(work.bias)} = "
        f"**{number(total)}**."
    )


def _say_sum(
    work: WeightedSum, weighted: WeightedLayer, total: float, result: float, into: str
) -> None:
    used = int(np.count_nonzero(work.products))
    activation = getattr(weighted.layer, "activation", "linear")
    above, below = work.products.clip(min=0).sum(), work.products.clip(max=0).sum()
    st.markdown(
        f"**1. Weighted sum.** {work.inputs.size:,} numbers come in, each is multiplied by its "
        f"weight. {used:,} products are not 0. Those above 0 add up to {number(float(above))}, "
        f"those below to {number(float(below))}, together **{number(work.weighted)}**.\n\n"
        f"**2. Bias.** {_bias_words(work, weighted, total)}"
    )
    if into:
        together = (
            ", each into a sigmoid of its own"
            if into == "sigmoid"
            else " together, into the softmax"
        )
        st.markdown(
            f"**3.** This sum of the last layer is called a **logit**. All ten go on{together}: "
            "see **The last step**."
        )
    elif activation == "linear":
        st.markdown(f"**3.** This layer has no activation: **{number(result)}** goes on.")
    else:
        st.markdown(
            f"**3. Activation**, the function that bends the sum: {activation}({number(total)}) = "
            f"**{number(result)}**. That is what the next layer gets."
        )


def _products(work: WeightedSum) -> dict[str, object]:
    """The products that are not 0, the weightiest first."""
    products = work.products
    order = np.argsort(-np.abs(products), axis=None)[: np.count_nonzero(products)]
    where = np.unravel_index(order, products.shape)
    names = ("Row", "Column") if products.ndim == 2 else ("Number",)
    return dict(zip(names, where, strict=True)) | {
        "Value": work.inputs[where],
        "Weight": work.weights[where],
        "Product": products[where],
    }
