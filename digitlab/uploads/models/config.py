"""A network's config, checked against what the lab knows: its layers and their arrays' places."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem, word
from digitlab.architecture.layers import Shape
from digitlab.architecture.origin import KERAS_NAMES, Origin
from digitlab.architecture.stack import FLOAT_INPUTS, INTEGER_INPUTS, LayerStack
from digitlab.specs.checks import ChoiceError
from digitlab.uploads.models.described import INPUT, Described, mapping
from digitlab.uploads.models.flat import flat, is_nested
from digitlab.uploads.models.settings import check_others, dtype_name, function_name, layer_of


@dataclass(frozen=True, eq=False)
class Plan:
    """A network as its config describes it.

    Attributes:
        stack: its layers.
        places: for each of them, what the file says of it.
    """

    stack: LayerStack
    places: tuple[Described, ...]


@dataclass(frozen=True, eq=False)
class _Input:
    """What comes in at one place of the network.

    Attributes:
        place: the number of the layer that it comes to.
        shape: of a sample.
        dtype: of its numbers.
    """

    place: int
    shape: Shape
    dtype: str


def read_config(text: bytes | str, version: str = "", hdf5: bool = False) -> Plan:
    """The network that a config describes.

    Args:
        text: JSON.
        version: of the Keras that wrote it, "" if that is not known.
        hdf5: whether it is from a file that is HDF5 as a whole.

    Raises:
        UploadError: if it describes anything that the lab does not know in every detail.
    """
    try:
        described = mapping(json.loads(text))
        listed = flat(described)
    except UploadError:
        raise
    except (ValueError, RecursionError) as error:
        raise UploadError(UploadProblem.DAMAGED) from error
    inputs, places = _apart(listed)
    built = mapping(described.get("config")).get("build_input_shape")
    first = [given for given in inputs if given.place == 0] or [_Input(0, _shape(built), "float32")]
    origin = Origin(hdf5, is_nested(described), version.startswith("2."), _functions(places))
    try:
        layers = tuple(layer_of(place, origin.keras2) for place in places)
        stack = LayerStack(first[0].shape, layers, _dtype(first), origin)
    except ChoiceError as error:  # from the checks of a layer's settings
        raise UploadError.of_choice(error) from error
    _check_inputs(inputs, stack)
    return Plan(stack, places)


def _apart(listed: Iterable[Described]) -> tuple[list[_Input], tuple[Described, ...]]:
    """What comes in, and the layers."""
    inputs: list[_Input] = []
    places: list[Described] = []
    for layer in listed:
        if layer.kind == INPUT:
            config = dict(layer.config)
            dtype = dtype_name(config.pop("dtype", None))
            check_others(INPUT, config, ("batch_shape", "batch_input_shape"))
            shape = config.get("batch_shape") or config.get("batch_input_shape")
            inputs.append(_Input(len(places), _shape(shape), _known_dtype(dtype)))
        else:
            # Keras 2 writes it to the first layer, also where there is an InputLayer.
            for setting in ("batch_shape", "batch_input_shape"):
                if layer.config.get(setting) is not None:
                    shape = _shape(layer.config[setting])
                    inputs.append(_Input(len(places), shape, "float32"))
            places.append(layer)
    return inputs, tuple(places)


def _shape(batch_shape: Any) -> Shape:
    """The shape of one sample, from that of a batch."""
    if not isinstance(batch_shape, list) or not all(
        type(side) is int
        for side in batch_shape[1:]  # True is an int as well
    ):
        raise UploadError(UploadProblem.NO_INPUT_SHAPE)
    return tuple(batch_shape[1:])


def _known_dtype(dtype: object) -> str:
    for name in (*FLOAT_INPUTS, *INTEGER_INPUTS):
        if dtype in (name, None):
            return name
    raise UploadError(UploadProblem.INPUT_DTYPE, dtype=word(dtype))


def _dtype(inputs: list[_Input]) -> str:
    """The type of the inputs: integers if any network around the first layer asks for them."""
    return next((given.dtype for given in inputs if given.dtype in INTEGER_INPUTS), inputs[0].dtype)


def _check_inputs(inputs: list[_Input], stack: LayerStack) -> None:
    """Refuse what disagrees about the numbers between two layers."""
    for declared in inputs:
        shape = stack.shapes[declared.place]
        if declared.shape != shape:
            raise UploadError(UploadProblem.INPUT_MISMATCH, described=declared.shape, shape=shape)
        if declared.place and declared.dtype in INTEGER_INPUTS:
            raise UploadError(UploadProblem.NESTED_DTYPE, dtype=declared.dtype)


def _functions(places: Iterable[Described]) -> tuple[str, ...]:
    """TensorFlow's names of activation functions that are stored as objects."""
    activations = [layer.config.get("activation") for layer in places]
    names = [function_name(stored) for stored in activations if isinstance(stored, dict)]
    known = {name for name in names if isinstance(name, str) and name in KERAS_NAMES}
    return tuple(sorted(known))
