"""Any network as a stack of layers with names and arrays, without Keras."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture import keras_file
from digitlab.architecture.layers import DepthwiseConv2D, Layer
from digitlab.architecture.stack import LayerStack
from digitlab.records.networks import Architecture, Network
from digitlab.specs import SET_SIZES

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WeightedLayer:
    """A layer with its arrays.

    Attributes:
        name: as Keras names it in a fresh program.
        layer: its settings.
        arrays: those of the layer, the kernel first where it has one; none for a layer without.
    """

    name: str
    layer: Layer
    arrays: tuple[Array, ...]

    @property
    def kernel(self) -> Array:
        """The weights, of a layer that has some; units or filters are its last axis."""
        return self.arrays[0]

    @property
    def bias(self) -> Array:
        """One number for each unit or filter; zeros where the layer has none."""
        if getattr(self.layer, "use_bias", False):
            return self.arrays[-1]
        if isinstance(self.layer, DepthwiseConv2D):  # a filter of its own for each channel
            return np.zeros(math.prod(self.kernel.shape[2:]), np.float32)
        return np.zeros(self.arrays[-1].shape[-1], np.float32)


def stack_of(architecture: Architecture) -> LayerStack:
    """The layers of a network, whether it was built here or brought from a file."""
    if isinstance(architecture, LayerStack):
        return architecture
    return LayerStack.of(architecture)


def layers_of(network: Network) -> tuple[WeightedLayer, ...]:
    """The layers with their arrays, first to last."""
    stack = stack_of(network.architecture)
    names = keras_file.names(type(layer).__name__ for layer in stack.layers)
    rest: Sequence[Array] = network.weights
    found = []
    for name, layer, shapes in zip(names, stack.layers, stack.weights, strict=True):
        found.append(WeightedLayer(name, layer, tuple(rest[: len(shapes)])))
        rest = rest[len(shapes) :]
    return tuple(found)


def compared(stack: LayerStack) -> int:
    """How many training digits a network is asked to compare with one, the first ones."""
    return max(1, min(SET_SIZES["train"], limits.NEIGHBOUR_MULTIPLY_ADDS // stack.multiply_adds))


def mapped(stack: LayerStack) -> int:
    """How many test digits lie on the map of its last hidden layer, the first ones."""
    return min(limits.MAP_DIGITS, at_once(stack))


def at_once(stack: LayerStack) -> int:
    """For how many digits the numbers of the last hidden layer are held together."""
    return max(1, limits.HIDDEN_NUMBERS // math.prod(stack.shapes[stack.weighted[-1]]))


def has_hidden(stack: LayerStack) -> bool:
    """Whether anything is learned before the ten sums."""
    return len(stack.weighted) > 1
