"""Layers as they are called in a list, and what they make of feature maps."""

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
from digitlab.wording.descriptions import counted


def described(weighted: WeightedLayer) -> str:
    """A layer in a list: its name in Keras, and what it is."""
    match weighted.layer:
        case Dense():
            return (
                f"{weighted.name}: {counted(weighted.layer.units, 'unit')}, "
                f"{weighted.layer.activation}"
            )
        case Conv2D() | SeparableConv2D():
            return (
                f"{weighted.name}: {counted(weighted.layer.filters, 'filter')}, "
                f"{weighted.layer.activation}"
            )
        case DepthwiseConv2D():
            return f"{weighted.name}: {weighted.layer.activation}"
        case Activation():
            return f"{weighted.name}: {weighted.layer.activation}"
    return weighted.name


def what_it_does(layer: Layer) -> str:
    """What a layer makes of maps, in a sentence or two."""
    if has_activation(layer) and not layer.has_kernel:
        return "An **activation** bends each number of the maps that come in."
    return next(words for kind, words in _DOES.items() if isinstance(layer, kind))


_DOES: dict[type[Layer], str] = {
    Conv2D: "A filter leaves one number at each place it slides over: together they are its "
    "**feature map**. Dark blue: there the filter found what it looks for.",
    DepthwiseConv2D: "Each map that comes in has filters of its own. A filter leaves one number "
    "at each place it slides over: together they are its **feature map**.",
    SeparableConv2D: "First each map that comes in has filters of its own. Then, at each place, a "
    "**weighted sum** of all their numbers is one number of a new **feature map**.",
    Dense: "At each place of the picture, each unit makes a **weighted sum** of the numbers "
    "there: together they are its **feature map**.",
    Pooling: "**Pooling** makes each map smaller: of each small window one number goes on.",
    GlobalPooling: "**Global pooling** leaves one number of each map.",
    BatchNormalization: "**Batch normalization** subtracts from each number the mean that its map "
    "had in the training, and divides by the standard deviation. Then it multiplies by **gamma** "
    "and adds **beta**: the training found both for each map.",
    Normalization: "**Normalization** subtracts a mean from each number, and divides by a "
    "standard deviation. Both were known before the training.",
    Rescaling: "**Rescaling** multiplies each number by a scale, and adds an offset.",
    ZeroPadding2D: "**Zero padding** puts zeros around each map.",
    Reshape: "**Reshape** lays out the same numbers in another way.",
    Layer: "The numbers go on as they are.",
}
