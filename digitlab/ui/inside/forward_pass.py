"""A picture's forward pass through one layer: weighted sum, bias, activation."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import WeightedSum, unit_sum
from digitlab.architecture.layers import Dense, TrainingOnly
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.compute.tasks import inspection
from digitlab.export.snippets import inside
from digitlab.figures.inside import product_bars, product_map
from digitlab.records.inside import ForwardPass, LayerPass
from digitlab.records.layer_weights import WeightedLayer, layers_of
from digitlab.records.networks import Network
from digitlab.ui.inside.feature_maps import are_pictures, choose_one_map, show_feature_maps
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.layer_words import described
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask
from digitlab.ui.widgets.fold import fold
from digitlab.wording.calculations import added, number
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say

_CHOICES: Final[dict[str, Message]] = {
    "map": to_say("Map, 0 to {last}"),
    "digit": to_say("Digit, 0 to {last}"),
    "unit": to_say("Unit, 0 to {last}"),
}
"""Which one is looked at, by what it is."""

_AT_FIRST: Final[dict[str, Message]] = {
    "map": to_say("At the start you see the map with the largest result."),
    "digit": to_say("At the start you see the digit with the largest sum."),
    "unit": to_say("At the start you see the unit with the largest result."),
}

_TITLES: Final[dict[str, Message]] = {
    "digit": to_say("What each number adds to the sum of digit {number}"),
    "unit": to_say("What each number adds to the sum of unit {number}"),
}

_ALL_PRODUCTS: Final[dict[str, Message]] = {
    "digit": to_say("All products of digit {number} that are not 0"),
    "unit": to_say("All products of unit {number} that are not 0"),
}


def show_forward_pass(lab: Lab, network: Network, sample: Sample) -> str:
    """The calculation of a unit or cell of a chosen layer; returns what was seen."""
    forward = ask(inspection.forward_pass, network, sample.pixels)
    if forward is None:
        return ""
    stack = stack_of(network.architecture)
    st.markdown(
        say(
            "A network only multiplies, adds and bends numbers. Choose a layer, and see how it "
            "calculates with the numbers of this picture."
        )
    )
    seen = _show_layer(stack, layers_of(network), forward)
    show_code(lab, inside.activations(stack, lab.selection.test_index), "activations")
    return seen


def _show_layer(stack: LayerStack, layers: tuple[WeightedLayer, ...], forward: ForwardPass) -> str:
    """A chosen layer at work: a unit's sum, or feature maps; returns what was seen."""
    done = forward.layers
    indices = [index for index, weighted in enumerate(layers) if _worked_out(weighted, done[index])]
    if not indices:
        st.info(say("The lab can't show the layers of this network at work. The other views work."))
        return ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        index = st.selectbox(
            say("Layer"),
            indices,
            format_func=lambda index: described(layers[index]),
            key=f"inside_layer_{stack.words}",
            persist_state="session",
            width=280,
        )
        last = index == stack.kernel_layer_indices[-1] and stack.last_kernel_makes_logits
        maps = are_pictures(done[index].outputs)
        what = "map" if maps else "digit" if last else "unit"
        shows_one = not maps or choose_one_map()
        unit = _choose(layers[index], done[index], what) if shows_one else None
    code, outputs = f"`{layers[index].name}`", done[index].outputs
    if maps or unit is None:
        return show_feature_maps(layers[index], done[index], unit)
    first = index == stack.kernel_layer_indices[0]
    work = unit_sum(done[index].inputs, layers[index], unit, first)
    into = ("sigmoid" if stack.gives_sigmoids else "softmax") if last else ""
    _show_unit(layers[index], done[index], work, unit, into)
    total = number(float(done[index].sums[unit]))
    if last:
        return say(
            "For this picture the sum of the digit {digit} is **{sum}**.", digit=unit, sum=total
        )
    return say(
        "For this picture the sum of unit {unit} of the layer {layer} is {sum}, and **{result}** "
        "goes on.",
        unit=unit,
        layer=code,
        sum=total,
        result=number(float(outputs[unit])),
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
        say_message(_CHOICES[what], last=whole(len(largest) - 1)),
        0,
        len(largest) - 1,
        int(largest.argmax()),
        key=f"inside_unit_{weighted.name}_{len(largest)}",
        persist_state="session",
        width=200,
        help=say_message(_AT_FIRST[what]),
    )


def _show_unit(
    weighted: WeightedLayer, done: LayerPass, work: WeightedSum, unit: int, into: str
) -> None:
    """One unit's products, and its sum in words; `into` is what the ten last sums go into."""
    what = "digit" if into else "unit"
    chart, words = st.columns([3, 2], gap="large")
    title = say_message(_TITLES[what], number=unit)
    with chart:
        picture = work.inputs.ndim == 2
        figure = (product_map if picture else product_bars)(work.inputs, work.weights, title)
        show.chart(
            figure,
            key="inside_products",
            alt=say(
                "{title}. The products add up to {sum}. The largest product is {largest}, and the "
                "smallest is {smallest}.",
                title=title,
                sum=number(work.weighted),
                largest=number(float(work.products.max())),
                smallest=number(float(work.products.min())),
            ),
        )
    with words:
        _say_sum(work, weighted, float(done.sums[unit]), float(done.outputs[unit]), into)
        st.caption(
            say(
                "Point at the chart: number × weight = product. Blue raises the sum, and orange "
                "lowers it."
            )
        )
        with fold(say_message(_ALL_PRODUCTS[what], number=unit)):
            show.table(_products(work))


def _bias_words(work: WeightedSum, weighted: WeightedLayer, total: float) -> str:
    if not weighted.has_bias:
        return say(
            "**2. Bias.** The units of this layer have no bias. The sum stays **{total}**.",
            total=number(total),
        )
    return say(
        "**2. Bias.** The unit adds its bias, a number of its own: {sum} {bias} = **{total}**.",
        sum=number(work.weighted),
        bias=added(work.bias),
        total=number(total),
    )


def _say_sum(
    work: WeightedSum, weighted: WeightedLayer, total: float, result: float, into: str
) -> None:
    used = int(np.count_nonzero(work.products))
    activation = getattr(weighted.layer, "activation", "linear")
    above, below = work.products.clip(min=0).sum(), work.products.clip(max=0).sum()
    come_in = say_count("{count} number comes in.", "{count} numbers come in.", work.inputs.size)
    weighted_sum = say(
        "Each number is multiplied by its weight. Products that are not 0: {used}. Those above 0 "
        "add up to {above}, and those below 0 add up to {below}. Together this is **{sum}**.",
        used=whole(used),
        above=number(float(above)),
        below=number(float(below)),
        sum=number(work.weighted),
    )
    bias = _bias_words(work, weighted, total)
    last = _activation_words(activation, total, result, into)
    st.markdown(f"**{say('1. Weighted sum.')}** {come_in} {weighted_sum}\n\n{bias}\n\n{last}")


def _activation_words(activation: str, total: float, result: float, into: str) -> str:
    """What becomes of a sum; `into` is what the ten last sums go into."""
    view = say_message(path.step("Look inside").views["answer"])
    if into == "sigmoid":
        return say(
            "**3. Logit.** This sum of the last layer is called a **logit**. Each of the ten "
            "logits goes into its own sigmoid. See **{view}**.",
            view=view,
        )
    if into:
        return say(
            "**3. Logit.** This sum of the last layer is called a **logit**. All ten logits "
            "together go into softmax. See **{view}**.",
            view=view,
        )
    if activation == "linear":
        return say(
            "**3. Activation.** This layer has no activation: **{result}** goes on.",
            result=number(result),
        )
    return say(
        "**3. Activation.** This function bends the sum: {activation}({total}) = **{result}**. "
        "The next layer gets this number.",
        activation=activation,
        total=number(total),
        result=number(result),
    )


def _products(work: WeightedSum) -> dict[str, object]:
    """The products that are not 0, the weightiest first."""
    products = work.products
    order = np.argsort(-np.abs(products), axis=None)[: np.count_nonzero(products)]
    where = np.unravel_index(order, products.shape)
    picture = products.ndim == 2
    names = (say("Row"), say("Column")) if picture else (say("Index"),)
    return dict(zip(names, where, strict=True)) | {
        say("Number"): work.inputs[where],
        say("Weight"): work.weights[where],
        say("Product"): products[where],
    }
