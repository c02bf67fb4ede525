"""A network in one HDF5 file, as Keras 2 wrote it and `model.save("network.h5")` still does."""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import h5py

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import Layer, Normalization, Shape
from digitlab.uploads.models.config import Plan, read_config
from digitlab.uploads.models.hdf5 import (
    array_at,
    group_at,
    has,
    member,
    text_of,
    texts_of,
)
from digitlab.uploads.models.hdf5_heaps import have_ends
from digitlab.uploads.models.parsed import Array, ParsedModel

_SIZES = (8, 8)
"""Bytes of an address and of a length, in all files of h5py: `heaps` counts on it."""

_UNTRAINED = ("moving_mean", "moving_variance", "mean", "variance", "count")
_OTHER_NAMES = {"depthwise_kernel": "kernel"}
"""Keras 2's name for the kernel of DepthwiseConv2D."""


class _Variable(NamedTuple):
    """One array that a network needs, or that its file holds beside.

    Attributes:
        place: the number of its layer; None if no answer needs it.
        name: as Keras calls it.
        shape: of the array.
        trainable: these come first, in each network within the network.
    """

    place: int | None
    name: str
    shape: Shape
    trainable: bool


def read_whole(content: bytes) -> ParsedModel:
    """The network in an HDF5 file.

    Raises:
        UploadError: if there is none, or it holds what the lab does not know.
    """
    if not have_ends(content):
        raise UploadError(UploadProblem.DAMAGED)
    with h5py.File(io.BytesIO(content), "r") as file:
        if file.id.get_create_plist().get_sizes() != _SIZES:
            raise UploadError(UploadProblem.DAMAGED)
        config = text_of(file, "model_config")
        if not config:
            weights = has(file, "layers") or h5py.h5a.exists(file.id, b"layer_names")
            raise UploadError(UploadProblem.WEIGHTS_ONLY if weights else UploadProblem.OTHER_HDF5)
        plan = read_config(config, text_of(file, "keras_version"), hdf5=True)
        if not has(file, "model_weights"):
            raise UploadError(UploadProblem.OTHER_HDF5)
        return ParsedModel(plan.stack, _read_arrays(group_at(file, "model_weights"), plan))


def _read_arrays(group: h5py.Group, plan: Plan) -> tuple[Array, ...]:
    """All arrays, in the order of the layers: those of a nested network lie together."""
    weights: list[list[Array]] = [[] for _ in plan.places]
    stack = plan.stack
    for outermost, places in groupby(
        range(len(plan.places)), lambda place: plan.places[place].outermost
    ):
        together = list(places)
        variables = [
            variable
            for place in together
            for variable in _variables(place, plan, stack.layers[place], stack.shapes[place])
        ]
        if any(variable.place is not None for variable in variables):
            _read_group(group_at(group, outermost), variables, weights)
    for layer, arrays in zip(stack.layers, weights, strict=True):
        layer.check_weights(arrays)
    return tuple(array for arrays in weights for array in arrays)


def _variables(place: int, plan: Plan, layer: Layer, shape: Shape) -> list[_Variable]:
    trained = plan.places[place].trainable
    own = [
        _Variable(place, name, size, trained and name not in _UNTRAINED)
        for name, size in layer.weight_shapes(shape).items()
    ]
    counts = isinstance(layer, Normalization) and bool(own)
    return own + ([_Variable(None, "count", (), False)] if counts else [])


def _read_group(
    group: h5py.Group, variables: Sequence[_Variable], weights: list[list[Array]]
) -> None:
    """The arrays of a layer, or of a nested network, each to its layer."""
    names = texts_of(group, "weight_names", most=4 * limits.MAX_UPLOADED_LAYERS)
    in_order = sorted(
        variables, key=lambda variable: not variable.trainable
    )  # those that were trained first
    if len(names) != len(in_order):
        raise UploadError(UploadProblem.ARRAY_COUNT, needed=len(in_order), stored=len(names))
    for name, variable in zip(names, in_order, strict=True):
        own = name.split("/")[-1].split(":")[0]
        if _OTHER_NAMES.get(own, own) != variable.name and own != variable.name:
            raise UploadError(UploadProblem.NOT_AS_KERAS)
        if variable.place is not None:
            *around, last = name.split("/")
            within = group_at(group, "/".join(around)) if around else group
            weights[variable.place].append(array_at(member(within, last), variable.shape))
