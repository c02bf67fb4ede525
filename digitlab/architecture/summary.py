"""The rows of `model.summary()`, without Keras: the web process must not import it."""

import math
from dataclasses import dataclass

from digitlab.architecture.layers import Layer, Shape
from digitlab.architecture.sequence import LayerSequence
from digitlab.specs import NetworkSpec


@dataclass(frozen=True)
class LayerRow:
    """One row of the summary table.

    Attributes:
        name: as Keras names the layer in the first model of a fresh program.
        layer: its settings.
        input_shape: of one sample.
    """

    name: str
    layer: Layer
    input_shape: Shape

    @property
    def kind(self) -> str:
        """The Keras layer class."""
        return type(self.layer).__name__

    @property
    def activation(self) -> str:
        """The activation function, or "" where the layer has none."""
        return str(getattr(self.layer, "activation", ""))

    @property
    def output_shape(self) -> tuple[int | None, ...]:
        """As Keras prints it; None stands for the number of samples."""
        return (None, *self.layer.output_shape(self.input_shape))

    @property
    def weight_shapes(self) -> dict[str, Shape]:
        """The shapes of its weights by Keras's names: their products add up to its parameters."""
        return self.layer.weight_shapes(self.input_shape)

    @property
    def parameters(self) -> int:
        """How many numbers there are in its weights, biases included."""
        return sum(math.prod(shape) for shape in self.weight_shapes.values())

    @property
    def biases(self) -> int:
        """How many of these are biases."""
        return math.prod(self.weight_shapes.get("bias", (0,)))


def layer_rows(network: NetworkSpec | LayerSequence) -> list[LayerRow]:
    """The rows of the summary table, first layer to last.

    >>> [row.parameters for row in layer_rows(NetworkSpec())]
    [7850, 110]
    """
    sequence = network if isinstance(network, LayerSequence) else LayerSequence.of(network)
    return [
        LayerRow(*row)
        for row in zip(sequence.names, sequence.layers, sequence.shapes, strict=False)
    ]


def total_parameters(network: NetworkSpec) -> int:
    """How many numbers training changes in a network that the lab builds itself."""
    return LayerSequence.of(network).parameters
