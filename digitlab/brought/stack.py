"""A network's layers one after the other, within limits, to ten answers."""

import math
from dataclasses import dataclass
from functools import cached_property

from digitlab import limits
from digitlab.brought.errors import BroughtError
from digitlab.brought.layers import (
    Activation,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Shape,
    written,
)
from digitlab.specs import CLASSES, IMAGE_SHAPE, KERNEL_SIZE, PIXELS, POOL_SIZE, NetworkSpec

INPUT_SHAPES: tuple[Shape, ...] = ((PIXELS,), IMAGE_SHAPE, (*IMAGE_SHAPE, 1))


@dataclass(frozen=True)
class LayerStack:
    """A `Sequential` from 28 × 28 pixels to ten numbers.

    Attributes:
        input_shape: of one sample, one of `INPUT_SHAPES`.
        layers: first to last.

    Raises:
        BroughtError: if it is past a limit, or its layers don't fit, or it gives no answer.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        # By their text: to Python (28, 28, True) and (28.0, 28) are among them, too.
        if repr(self.input_shape) not in map(repr, INPUT_SHAPES):
            raise BroughtError(
                f"This network takes inputs of shape {written(self.input_shape)}. The lab's digits "
                "have (784,), (28, 28) or (28, 28, 1): build it with keras.Input(shape=(28, 28, 1))."
            )
        if len(self.layers) > limits.MAX_BROUGHT_LAYERS:
            raise _too_much(len(self.layers), "layers", limits.MAX_BROUGHT_LAYERS, "fewer")
        self._check_size()
        if not self.gives_probabilities and not self.gives_logits:
            raise BroughtError(
                f"This network ends with {self.layers[-1].words if self.layers else 'its input'} and "
                f"shape {written(self.shapes[-1])}. The lab needs ten probabilities: end it with "
                'keras.layers.Dense(10, activation="softmax").'
            )

    @classmethod
    def of(cls, network: NetworkSpec) -> "LayerStack":
        """The layers of a network that the lab builds itself."""
        kernel, pool, step = (KERNEL_SIZE,) * 2, (POOL_SIZE,) * 2, (1, 1)
        layers: list[Layer] = []
        for filters in network.convolutions:
            layers.append(Conv2D(filters, kernel, step, "valid", "relu", True))
            layers.append(MaxPooling2D(pool, pool, "valid"))
        if network.convolutions:
            layers.append(Flatten())
        layers += [Dense(layer.units, layer.activation, True) for layer in network.hidden]
        return cls(network.input_shape, (*layers, Dense(CLASSES, "softmax", True)))

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The input's shape, then what goes out of each layer."""
        shapes = [self.input_shape]
        for layer in self.layers:
            shapes.append(layer.output(shapes[-1]))
        return tuple(shapes)

    @cached_property
    def weights(self) -> tuple[tuple[Shape, ...], ...]:
        """The shapes of each layer's arrays."""
        return tuple(layer.weights(s) for layer, s in zip(self.layers, self.shapes, strict=False))

    @property
    def whole_numbers(self) -> bool:
        """Whether its input takes whole numbers only: fractions would be cut to 0 there."""
        return False

    @property
    def weighing(self) -> tuple[int, ...]:
        """The places of the layers that have weights, first to last."""
        return tuple(place for place, shapes in enumerate(self.weights) if shapes)

    @property
    def parameters(self) -> int:
        """All numbers that training changes."""
        return sum(math.prod(shape) for layer in self.weights for shape in layer)

    @property
    def work(self) -> int:
        """How many multiplications and comparisons one picture takes."""
        return sum(layer.work(s) for layer, s in zip(self.layers, self.shapes, strict=False))

    @property
    def gives_probabilities(self) -> bool:
        """Whether the last that happens is a softmax over ten numbers."""
        return self._end == "softmax"

    @property
    def gives_logits(self) -> bool:
        """Whether the last that happens is a dense layer without activation: softmax is to follow."""
        return self._end == "linear"

    @property
    def ends_in_sums(self) -> bool:
        """Whether the sums of the last layer with weights go into the softmax as they are."""
        last = self.weighing[-1]
        softmax = (Activation("softmax"), Activation("linear"))
        return getattr(self.layers[last], "activation", "") in ("softmax", "linear") and all(
            isinstance(layer, Flatten | Dropout) or layer in softmax
            for layer in self.layers[last + 1 :]
        )

    @property
    def words(self) -> str:
        """Its layers in a few words, first to last."""
        return ", ".join(layer.words for layer in self.layers)

    @property
    def _end(self) -> str:
        """The last activation of ten numbers, "" if it is none the lab can use."""
        if self.shapes[-1] != (CLASSES,):
            return ""
        ends = zip(reversed(self.layers), reversed(self.shapes), strict=False)
        for layer, shape in ends:
            if isinstance(layer, Flatten | Dropout) or layer == Activation("linear"):
                continue  # the same ten numbers
            last = getattr(layer, "activation", "")
            known = last == "softmax" or (last == "linear" and isinstance(layer, Dense))
            return last if known and shape[-1] == CLASSES else ""
        return ""

    def _check_size(self) -> None:
        largest = max(math.prod(shape) for shape in self.shapes)
        fewer = "fewer units or filters"
        if self.parameters > limits.MAX_BROUGHT_PARAMETERS:
            raise _too_much(self.parameters, "parameters", limits.MAX_BROUGHT_PARAMETERS, fewer)
        if largest > limits.MAX_BROUGHT_OUTPUT:
            what = "numbers after one of its layers"
            raise _too_much(largest, what, limits.MAX_BROUGHT_OUTPUT, fewer)
        if self.work > limits.MAX_BROUGHT_WORK:
            what = "multiplications for each picture"
            raise _too_much(self.work, what, limits.MAX_BROUGHT_WORK, "fewer filters")


def _too_much(count: int, what: str, most: int, remedy: str) -> BroughtError:
    return BroughtError(
        f"This network has {count:,} {what}; the lab takes {most:,} at most. Take {remedy}."
    )
