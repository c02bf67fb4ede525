"""Layers one after the other: their shapes, weights, parameters and names, without Keras."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self, TypeVar

from digitlab.architecture.keras_names import layer_names
from digitlab.architecture.layers import Conv2D, Dense, Flatten, Layer, MaxPooling2D, Shape
from digitlab.specs import CLASSES, KERNEL_SIZE, POOL_SIZE, NetworkSpec

T = TypeVar("T")


@dataclass(frozen=True)
class LayerSequence:
    """Layers one after the other, of any size: a learner may choose more than the lab trains.

    Attributes:
        input_shape: of one sample.
        layers: first to last.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, network: NetworkSpec) -> Self:
        """The layers of a network that the lab builds itself."""
        kernel, pool = (KERNEL_SIZE,) * 2, (POOL_SIZE,) * 2
        bias = network.use_bias
        layers: list[Layer] = []
        for filters in network.convolutions:
            layers.append(Conv2D(filters, kernel, activation="relu", use_bias=bias))
            layers.append(MaxPooling2D(pool, pool))
        if network.convolutions:
            layers.append(Flatten())
        layers += [Dense(layer.units, layer.activation, bias) for layer in network.hidden]
        return cls(network.input_shape, (*layers, Dense(CLASSES, "softmax", bias)))

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The input's shape, then the output's shape of each layer."""
        shapes = [self.input_shape]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        return tuple(shapes)

    @cached_property
    def weight_shapes(self) -> tuple[tuple[Shape, ...], ...]:
        """The shapes of each layer's weights, in the order of Keras's `get_weights()`."""
        return tuple(
            tuple(layer.weight_shapes(shape).values())
            for layer, shape in zip(self.layers, self.shapes, strict=False)
        )

    def by_layer(self, weights: Iterable[T]) -> tuple[dict[str, T], ...]:
        """Each layer's weights by Keras's names.

        Args:
            weights: of the network, in the order of Keras's `get_weights()`: arrays or tensors.
        """
        rest = iter(weights)
        return tuple(
            dict(zip(layer.weight_shapes(shape), rest, strict=False))
            for layer, shape in zip(self.layers, self.shapes, strict=False)
        )

    def kernel_number(self, layer: int) -> int:
        """The number of a layer's kernel among all arrays of `get_weights()`, from 0."""
        return sum(map(len, self.weight_shapes[:layer]))

    @property
    def names(self) -> tuple[str, ...]:
        """Each layer's name in the first model of a fresh program."""
        return tuple(layer_names(type(layer).__name__ for layer in self.layers))

    @property
    def parameters(self) -> int:
        """All numbers in its weights."""
        return sum(math.prod(shape) for shapes in self.weight_shapes for shape in shapes)

    @property
    def multiply_adds(self) -> int:
        """How many multiply-adds and comparisons one sample takes."""
        return sum(
            layer.multiply_adds(shape)
            for layer, shape in zip(self.layers, self.shapes, strict=False)
        )
