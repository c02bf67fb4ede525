"""A network's layers within limits: 28 × 28 pixels in, ten outputs out."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import (
    Activation,
    BatchNormalization,
    Dense,
    GlobalAveragePooling2D,
    MaxPooling2D,
    Normalization,
    Rescaling,
    Shape,
    Softmax,
    ZeroPadding2D,
)
from digitlab.architecture.origin import PLAIN, Origin
from digitlab.architecture.output import OutputActivation, activation_of, find_output_activation
from digitlab.architecture.sequence import LayerSequence
from digitlab.specs import IMAGE_SHAPE, PIXELS, NetworkSpec
from digitlab.specs.checks import check_choice

INPUT_SHAPES: tuple[Shape, ...] = ((PIXELS,), IMAGE_SHAPE, (*IMAGE_SHAPE, 1))

FLOAT_INPUTS = ("float32", "float64")
"""Floating-point input types; Keras computes with 32 bits in either case."""

INTEGER_INPUTS = ("uint8", "uint16", "uint32", "int16", "int32", "int64")
"""Integer input types, for pixels from 0 to 255: fractions would be cut off."""

_MAKES_FLOATS = (Dense, Rescaling, Normalization, BatchNormalization, GlobalAveragePooling2D)
_KEEPS_INTEGERS = (MaxPooling2D, ZeroPadding2D)


@dataclass(frozen=True)
class LayerStack(LayerSequence):
    """A network that the lab can use: within limits, from 28 × 28 pixels to ten outputs.

    Attributes:
        input_shape: of one sample, one of `INPUT_SHAPES`.
        layers: first to last; those of networks within the network are in their places.
        input_dtype: of the input, one of `FLOAT_INPUTS` and `INTEGER_INPUTS`.
        origin: how the file held it.

    Raises:
        UploadError: if it is past a limit, or its layers don't fit, or its outputs can't be used.
    """

    input_dtype: str = FLOAT_INPUTS[0]
    origin: Origin = PLAIN

    def __post_init__(self) -> None:
        # By their text: to Python (28, 28, True) and (28.0, 28) are among them, too.
        if repr(self.input_shape) not in map(repr, INPUT_SHAPES):
            raise UploadError(UploadProblem.INPUT_SHAPE, shape=self.input_shape)
        if len(self.layers) > limits.MAX_UPLOADED_LAYERS:
            raise UploadError(UploadProblem.TOO_MANY_LAYERS, count=len(self.layers))
        check_choice("The type of the inputs", self.input_dtype, (*FLOAT_INPUTS, *INTEGER_INPUTS))
        self._check_size()
        if self.output_activation is None:
            raise UploadError(
                UploadProblem.NO_PROBABILITIES,
                layer=self.layers[-1].words if self.layers else "",
                shape=self.shapes[-1],
            )
        if not self.kernel_layer_indices:
            raise UploadError(UploadProblem.NO_WEIGHTED_LAYER)
        if self.takes_integers:
            self._check_integer_layers()

    @cached_property
    def kernel_layer_indices(self) -> tuple[int, ...]:
        """The indices of the layers that have a kernel, first to last."""
        return tuple(index for index, layer in enumerate(self.layers) if layer.has_kernel)

    @property
    def has_hidden_layer(self) -> bool:
        """Whether a layer with a kernel stands before the one that makes the logits."""
        return len(self.kernel_layer_indices) > 1

    @property
    def takes_integers(self) -> bool:
        """Whether its inputs are integers, from 0 to 255: fractions would be cut off."""
        return self.input_dtype in INTEGER_INPUTS

    @cached_property
    def output_activation(self) -> OutputActivation | None:
        """What its ten outputs are; never None in a stack that could be made."""
        return find_output_activation(self.layers, self.shapes)

    @property
    def gives_probabilities(self) -> bool:
        """Whether its ten outputs come from a softmax."""
        return self._output_activation_name == "softmax"

    @property
    def gives_logits(self) -> bool:
        """Whether its ten outputs are logits: softmax is to follow."""
        return self._output_activation_name == "linear"

    @property
    def gives_sigmoids(self) -> bool:
        """Whether its ten outputs come from sigmoids: they don't add up to 1."""
        return self._output_activation_name == "sigmoid"

    @property
    def last_kernel_makes_logits(self) -> bool:
        """Whether nothing but softmax or sigmoid follows the last layer with a kernel."""
        last = self.kernel_layer_indices[-1]
        activations = [activation_of(layer) for layer in self.layers[last:]]
        nonlinear = [name for name in activations if name != "linear"]
        return nonlinear in ([], [self._output_activation_name]) and all(
            layer.keeps_values or isinstance(layer, Activation | Softmax)
            for layer in self.layers[last + 1 :]
        )

    @property
    def words(self) -> str:
        """Its layers in a few words, first to last."""
        return ", ".join(layer.words for layer in self.layers)

    @property
    def _output_activation_name(self) -> str:
        return self.output_activation.name if self.output_activation else ""

    def _check_integer_layers(self) -> None:
        """Refuse layers that Keras itself can't give integers to."""
        for layer in self.layers:
            if isinstance(layer, _MAKES_FLOATS):
                return
            if not layer.keeps_values and not isinstance(layer, _KEEPS_INTEGERS):
                kind = type(layer).__name__
                raise UploadError(UploadProblem.WHOLE_NUMBERS, kind=kind, dtype=self.input_dtype)

    def _check_size(self) -> None:
        inside = (
            layer.largest_shape(shape)
            for layer, shape in zip(self.layers, self.shapes, strict=False)
        )
        largest = max(math.prod(shape) for shape in (*self.shapes, *inside))
        if self.parameters > limits.MAX_UPLOADED_PARAMETERS:
            raise UploadError(UploadProblem.TOO_MANY_PARAMETERS, count=self.parameters)
        if largest > limits.MAX_UPLOADED_OUTPUT:
            raise UploadError(UploadProblem.TOO_LARGE_OUTPUT, count=largest)
        if self.multiply_adds > limits.MAX_UPLOADED_MULTIPLY_ADDS:
            raise UploadError(UploadProblem.TOO_MANY_MULTIPLY_ADDS, count=self.multiply_adds)


Architecture = NetworkSpec | LayerStack
"""A network's layers: chosen in the lab, or uploaded."""

_STACKS_KEPT = 64
"""A page asks for the same one several times in a run."""


def stack_of(architecture: Architecture) -> LayerStack:
    """The layers of a network, whether it was chosen in the lab or uploaded."""
    return architecture if isinstance(architecture, LayerStack) else _stack_of_spec(architecture)


@lru_cache(maxsize=_STACKS_KEPT)
def _stack_of_spec(network: NetworkSpec) -> LayerStack:
    return LayerStack.of(network)
