"""What a network's ten outputs are: probabilities, sigmoids or logits."""

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

_LINEAR = (AveragePooling2D, GlobalAveragePooling2D, BatchNormalization)
"""Linear layers without a kernel: logits stay logits."""

_OUTPUT_ACTIVATIONS = ("softmax", "sigmoid", "linear")


@dataclass(frozen=True)
class OutputActivation:
    """The activation function that a network ends with.

    Attributes:
        name: "softmax", "sigmoid" or "linear"; with "linear" the ten outputs are logits.
        layer_index: the layer that applies it, first is 0.
    """

    name: str
    layer_index: int


def activation_of(layer: Layer) -> str:
    """The name of a layer's activation, "softmax" for a `Softmax` layer, else "linear"."""
    return "softmax" if isinstance(layer, Softmax) else str(getattr(layer, "activation", "linear"))


def has_activation(layer: Layer) -> bool:
    """Whether a layer has an activation function, or is one."""
    return activation_of(layer) != "linear" or isinstance(layer, ReLU | LeakyReLU | ELU)


def find_output_activation(
    layers: Sequence[Layer], shapes: Sequence[Shape]
) -> OutputActivation | None:
    """What the ten outputs are.

    Args:
        layers: first to last.
        shapes: the input's, then each layer's output shape.

    Returns:
        None if they are nothing that the lab can use.
    """
    if shapes[-1] != (CLASSES,):
        return None
    for index in reversed(range(len(layers))):
        layer, shape = layers[index], shapes[index + 1]
        if layer.keeps_values or layer == Activation("linear"):
            continue
        known = activation_of(layer) in _OUTPUT_ACTIVATIONS and (
            layer.has_kernel or isinstance(layer, (Activation, Softmax, *_LINEAR))
        )
        # Ten numbers of ten channels: else the softmax went over fewer, or over feature maps.
        usable = known and shape[-1] == CLASSES
        return OutputActivation(activation_of(layer), index) if usable else None
    return None
