"""A `.keras` file's `config.json` against the list of what the lab knows: refused, never ignored."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from digitlab.brought.errors import DAMAGED, BroughtError, quoted
from digitlab.brought.layers import KINDS, Layer, Shape, settings
from digitlab.brought.stack import LayerStack

_NO_MATTER = frozenset(
    {
        *("name", "trainable", "seed", "rate", "noise_shape", "activity_regularizer"),
        *(f"{of}_{what}" for of in ("kernel", "bias") for what in ("initializer", "regularizer")),
        *("kernel_constraint", "bias_constraint"),
    }
)
"""Settings that change no answer of a trained network."""

_AS_USUAL: Mapping[str, object] = {
    "data_format": "channels_last",
    "dilation_rate": [1, 1],
    "groups": 1,
    "sparse": False,
    "ragged": False,
    "optional": False,
}
"""Settings that the lab knows with this value only."""

_FLOATS = "float32"
_KNOWN = f"{', '.join(list(KINDS)[:-1])} and {list(KINDS)[-1]}"
_BUILD_FROM_KNOWN = f"The lab reads {_KNOWN}. Build and train the network from these."

NOT_SEQUENTIAL = (
    "This file holds no keras.Sequential model, and the lab reads no other. Build the network with "
    "keras.Sequential([...]), train it and save it again."
)
NO_INPUT_SHAPE = (
    "This file does not say which inputs its network takes. Put keras.Input(shape=(784,)) before "
    "its first layer, train it and save it again."
)


def read_config(text: bytes) -> LayerStack:
    """The network that a `config.json` describes.

    Raises:
        BroughtError: if it describes anything that the lab does not know in every detail.
    """
    try:
        described = _mapping(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BroughtError(DAMAGED) from error
    model = _mapping(described.get("config"))
    # Functional models call themselves registered; a class of the visitor's own is registered too.
    if described.get("class_name") != "Sequential" or described.get("registered_name") is not None:
        raise BroughtError(NOT_SEQUENTIAL)
    _check_dtype("network", model.get("dtype"))
    if not isinstance(model.get("layers"), list):
        raise BroughtError(DAMAGED)
    layers = [_mapping(layer) for layer in model["layers"]]
    named = bool(layers) and layers[0].get("class_name") == "InputLayer"
    shape = _input_shape(layers[0]) if named else _shape(model.get("build_input_shape"))
    try:
        return LayerStack(shape, tuple(map(_layer, layers[1:] if named else layers)))
    except BroughtError:
        raise
    except ValueError as error:  # from the checks of a layer's settings
        raise BroughtError(f"{error} Change this, train the network and save it again.") from error


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BroughtError(DAMAGED)
    return value


def _input_shape(layer: Mapping[str, Any]) -> Shape:
    config = _checked_config(layer, "InputLayer", ("batch_shape", "batch_input_shape"))
    return _shape(config.get("batch_shape") or config.get("batch_input_shape"))


def _shape(batch_shape: object) -> Shape:
    """The shape of one sample, from that of a batch."""
    if not isinstance(batch_shape, list) or not all(
        type(side) is int
        for side in batch_shape[1:]  # True is an int as well
    ):
        raise BroughtError(NO_INPUT_SHAPE)
    return tuple(batch_shape[1:])


def _layer(layer: Mapping[str, Any]) -> Layer:
    name = layer.get("class_name")
    if name == "Lambda":
        raise BroughtError(
            f"This file holds a Lambda layer, which can run any program. {_BUILD_FROM_KNOWN}"
        )
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BroughtError(
            f"This file holds a layer that the lab does not know: {quoted(name)}. {_BUILD_FROM_KNOWN}"
        )
    wanted = settings(kind)
    config = _checked_config(layer, kind.__name__, wanted)
    if missing := [setting for setting in wanted if setting not in config]:
        raise BroughtError(f"A {kind.__name__} layer of this file lacks {missing[0]}. {DAMAGED}")
    return kind(**{setting: _value(setting, config[setting]) for setting in wanted})


def _checked_config(
    layer: Mapping[str, Any], kind: str, wanted: Sequence[str]
) -> Mapping[str, Any]:
    """The settings of a layer, if those that are not wanted are as the lab takes them to be."""
    if layer.get("module") != "keras.layers" or layer.get("registered_name") is not None:
        raise BroughtError(
            f"This file holds a {kind} layer that is not Keras's own. {_BUILD_FROM_KNOWN}"
        )
    config = _mapping(layer.get("config"))
    _check_dtype(f"{kind} layer", config.get("dtype"))
    for setting, value in config.items():
        if setting in wanted or setting in _NO_MATTER or setting == "dtype" or value is None:
            continue
        if setting not in _AS_USUAL or not _is_usual(value, _AS_USUAL[setting]):
            raise BroughtError(
                f"A {kind} layer of this file has the setting {quoted(setting)} = {quoted(value)}, "
                "which the lab does not know. Build the network without it, train it and save it again."
            )
    return config


def _is_usual(value: object, usual: object) -> bool:
    """Whether they are the same and of the same types: to Python 1, 1.0 and True are equal."""
    return value == usual and repr(value) == repr(usual)


def _value(setting: str, value: object) -> Any:
    """A setting as the layer's class takes it."""
    if setting == "activation" and not isinstance(value, str):
        raise BroughtError(
            "A layer of this file has an activation of its own, which the lab can't read. Take one "
            'by its name, such as activation="relu", train the network and save it again.'
        )
    if setting in ("kernel_size", "pool_size", "strides"):
        if not isinstance(value, list) or len(value) != 2:
            raise BroughtError(DAMAGED)
        return tuple(value)
    return value


def _check_dtype(whose: str, dtype: object) -> None:
    """Refuse all but 32-bit floats: a name, or Keras's policy of that name."""
    if isinstance(dtype, dict) and dtype.get("class_name") == "DTypePolicy":
        name = _mapping(dtype.get("config")).get("name")
        dtype = name if dtype.get("registered_name") is None else dtype
    if dtype not in (None, _FLOATS):
        raise BroughtError(
            f"The {whose} in this file does not compute with 32-bit floats but with {quoted(dtype)}. "
            f"Build it with dtype={_FLOATS!r}, train it and save it again."
        )
