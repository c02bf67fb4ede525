"""The kernel of the first layer as pictures."""

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import Array, before_first, first_pictures
from digitlab.architecture.layers import Conv2D, Dense, DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.compute.errors import Problem
from digitlab.export.snippets import inside
from digitlab.records.layer_weights import WeightedLayer, layers_of
from digitlab.records.networks import Network
from digitlab.specs.network import PIXELS
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.number_words import decimals, number
from digitlab.ui.inside.tile_pages import show_tiles
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import counted
from digitlab.wording.numerals import by
from digitlab.wording.reasons import problem_words

NEVER_INKED = 67
"""Pixels at which all 60,000 training digits are paper."""

HARDLY_INKED = 224
"""Pixels at which some of them have ink, but fewer than 1 in 100. With SGD their weights hardly
change; with Adam, which fits the step to each weight, they change about as much as the others."""


def show_weights(lab: Lab, network: Network) -> str:
    """Pictures of the first layer's kernel; returns what was seen."""
    if not network.weights:
        st.error(problem_words(Problem.NO_WEIGHTS))
        return ""
    stack = stack_of(network.architecture)
    layer = layers_of(network)[stack.kernel_layer_indices[0]]
    pictures = first_pictures(stack, layer)
    if pictures is None:
        st.info(
            f"{_first(stack)} of this network sees {_seen_at_once(stack, layer)}, so its weights "
            "can't be laid on a picture of 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28. The other "
            "views work."
        )
        return ""
    slides = isinstance(layer.layer, Conv2D | DepthwiseConv2D | SeparableConv2D)
    unit_name = "filter" if slides else "unit" if stack.has_hidden_layer else "digit"
    most = float(np.abs(pictures).max())
    inverted = network.preprocessing.inverted
    st.markdown(_words(stack, unit_name, pictures.shape, most, inverted))
    if before := before_first(stack):
        st.caption(
            f"Before it {'stands' if len(before) == 1 else 'stand'} "
            f"{', '.join(type(layer).__name__ for layer in before)}: the weights multiply what "
            "comes out of there, not the pixels themselves."
        )
    show_tiles(pictures, unit_name, f"The weights of {unit_name} {{}}", key="inside_weights")
    if unit_name != "filter" and _began_at_random(lab):
        _say_speckle()
    with st.expander("The numbers behind the pictures"):
        show.table(_table(unit_name, pictures, layer))
    show_code(lab, inside.weights(stack), folded=True)
    low, high = (number(float(value), decimals(most)) for value in (pictures.min(), pictures.max()))
    return (
        f"{_first(stack)[0].lower()}{_first(stack)[1:]} of your network has "
        f"{counted(len(pictures), 'unit' if unit_name == 'digit' else unit_name)}, and its "
        f"{'weight is' if pictures.size == 1 else f'weights reach from {low} to'} {high}."
    )


def _began_at_random(lab: Lab) -> bool:
    """Whether the weights were random numbers before the training: not known of a file's."""
    trained = lab.trained
    return not lab.uploaded and trained is not None and not trained.spec.training.zero_start


def _seen_at_once(stack: LayerStack, layer: WeightedLayer) -> str:
    """What stands against a picture of the weights."""
    by_rows = (
        isinstance(layer.layer, Dense) and len(stack.shapes[stack.kernel_layer_indices[0]]) > 1
    )
    return "a part of the picture at a time" if by_rows else "several channels at once"


def _first(stack: LayerStack) -> str:
    """The layer whose weights are shown."""
    return "The first layer with a kernel" if before_first(stack) else "The first layer"


def _words(
    stack: LayerStack, unit_name: str, shape: tuple[int, ...], most: float, inverted: bool
) -> str:
    count, height, width = shape
    first = _first(stack)
    pixels = "numbers" if before_first(stack) else "pixels"
    if unit_name == "filter":
        what = (
            f"{first} slides {count} **filter{'s' * (count != 1)}** over the picture. Each looks "
            f"at a window of {by(height, width)} {pixels} through its own **weights**, the "
            "numbers that training found."
        )
    else:
        who = (
            "Each of the ten units, one for each digit,"
            if unit_name == "digit"
            else f"Each of the {count} units of {first[0].lower()}{first[1:]}"
            if count > 1
            else f"The one unit of {first[0].lower()}{first[1:]}"
        )
        what = (
            f"{who} looks at {height * width:,} {pixels} through its own **weights**, one number "
            "for each, which training found."
        )
    what_for = (
        f"raises the sum of the {unit_name}" if unit_name != "digit" else "speaks for the digit"
    )
    against = "lowers it" if unit_name != "digit" else "speaks against it"
    # A network for dark digits on light paper takes paper as the large number, and ink as 0.
    size = number(most, decimals(most))
    large = "a large number" if before_first(stack) else "paper" if inverted else "ink"
    return (
        f"{what} **Blue** (above 0): {large} there {what_for}. **Orange** (below 0): {large} "
        f"there {against}. White (near 0): {large} there makes hardly any difference. The darkest "
        f"blue is +{size}, the darkest orange −{size}."
    )


def _say_speckle() -> None:
    """Why the weights near the edges look random."""
    with st.expander("Why is there speckle near the edges?"):
        st.markdown(
            f"At {NEVER_INKED} of {PIXELS} pixels no training digit has ink. The input there is "
            "always 0, so the gradient of these weights is 0. They never changed: they still are "
            "the random numbers from before the training. At "
            f"{HARDLY_INKED} more pixels fewer than 1 in 100 digits have ink. These weights "
            "learned from those few digits only."
        )


def _table(unit_name: str, pictures: Array, layer: WeightedLayer) -> dict[str, object]:
    flat = pictures.reshape(len(pictures), -1)
    has_bias = layer.has_bias and not isinstance(layer.layer, SeparableConv2D)
    return {
        unit_name.capitalize(): range(len(pictures)),
        "Largest weight": flat.max(axis=1),
        "Smallest weight": flat.min(axis=1),
        "Mean weight": flat.mean(axis=1),
    } | ({"Bias": layer.bias} if has_bias else {})
