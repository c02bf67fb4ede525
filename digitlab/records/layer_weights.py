"""The layers of any network with their names and weights, without Keras."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.layers import DepthwiseConv2D, Layer
from digitlab.architecture.stack import stack_of
from digitlab.records.networks import Network

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WeightedLayer:
    """A layer with its weights.

    Attributes:
        name: as Keras names it in a fresh program.
        layer: its settings.
        arrays: its weights, the kernel first where it has one; none for a layer without.
    """

    name: str
    layer: Layer
    arrays: tuple[Array, ...]

    @property
    def kernel(self) -> Array:
        """The kernel, of a layer that has one; units or filters are its last axis."""
        return self.arrays[0]

    @property
    def has_bias(self) -> bool:
        """Whether its units or filters have one."""
        return bool(getattr(self.layer, "use_bias", False))

    @property
    def bias(self) -> Array:
        """One number for each unit or filter; zeros where the layer has none."""
        if self.has_bias:
            return self.arrays[-1]
        if isinstance(self.layer, DepthwiseConv2D):  # a filter of its own for each channel
            return np.zeros(math.prod(self.kernel.shape[2:]), np.float32)
        return np.zeros(self.arrays[-1].shape[-1], np.float32)


def layers_of(network: Network) -> tuple[WeightedLayer, ...]:
    """The layers with their weights, first to last."""
    stack = stack_of(network.architecture)
    weights = stack.by_layer(network.weights)
    return tuple(
        WeightedLayer(name, layer, tuple(arrays.values()))
        for name, layer, arrays in zip(stack.names, stack.layers, weights, strict=True)
    )
