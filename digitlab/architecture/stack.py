"""A network's layers one after the other, within limits, to ten answers."""

import math
from dataclasses import dataclass
from functools import cached_property

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
    Normalization,
    Rescaling,
    Shape,
    Softmax,
    ZeroPadding2D,
)
from digitlab.architecture.origin import PLAIN, Origin
from digitlab.architecture.output import End, bend, find_end
from digitlab.specs import CLASSES, IMAGE_SHAPE, KERNEL_SIZE, PIXELS, POOL_SIZE, NetworkSpec
from digitlab.specs.checks import check_choice

INPUT_SHAPES: tuple[Shape, ...] = ((PIXELS,), IMAGE_SHAPE, (*IMAGE_SHAPE, 1))


FLOAT_INPUTS = ("float32", "float64")
"""Types of inputs that hold shares of ink; Keras computes with 32 bits in either case."""

WHOLE_INPUTS = ("uint8", "uint16", "uint32", "int16", "int32", "int64")
"""Types of inputs that hold whole numbers up to 255: fractions would be cut off."""

_MAKES_FLOATS = (Dense, Rescaling, Normalization, BatchNormalization, GlobalAveragePooling2D)
_KEEPS_WHOLE = (MaxPooling2D, ZeroPadding2D)


@dataclass(frozen=True)
class LayerStack:
    """Layers one after the other, from 28 × 28 pixels to ten numbers.

    Attributes:
        input_shape: of one sample, one of `INPUT_SHAPES`.
        layers: first to last; those of networks within the network are in their places.
        input_dtype: of the numbers that come in, one of `FLOAT_INPUTS` and `WHOLE_INPUTS`.
        origin: how the file held it.

    Raises:
        UploadError: if it is past a limit, or its layers don't fit, or it gives no answer.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]
    input_dtype: str = FLOAT_INPUTS[0]
    origin: Origin = PLAIN

    def __post_init__(self) -> None:
        # By their text: to Python (28, 28, True) and (28.0, 28) are among them, too.
        if repr(self.input_shape) not in map(repr, INPUT_SHAPES):
            raise UploadError(UploadProblem.INPUT_SHAPE, shape=self.input_shape)
        if len(self.layers) > limits.MAX_UPLOADED_LAYERS:
            raise UploadError(UploadProblem.TOO_MANY_LAYERS, count=len(self.layers))
        check_choice("The type of the inputs", self.input_dtype, (*FLOAT_INPUTS, *WHOLE_INPUTS))
        self._check_size()
        if self.end is None:
            raise UploadError(
                UploadProblem.NO_PROBABILITIES,
                layer=self.layers[-1].words if self.layers else "",
                shape=self.shapes[-1],
            )
        if not self.weighted:
            raise UploadError(UploadProblem.NO_WEIGHTED_LAYER)
        if self.whole_numbers:
            self._check_whole_numbers()

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

    @cached_property
    def weighted(self) -> tuple[int, ...]:
        """The places of the layers that multiply by a kernel and add up, first to last."""
        return tuple(place for place, layer in enumerate(self.layers) if layer.has_weights)

    @property
    def whole_numbers(self) -> bool:
        """Whether its inputs are whole numbers, from 0 to 255: fractions would be cut off."""
        return self.input_dtype in WHOLE_INPUTS

    @property
    def parameters(self) -> int:
        """All numbers in its arrays."""
        return sum(math.prod(shape) for layer in self.weights for shape in layer)

    @property
    def multiply_adds(self) -> int:
        """How many multiplications and comparisons one picture takes."""
        return sum(
            layer.multiply_adds(s) for layer, s in zip(self.layers, self.shapes, strict=False)
        )

    @cached_property
    def end(self) -> End | None:
        """What its ten numbers are; never None in a stack that was made."""
        return find_end(self.layers, self.shapes)

    @property
    def gives_probabilities(self) -> bool:
        """Whether the last that happens is a softmax over ten numbers."""
        return self._bend == "softmax"

    @property
    def gives_logits(self) -> bool:
        """Whether its ten numbers are sums of any size: softmax is to follow."""
        return self._bend == "linear"

    @property
    def gives_sigmoids(self) -> bool:
        """Whether the last that happens is a sigmoid of each of ten numbers: they are no shares of 1."""
        return self._bend == "sigmoid"

    @property
    def ends_in_sums(self) -> bool:
        """Whether the sums of the last weighing layer go into the softmax, or sigmoid, as they are."""
        last = self.weighted[-1]
        bends = [bend(layer) for layer in self.layers[last:] if bend(layer) != "linear"]
        return bends in ([], [self._bend]) and all(
            layer.idle or isinstance(layer, Activation | Softmax)
            for layer in self.layers[last + 1 :]
        )

    @property
    def words(self) -> str:
        """Its layers in a few words, first to last."""
        return ", ".join(layer.words for layer in self.layers)

    @property
    def _bend(self) -> str:
        return self.end.bend if self.end else ""

    def _check_whole_numbers(self) -> None:
        """Refuse layers that Keras itself can't give whole numbers to."""
        for layer in self.layers:
            if isinstance(layer, _MAKES_FLOATS):
                return
            if not layer.idle and not isinstance(layer, _KEEPS_WHOLE):
                kind = type(layer).__name__
                raise UploadError(UploadProblem.WHOLE_NUMBERS, kind=kind, dtype=self.input_dtype)

    def _check_size(self) -> None:
        between = (one.between(s) for one, s in zip(self.layers, self.shapes, strict=False))
        largest = max(math.prod(shape) for shape in (*self.shapes, *between))
        if self.parameters > limits.MAX_UPLOADED_PARAMETERS:
            raise UploadError(UploadProblem.TOO_MANY_PARAMETERS, count=self.parameters)
        if largest > limits.MAX_UPLOADED_OUTPUT:
            raise UploadError(UploadProblem.TOO_LARGE_OUTPUT, count=largest)
        if self.multiply_adds > limits.MAX_UPLOADED_MULTIPLY_ADDS:
            raise UploadError(UploadProblem.TOO_MANY_MULTIPLY_ADDS, count=self.multiply_adds)
