"""How a network ends: what its ten numbers are, and where they are formed."""

from collections.abc import Sequence
from dataclasses import dataclass

from digitlab.architecture.layers import (
    ELU,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    GlobalAveragePooling2D,
    Layer,
    LeakyReLU,
    ReLU,
    Shape,
    Softmax,
)
from digitlab.specs import CLASSES

_AVERAGES = (AveragePooling2D, GlobalAveragePooling2D, BatchNormalization)
"""Layers after which sums are sums still."""

_BY_NAME = ("softmax", "sigmoid", "linear")


@dataclass(frozen=True)
class End:
    """What a network's ten numbers are.

    Attributes:
        bend: "softmax", "sigmoid", or "linear": ten sums of any size.
        place: the layer that makes them so, first is 0.
    """

    bend: str
    place: int


def bend(layer: Layer) -> str:
    """The name of a layer's activation function, "softmax" for a layer of that name, else "linear"."""
    return "softmax" if isinstance(layer, Softmax) else str(getattr(layer, "activation", "linear"))


def bends(layer: Layer) -> bool:
    """Whether a layer has an activation function, or is one."""
    return bend(layer) != "linear" or isinstance(layer, ReLU | LeakyReLU | ELU)


def find_end(layers: Sequence[Layer], shapes: Sequence[Shape]) -> End | None:
    """What the ten numbers are.

    Args:
        layers: first to last.
        shapes: the input's, then what goes out of each layer.

    Returns:
        None if they are nothing that the lab can use.
    """
    if shapes[-1] != (CLASSES,):
        return None
    for place in reversed(range(len(layers))):
        layer, shape = layers[place], shapes[place + 1]
        if layer.idle or layer == Activation("linear"):
            continue  # the same ten numbers
        known = bend(layer) in _BY_NAME and (
            layer.has_weights or isinstance(layer, (Activation, Softmax, *_AVERAGES))
        )
        # Ten numbers of ten channels: else the softmax went over fewer, or over pictures.
        return End(bend(layer), place) if known and shape[-1] == CLASSES else None
    return None
