"""Why a network can't be taken, as a code with values; `wording.problems` makes the sentences."""

from enum import StrEnum
from typing import Any

from digitlab.specs.checks import ChoiceError, Rule, shown

Value = str | int | float | tuple[int, ...] | tuple[bool, ...] | tuple[str, ...] | None
"""A named value of an `UploadError`: a count, a shape, a name, a stranger's word."""

_LONGEST_WORD = 300
"""Characters; a dict that is shortened by `reprlib` has up to some hundred."""


class UploadProblem(StrEnum):
    """Why a network can't be taken."""

    # The file.
    DAMAGED = "damaged"
    TOO_HEAVY = "too_heavy"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    NO_KERAS_FILE = "no_keras_file"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    OTHER_COMPRESSION = "other_compression"
    ENCRYPTED = "encrypted"
    PICKLE = "pickle"
    SAVED_MODEL = "saved_model"
    PYTORCH = "pytorch"
    NUMPY = "numpy"
    ZIPPED = "zipped"
    OTHER_HDF5 = "other_hdf5"
    # The weights.
    WEIGHTS_ONLY = "weights_only"
    WEIGHTS_MISSING = "weights_missing"
    NOT_AS_KERAS = "not_as_keras"
    ARRAY_COUNT = "array_count"
    NAMED_ARRAY_COUNT = "named_array_count"
    ARRAY_SHAPE = "array_shape"
    NOT_FINITE = "not_finite"
    NEGATIVE_VARIANCE = "negative_variance"
    # The network, and how its layers follow one another.
    NO_NETWORK = "no_network"
    TOO_DEEP = "too_deep"
    TOO_MANY_DESCRIBED = "too_many_described"
    BRANCHES = "branches"
    CALLED_WITH = "called_with"
    CALL_ARGUMENT = "call_argument"
    NETWORK_SETTING = "network_setting"
    NETWORK_DTYPE = "network_dtype"
    NO_INPUT_SHAPE = "no_input_shape"
    INPUT_DTYPE = "input_dtype"
    INPUT_MISMATCH = "input_mismatch"
    NESTED_DTYPE = "nested_dtype"
    # The kind of a layer, and its settings.
    LAMBDA = "lambda"
    UNKNOWN_LAYER = "unknown_layer"
    CUSTOM_LAYER = "custom_layer"
    LAYER_SETTING = "layer_setting"
    LAYER_DTYPE = "layer_dtype"
    MISSING_SETTING = "missing_setting"
    SETTING_TYPES = "setting_types"
    CUSTOM_ACTIVATION = "custom_activation"
    UNKNOWN_ACTIVATION = "unknown_activation"
    KERAS2_HARD_SIGMOID = "keras2_hard_sigmoid"
    SEVERAL_AXES = "several_axes"
    MEAN_AND_VARIANCE = "mean_and_variance"
    RESHAPE_SIDES = "reshape_sides"
    PADDING_PAIRS = "padding_pairs"
    WINDOW_PAIRS = "window_pairs"
    UNEQUAL_STRIDES = "unequal_strides"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_WHOLE = "not_whole"
    NO_CHOICE = "no_choice"
    # A layer and what comes in.
    NO_PICTURE = "no_picture"
    NOTHING_LEFT = "nothing_left"
    AXIS = "axis"
    CHANNELS = "channels"
    RESHAPE_SIZE = "reshape_size"
    WHOLE_NUMBERS = "whole_numbers"
    # The layers together.
    INPUT_SHAPE = "input_shape"
    TOO_MANY_LAYERS = "too_many_layers"
    TOO_MANY_PARAMETERS = "too_many_parameters"
    TOO_LARGE_OUTPUT = "too_large_output"
    TOO_MANY_MULTIPLY_ADDS = "too_many_multiply_adds"
    NO_PROBABILITIES = "no_probabilities"
    NO_WEIGHTED_LAYER = "no_weighted_layer"


RULES = {
    Rule.NUMBER: UploadProblem.NOT_A_NUMBER,
    Rule.RANGE: UploadProblem.OUT_OF_RANGE,
    Rule.WHOLE: UploadProblem.NOT_WHOLE,
    Rule.CHOICE: UploadProblem.NO_CHOICE,
}
"""What a broken rule of `specs.checks` is in a file."""


class UploadError(ValueError):
    """The network can't be taken.

    Args:
        problem: why.
        values: what its sentence names: see `uploads.models.refusals`.
    """

    def __init__(self, problem: UploadProblem, **values: Value) -> None:
        super().__init__(problem)
        self.problem = problem
        self.values: dict[str, Any] = dict(values)

    def __str__(self) -> str:
        """For the log and for tests; the learner reads `wording.uploads.network_refusal`."""
        return f"{self.problem} {self.values}" if self.values else str(self.problem)

    @classmethod
    def of_choice(cls, error: ChoiceError) -> "UploadError":
        """A setting of a layer that breaks a rule."""
        return cls(
            RULES[error.rule], **error.values | {"value": error.values["value"][:_LONGEST_WORD]}
        )


def word(value: object) -> str:
    """A stranger's word: printable, short, on one line."""
    return " ".join(shown(value).split())[:_LONGEST_WORD]
