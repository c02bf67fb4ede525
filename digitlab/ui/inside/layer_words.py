"""Layers as they are called in a list, and what they make of feature maps."""

from typing import Final

from digitlab.architecture.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Layer,
    Normalization,
    Rescaling,
    Reshape,
    SeparableConv2D,
    ZeroPadding2D,
)
from digitlab.architecture.layers.pooling import GlobalPooling, Pooling
from digitlab.architecture.output import has_activation
from digitlab.records.layer_weights import WeightedLayer
from digitlab.wording.lists import with_commas
from digitlab.wording.say import Message, say, say_count, say_message, to_say


def described(weighted: WeightedLayer) -> str:
    """A layer in a list: its name in Keras, and what it is."""
    match weighted.layer:
        case Dense():
            parts = [
                say_count("{count} unit", "{count} units", weighted.layer.units),
                weighted.layer.activation,
            ]
        case Conv2D() | SeparableConv2D():
            parts = [
                say_count("{count} filter", "{count} filters", weighted.layer.filters),
                weighted.layer.activation,
            ]
        case DepthwiseConv2D() | Activation():
            parts = [weighted.layer.activation]
        case _:
            return weighted.name
    return f"{weighted.name}: {with_commas(parts)}"


def what_it_does(layer: Layer) -> str:
    """What a layer makes of maps, in a sentence or two."""
    if has_activation(layer) and not layer.has_kernel:
        return say("An **activation** bends each number of the maps that come in.")
    return say_message(next(words for kind, words in _DOES.items() if isinstance(layer, kind)))


_DOES: Final[dict[type[Layer], Message]] = {
    Conv2D: to_say(
        "A filter gives one number at each place. All its numbers together are its **feature "
        "map**. Dark blue shows where the filter found what it looks for."
    ),
    DepthwiseConv2D: to_say(
        "Each map that comes in has filters of its own. A filter gives one number at each place. "
        "All its numbers together are its **feature map**."
    ),
    SeparableConv2D: to_say(
        "Each map that comes in has filters of its own. Then the layer makes a **weighted sum** of "
        "all their numbers at one place. The sums of all places are a new **feature map**."
    ),
    Dense: to_say(
        "At each place of the picture, each unit makes a **weighted sum** of the numbers there. "
        "All its sums together are its **feature map**."
    ),
    Pooling: to_say(
        "**Pooling** makes each map smaller. It makes one number of all the numbers in a small "
        "window."
    ),
    GlobalPooling: to_say("**Global pooling** makes one number of each map."),
    BatchNormalization: to_say(
        "**Batch normalization** subtracts a mean from each number, and divides by a standard "
        "deviation. Each map has its own mean and deviation, from the training. Then the layer "
        "multiplies by **gamma** and adds **beta**. The training found both for each map."
    ),
    Normalization: to_say(
        "**Normalization** subtracts a mean from each number, and divides by a standard "
        "deviation. Both were known before the training."
    ),
    Rescaling: to_say("**Rescaling** multiplies each number by a scale, and adds an offset."),
    ZeroPadding2D: to_say("**Zero padding** puts zeros around each map."),
    Reshape: to_say("**Reshape** arranges the same numbers in another way."),
    Layer: to_say("The numbers go on as they are."),
}
