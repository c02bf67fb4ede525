"""The summary of a network, worked out from its spec without Keras.

The web process must not import Keras, so the shapes and counts of
`model.summary()` are computed here; the tests compare them with Keras's own.
"""

from dataclasses import dataclass, replace

from digitlab.architecture import keras_file
from digitlab.specs import CLASSES, IMAGE_SHAPE, KERNEL_SIZE, PIXELS, POOL_SIZE, NetworkSpec


@dataclass(frozen=True)
class LayerRow:
    """One line of the summary table.

    Attributes:
        kind: the Keras layer class.
        output_shape: as Keras prints it; None stands for the number of samples.
        parameters: weights and biases that training changes.
        arithmetic: how that count comes about, in words a learner can check.
        activation: the activation function, or "" where the layer has none.
        name: as Keras names it in the first model of a fresh program.
    """

    kind: str
    output_shape: tuple[int | None, ...]
    parameters: int
    arithmetic: str
    activation: str = ""
    name: str = ""


def layer_rows(network: NetworkSpec) -> list[LayerRow]:
    """The rows of the summary table, first layer to last.

    >>> [row.arithmetic for row in layer_rows(NetworkSpec())]
    ['784 × 10 + 10 = 7,850', '10 × 10 + 10 = 110']
    """
    rows: list[LayerRow] = []
    inputs = PIXELS
    if network.convolutions:
        rows, inputs = _convolution_rows(network.convolutions)
    for layer in network.hidden:
        rows.append(_dense_row(inputs, layer.units, layer.activation))
        inputs = layer.units
    return _named([*rows, _dense_row(inputs, CLASSES, "softmax")])


def total_parameters(network: NetworkSpec) -> int:
    """All numbers that training changes in this network."""
    return sum(row.parameters for row in layer_rows(network))


def _named(rows: list[LayerRow]) -> list[LayerRow]:
    """Names as Keras gives them: the class in snake case, numbered from the second on."""
    names = keras_file.names(row.kind for row in rows)
    return [replace(row, name=name) for row, name in zip(rows, names, strict=True)]


def _dense_row(inputs: int, units: int, activation: str) -> LayerRow:
    count = inputs * units + units
    arithmetic = f"{inputs:,} × {units:,} + {units:,} = {count:,}"
    return LayerRow("Dense", (None, units), count, arithmetic, activation)


def _convolution_rows(convolutions: tuple[int, ...]) -> tuple[list[LayerRow], int]:
    """The rows up to and with Flatten, and how many numbers come out of it."""
    rows: list[LayerRow] = []
    side, channels = IMAGE_SHAPE[0], 1
    for filters in convolutions:
        side -= KERNEL_SIZE - 1  # without padding the kernel stays inside the picture
        count = KERNEL_SIZE * KERNEL_SIZE * channels * filters + filters
        arithmetic = (
            f"{KERNEL_SIZE} × {KERNEL_SIZE} × {channels} × {filters} + {filters} = {count:,}"
        )
        rows.append(LayerRow("Conv2D", (None, side, side, filters), count, arithmetic, "relu"))
        side, channels = side // POOL_SIZE, filters
        pooled = (None, side, side, channels)
        rows.append(LayerRow("MaxPooling2D", pooled, 0, "none: keeps the largest"))
    size = side * side * channels
    in_a_row = f"none: {side} × {side} × {channels} in a row"
    rows.append(LayerRow("Flatten", (None, size), 0, in_a_row))
    return rows, size
