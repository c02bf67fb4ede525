"""Which refusals the process that reads a network may give, and the values of each.

A value is a number, a shape, a name from a list of the lab's, or a stranger's word, which is
short and stands in quotes on the page, or is shorter still.
"""

import re
from collections.abc import Mapping
from typing import cast

from digitlab.architecture.errors import UploadProblem
from digitlab.architecture.keras_names import layer_names
from digitlab.architecture.layers import ACTIVATIONS, KINDS, settings
from digitlab.architecture.stack import INTEGER_INPUTS
from digitlab.uploads.models.described import INPUT
from digitlab.uploads.sandbox.answers import (
    Check,
    is_integer,
    is_number,
    is_one_of,
    is_shape,
    is_word,
)

SETTING_NAMES = (
    *("The number of units", "The number of filters", "depth_multiplier", "use_bias"),
    *("The size of a window and its strides", "The padding", "keepdims", "axis", "epsilon"),
    *("A side of a Reshape layer", "The padding of a ZeroPadding2D layer", "center", "scale"),
    *("The scale", "The offset", "The mean", "The variance"),
    *("max_value", "negative_slope", "threshold", "alpha"),
)
"""What the checks of `architecture.layers` call the settings."""

_CHOICES = ((True, False), ("valid", "same"))
"""Of a setting that has few values."""

_GROUPS = frozenset(name for kind in KINDS for name in layer_names([kind]))
_LAYER_WORDS = {*KINDS, *ACTIVATIONS, ""}
_SHOWN = 41
"""Characters of a text that `specs.checks.shown` has cut, with its ellipsis."""

_SIDES = 2**64
"""HDF5 can't count further."""

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def _is_group(value: object) -> bool:
    """Whether it is the name of a layer's group in a `.keras` file, such as `dense_3`."""
    if not isinstance(value, str):
        return False
    name, _, number = value.rpartition("_")
    return value in _GROUPS or (name in _GROUPS and _NUMBER.fullmatch(number) is not None)


def _is_layer(value: object) -> bool:
    """Whether it is what a layer says of itself, such as `Dense 10 relu`; "" if there is none."""
    return isinstance(value, str) and all(
        part in _LAYER_WORDS or _NUMBER.fullmatch(part) for part in value.split(" ", 2)
    )


def _is_shown(value: object) -> bool:
    """Whether it is a stranger's word that needs no quotation marks: short, or in brackets."""
    if not is_word(value):
        return False
    text = str(value)
    return len(text) <= _SHOWN or text.startswith(("(", "[", "{"))  # as `reprlib` writes them


def _is_array_shape(value: object) -> bool:
    """Whether it is the shape of an array, which a sentence shows in full."""
    return is_shape(value) and all(0 <= side < _SIDES for side in cast(tuple[int, ...], value))


def _is_stored_shape(value: object) -> bool:
    """Whether it is the shape of a data set; HDF5 has some without any."""
    return value is None or _is_array_shape(value)


_KIND = is_one_of(*KINDS, INPUT)
_SETTING = is_one_of(*{name for kind in KINDS.values() for name in settings(kind)})
_COUNTS: Mapping[str, Check] = {"needed": is_integer, "stored": is_integer}
_CHOSEN: Mapping[str, Check] = {"name": is_one_of(*SETTING_NAMES), "value": _is_shown}

_ONLY_HERE = (UploadProblem.TOO_SLOW, UploadProblem.BUSY)
"""The web process itself says so."""

_VALUES: Mapping[UploadProblem, Mapping[str, Check]] = {
    UploadProblem.ARRAY_COUNT: _COUNTS,
    UploadProblem.NAMED_ARRAY_COUNT: {"layer": _is_group, **_COUNTS},
    UploadProblem.ARRAY_SHAPE: {"stored": _is_stored_shape, "needed": _is_array_shape},
    UploadProblem.CALLED_WITH: {"layer": is_word, "value": is_word},
    UploadProblem.CALL_ARGUMENT: {"layer": is_word, "argument": is_word, "value": is_word},
    UploadProblem.NETWORK_SETTING: {"setting": is_word},
    UploadProblem.NETWORK_DTYPE: {"dtype": is_word},
    UploadProblem.INPUT_DTYPE: {"dtype": is_word},
    UploadProblem.INPUT_MISMATCH: {"described": is_shape, "shape": is_shape},
    UploadProblem.NESTED_DTYPE: {"dtype": is_one_of(*INTEGER_INPUTS)},
    UploadProblem.UNKNOWN_LAYER: {"kind": is_word},
    UploadProblem.CUSTOM_LAYER: {"kind": _KIND},
    UploadProblem.LAYER_SETTING: {"kind": _KIND, "setting": is_word, "value": is_word},
    UploadProblem.LAYER_DTYPE: {"kind": _KIND, "dtype": is_word},
    UploadProblem.MISSING_SETTING: {"kind": _KIND, "setting": _SETTING},
    UploadProblem.SETTING_TYPES: {"kind": _KIND},
    UploadProblem.UNKNOWN_ACTIVATION: {"activation": _is_shown},
    UploadProblem.RESHAPE_SIDES: {"most": is_integer, "count": is_integer},
    UploadProblem.NOT_A_NUMBER: _CHOSEN,
    UploadProblem.OUT_OF_RANGE: {**_CHOSEN, "low": is_number, "high": is_number},
    UploadProblem.NOT_WHOLE: _CHOSEN,
    UploadProblem.NO_CHOICE: {**_CHOSEN, "choices": is_one_of(*_CHOICES)},
    UploadProblem.NO_PICTURE: {"kind": _KIND, "shape": is_shape},
    UploadProblem.NOTHING_LEFT: {"kind": _KIND, "shape": is_shape},
    UploadProblem.AXIS: {"kind": _KIND, "axis": is_integer, "shape": is_shape},
    UploadProblem.CHANNELS: {"kind": _KIND, "count": is_integer, "shape": is_shape},
    UploadProblem.RESHAPE_SIZE: {"target": is_shape, "shape": is_shape},
    UploadProblem.WHOLE_NUMBERS: {"kind": _KIND, "dtype": is_one_of(*INTEGER_INPUTS)},
    UploadProblem.INPUT_SHAPE: {"shape": is_shape},
    UploadProblem.TOO_MANY_LAYERS: {"count": is_integer},
    UploadProblem.TOO_MANY_PARAMETERS: {"count": is_integer},
    UploadProblem.TOO_LARGE_OUTPUT: {"count": is_integer},
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: {"count": is_integer},
    UploadProblem.NO_PROBABILITIES: {"layer": _is_layer, "shape": is_shape},
}
"""Those that have any."""

REFUSALS: Mapping[UploadProblem, Mapping[str, Check]] = {
    problem: _VALUES.get(problem, {}) for problem in UploadProblem if problem not in _ONLY_HERE
}
"""All that the reading process may give."""
