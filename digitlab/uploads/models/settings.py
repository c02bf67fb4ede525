"""A layer's settings against the list of what the lab knows: refused, never ignored."""

from collections.abc import Collection, Mapping
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem, word
from digitlab.architecture.layers import KINDS, BatchNormalization, Layer, TrainingOnly, settings
from digitlab.architecture.origin import KERAS_NAMES
from digitlab.uploads.models.described import Described, mapping

_NO_MATTER = frozenset(
    {
        *("name", "trainable", "activity_regularizer", "seed"),
        *(
            f"{of}_{what}"
            for of in ("kernel", "bias", "depthwise", "pointwise", "beta", "gamma")
            for what in ("initializer", "regularizer", "constraint")
        ),
        *("moving_mean_initializer", "moving_variance_initializer"),
    }
)
"""Settings that change no answer of a trained network."""

_NO_MATTER_IN: Mapping[type[Layer], frozenset[str]] = {
    BatchNormalization: frozenset({"momentum", "synchronized", "renorm_momentum"}),
    TrainingOnly: frozenset(
        {
            *("rate", "noise_shape", "stddev", "l1", "l2", "factor", "mode", "value_range"),
            *("height_factor", "width_factor", "x_factor", "y_factor", "scale"),
            *("fill_mode", "fill_value", "interpolation"),
        }
    ),
}
"""More of them, in some kinds of layers."""

_AS_USUAL: Mapping[str, object] = {
    "data_format": "channels_last",
    "dilation_rate": [1, 1],
    "groups": 1,
    "sparse": False,
    "ragged": False,
    "optional": False,
    "renorm": False,
    "invert": False,
}
"""Settings that the lab knows with this value only."""

_SHAPES = ("batch_shape", "batch_input_shape")
"""Settings of a first layer that say which inputs it takes: `config` reads them."""

_OLD_NAMES = {("LeakyReLU", "alpha"): "negative_slope"}
_PAIRS = ("kernel_size", "pool_size", "strides")
_FLOATS = "float32"
_DEEPEST = 3  # the padding of ZeroPadding2D is a list of lists


def layer_of(described: Described, keras2: bool = False) -> Layer:
    """The layer that a file describes.

    Args:
        described: what it says.
        keras2: whether Keras 2 wrote it.

    Raises:
        UploadError: if a setting changes answers and is none that the lab knows.
        ChoiceError: if a setting has a value that the lab does not know.
    """
    kind = KINDS[described.kind]
    names = settings(kind)
    config = {
        _OLD_NAMES.get((described.kind, setting), setting): value
        for setting, value in described.config.items()
    }
    check_others(described.kind, config, (*names, *_SHAPES))
    arguments = {
        setting: _value(setting, config[setting])
        for setting in names
        if setting in config and not (config[setting] is None and setting != "activation")
    }
    if keras2 and arguments.get("activation") == "hard_sigmoid":
        raise UploadError(UploadProblem.KERAS2_HARD_SIGMOID)
    try:
        return kind(**arguments)
    except TypeError as error:  # what has no default is missing, or is no number at all
        missing = [setting for setting in names if setting not in arguments]
        if missing:
            raise UploadError(
                UploadProblem.MISSING_SETTING, kind=described.kind, setting=missing[0]
            ) from error
        raise UploadError(UploadProblem.SETTING_TYPES, kind=described.kind) from error


def check_others(kind: str, config: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse settings that are not known, unless they are as the lab takes them to be."""
    if (name := other_dtype(config.get("dtype"))) is not None:
        raise UploadError(UploadProblem.LAYER_DTYPE, kind=kind, dtype=word(name))
    layer = KINDS.get(kind, Layer)
    no_matter = set(_NO_MATTER).union(
        *(names for base, names in _NO_MATTER_IN.items() if issubclass(layer, base))
    )
    for setting, value in config.items():
        if setting in known or setting in no_matter or setting == "dtype" or value is None:
            continue
        if setting not in _AS_USUAL or not _is_usual(value, _AS_USUAL[setting]):
            raise UploadError(
                UploadProblem.LAYER_SETTING, kind=kind, setting=word(setting), value=word(value)
            )


def other_dtype(dtype: object) -> object:
    """The name of what is not 32-bit floats (a name, or Keras's policy of that name), else None."""
    name = dtype_name(dtype)
    return None if name == _FLOATS else name


def dtype_name(dtype: object) -> object:
    """The name of a dtype, which may be a policy of Keras; anything else as it is."""
    if isinstance(dtype, dict) and dtype.get("class_name") in ("DTypePolicy", "Policy"):
        name = mapping(dtype.get("config")).get("name")
        return name if dtype.get("registered_name") is None else dtype
    return dtype


def function_name(activation: object) -> object:
    """The name of an activation function: Keras writes one of TensorFlow's as an object.

    Only its name is taken, and only if it is on the lab's list: nothing is looked up or called.
    """
    if (
        isinstance(activation, dict)
        and activation.get("class_name") == "function"
        and activation.get("module") in ("builtins", "keras.activations")
        and activation.get("registered_name") in ("function", None)
    ):
        return activation.get("config")
    return activation


def _is_usual(value: object, usual: object) -> bool:
    """Whether they are the same and of the same types: to Python 1, 1.0 and True are equal."""
    return value == usual and repr(value) == repr(usual)


def _value(setting: str, value: object) -> Any:
    """A setting as the layer's class takes it."""
    if setting == "activation":
        name = "linear" if value is None else function_name(value)
        if not isinstance(name, str):
            raise UploadError(UploadProblem.CUSTOM_ACTIVATION)
        return KERAS_NAMES.get(name, name)
    if setting in _PAIRS and not (isinstance(value, list) and len(value) == 2):
        raise UploadError(UploadProblem.DAMAGED)
    if setting == "axis" and isinstance(value, list):
        # Keras 2 writes a list of one axis; an empty one is Normalization's axis=None.
        if len(value) > 1:
            raise UploadError(UploadProblem.SEVERAL_AXES)
        return value[0] if value else None
    return _frozen(value)


def _frozen(value: Any, depth: int = 0) -> Any:
    """Lists as tuples."""
    if not isinstance(value, list):
        return value
    if depth == _DEEPEST:
        raise UploadError(UploadProblem.DAMAGED)
    return tuple(_frozen(entry, depth + 1) for entry in value)
