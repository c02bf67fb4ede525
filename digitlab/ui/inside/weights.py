"""The kernel of the first layer as pictures."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import Array, before_first, first_pictures
from digitlab.architecture.layers import Conv2D, Dense, DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.compute.errors import Problem
from digitlab.export.snippets import inside
from digitlab.records.layer_weights import WeightedLayer, layers_of
from digitlab.records.networks import Network
from digitlab.specs.network import IMAGE_SHAPE, PIXELS
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.tile_pages import show_tiles
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.calculations import decimals, number
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import by, whole
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import Message, say, say_count, say_message, to_say

NEVER_INKED = 67
"""Pixels at which all 60,000 training digits are paper."""

HARDLY_INKED = 224
"""Pixels at which some of them have ink, but fewer than 1 in 100. With SGD their weights hardly
change; with Adam, which fits the step to each weight, they change about as much as the others."""

CAPTIONS: Final[dict[str, Message]] = {
    "unit": to_say("unit {number}"),
    "filter": to_say("filter {number}"),
    "digit": to_say("digit {number}"),
}
"""Below a picture, by what has the weights."""

_ALTS: Final[dict[str, Message]] = {
    "unit": to_say("The weights of unit {number}"),
    "filter": to_say("The weights of filter {number}"),
    "digit": to_say("The weights of digit {number}"),
}

HEADS: Final[dict[str, Message]] = {
    "unit": to_say("Unit"),
    "filter": to_say("Filter"),
    "digit": to_say("Digit"),
}

_COLORS: Final[dict[str, Message]] = {
    "ink": to_say(
        "**Blue** is a weight above 0: ink there raises the sum. **Orange** is a weight below 0: "
        "ink there lowers the sum. White is near 0: ink there changes the sum very little."
    ),
    "paper": to_say(
        "**Blue** is a weight above 0: paper there raises the sum. **Orange** is a weight below 0: "
        "paper there lowers the sum. White is near 0: paper there changes the sum very little."
    ),
    "number": to_say(
        "**Blue** is a weight above 0: a large number there raises the sum. **Orange** is a weight "
        "below 0: a large number there lowers the sum. White is near 0: it changes the sum very "
        "little."
    ),
}
"""What the colours mean, by what is a large number for the layer."""


def show_weights(lab: Lab, network: Network) -> str:
    """Pictures of the first layer's kernel; returns what was seen."""
    if not network.weights:
        st.error(problem_words(Problem.NO_WEIGHTS))
        return ""
    stack = stack_of(network.architecture)
    layer = layers_of(network)[stack.kernel_layer_indices[0]]
    pictures = first_pictures(stack, layer)
    if pictures is None:
        st.info(_why_no_pictures(stack, layer))
        return ""
    slides = isinstance(layer.layer, Conv2D | DepthwiseConv2D | SeparableConv2D)
    unit_name = "filter" if slides else "unit" if stack.has_hidden_layer else "digit"
    most = float(np.abs(pictures).max())
    st.markdown(
        f"{_which_weights(stack, layer)} {_whose(stack, unit_name, pictures.shape)} "
        f"{_colors(stack, network.preprocessing.inverted, most)}"
    )
    show_tiles(pictures, CAPTIONS[unit_name], _ALTS[unit_name], key="inside_weights")
    if unit_name != "filter" and _began_at_random(lab):
        _say_speckle()
    with fold(say("The numbers behind the pictures")):
        show.table(_table(unit_name, pictures, layer))
    show_code(lab, inside.weights(stack), folded=True)
    low, high = (number(float(value), decimals(most)) for value in (pictures.min(), pictures.max()))
    smallest = say("The smallest weight is {low}, and the largest is {high}.", low=low, high=high)
    return f"{_how_many(unit_name, len(pictures))} {smallest}"


def _began_at_random(lab: Lab) -> bool:
    """Whether the weights were random numbers before the training: not known of a file's."""
    trained = lab.trained
    return not lab.uploaded and trained is not None and not trained.spec.training.zero_start


def _why_no_pictures(stack: LayerStack, layer: WeightedLayer) -> str:
    """What stands against a picture of the weights."""
    code = f"`{layer.name}`"
    by_rows = (
        isinstance(layer.layer, Dense) and len(stack.shapes[stack.kernel_layer_indices[0]]) > 1
    )
    if by_rows:
        return say(
            "The layer {name} sees a part of the picture at a time. So its weights can't be shown "
            "on a picture of {size} pixels. The other views work.",
            name=code,
            size=by(*IMAGE_SHAPE),
        )
    return say(
        "The layer {name} sees several channels at once. So its weights can't be shown on a "
        "picture of {size} pixels. The other views work.",
        name=code,
        size=by(*IMAGE_SHAPE),
    )


def _which_weights(stack: LayerStack, layer: WeightedLayer) -> str:
    """Of which layer they are."""
    before, code = before_first(stack), f"`{layer.name}`"
    if not before:
        return say("These are the **weights** of the first layer, as they are after the training.")
    return say_count(
        "These are the **weights** of the layer {name}. One layer comes before it: {layers}. The "
        "weights multiply what comes out of it, not the pixels.",
        "These are the **weights** of the layer {name}. {count} layers come before it: {layers}. "
        "The weights multiply what comes out of them, not the pixels.",
        len(before),
        name=code,
        layers=with_commas([type(layer).__name__ for layer in before]),
    )


def _whose(stack: LayerStack, unit_name: str, shape: tuple[int, ...]) -> str:
    """What has how many weights."""
    count, height, width = shape
    if unit_name == "filter":
        return say_count(
            "The layer moves {count} **filter** over the picture. It has one weight for each place "
            "of a small window of {size}.",
            "The layer moves {count} **filters** over the picture. Each of them has one weight for "
            "each place of a small window of {size}.",
            count,
            size=by(height, width),
        )
    inputs = whole(height * width)
    if unit_name == "digit":
        return say(
            "The layer has ten units, one for each digit. Each unit has {inputs} weights, one for "
            "each number that comes in.",
            inputs=inputs,
        )
    if before_first(stack):
        return say_count(
            "The layer has {count} unit. It has {inputs} weights, one for each number that comes "
            "in.",
            "The layer has {count} units. Each of them has {inputs} weights, one for each number "
            "that comes in.",
            count,
            inputs=inputs,
        )
    return say_count(
        "The layer has {count} unit. It has {inputs} weights, one for each pixel.",
        "The layer has {count} units. Each of them has {inputs} weights, one for each pixel.",
        count,
        inputs=inputs,
    )


def _colors(stack: LayerStack, inverted: bool, most: float) -> str:
    # A network for dark digits on light paper takes paper as the large number, and ink as 0.
    large = "number" if before_first(stack) else "paper" if inverted else "ink"
    darkest = say(
        "The darkest blue means +{size}, and the darkest orange means −{size}.",
        size=number(most, decimals(most)),
    )
    return f"{say_message(_COLORS[large])} {darkest}"


def _how_many(unit_name: str, count: int) -> str:
    """What has a picture of its weights."""
    if unit_name == "filter":
        return say_count(
            "The layer has {count} filter.",
            "The layer has {count} filters.",
            count,
        )
    return say_count("The layer has {count} unit.", "The layer has {count} units.", count)


def _say_speckle() -> None:
    """Why the weights near the edges look random."""
    with fold(say("Why do the weights near the edges look random?")):
        st.markdown(
            say(
                "{never} of the {all} pixels have no ink in any training digit. The input there is "
                "always 0, so the gradient of these weights is 0. They never changed: they are "
                "still the random numbers from before the training. {hardly} more pixels have ink "
                "in fewer than 1 of 100 digits. Their weights learned from these few digits only.",
                never=NEVER_INKED,
                all=PIXELS,
                hardly=HARDLY_INKED,
            )
        )


def _table(unit_name: str, pictures: Array, layer: WeightedLayer) -> dict[str, object]:
    flat = pictures.reshape(len(pictures), -1)
    has_bias = layer.has_bias and not isinstance(layer.layer, SeparableConv2D)
    return {
        say_message(HEADS[unit_name]): range(len(pictures)),
        say("Largest weight"): flat.max(axis=1),
        say("Smallest weight"): flat.min(axis=1),
        say("Mean weight"): flat.mean(axis=1),
    } | ({say("Bias"): layer.bias} if has_bias else {})
