"""The arrays of an uploaded network, from the HDF5 file within the `.keras` file."""

import io
import re
from collections.abc import Iterator

import h5py

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import Layer, Normalization, Shape
from digitlab.uploads.models.config import Plan
from digitlab.uploads.models.described import Described
from digitlab.uploads.models.hdf5 import array_at, group_at, has, member
from digitlab.uploads.models.hdf5_heaps import have_ends
from digitlab.uploads.models.parsed import Array

_CONTAINERS = {"layers": 1, "_layer_checkpoint_dependencies": 2}
"""Where the layers of a network lie, and the step of the numbers behind equal names.

Keras 2.12 and 2.13 have the second. There a layer with weights stands in the list twice, and the
second Dense is `dense_2`.
"""

_NUMBER = re.compile(r"_(\d+)$")

_COUNTED = 1
"""Normalization also keeps how many numbers it has seen; no answer needs it."""


def read_arrays(content: bytes, plan: Plan) -> tuple[Array, ...]:
    """The network's weights, in the order of its layers and of Keras's `get_weights()`.

    Args:
        content: of `model.weights.h5`.
        plan: says which arrays there must be, where, and their shapes.

    Raises:
        UploadError: if they are not there, or not like that.
    """
    if not have_ends(content):
        raise UploadError(UploadProblem.DAMAGED)
    stack = plan.stack
    weights: list[Array] = []
    with h5py.File(io.BytesIO(content), "r") as file:
        for place, layer, shapes in zip(
            plan.places, stack.layers, stack.weight_shapes, strict=True
        ):
            if shapes:
                arrays = list(_variables(_vars(file, place), place, layer, shapes))
                layer.check_weights(arrays)
                weights += arrays
    return tuple(weights)


def _vars(file: h5py.File, place: Described) -> h5py.Group:
    """The group with a layer's arrays, through the groups of the networks around it."""
    for container, step in _CONTAINERS.items():
        names = [name for group in place.groups for name in (container, _numbered(group, step))]
        on_windows = "\\".join(names)  # Keras 2.13 joins the names so there: it is one group's name
        if has(file, on_windows):
            return group_at(file, f"{on_windows}/vars")
        if has(file, container):
            return group_at(file, "/".join((*names, "vars")))
    return group_at(file, next(iter(_CONTAINERS)))  # it is missing, and that is said


def _numbered(name: str, step: int) -> str:
    """`dense_3` with three times that step."""
    return _NUMBER.sub(lambda match: f"_{step * int(match[1])}", name)


def _variables(
    group: h5py.Group, place: Described, layer: Layer, shapes: tuple[Shape, ...]
) -> Iterator[Array]:
    count = len(shapes) + (_COUNTED if isinstance(layer, Normalization) else 0)
    if len(group) != count:
        raise UploadError(
            UploadProblem.NAMED_ARRAY_COUNT,
            layer=place.groups[-1],
            needed=count,
            stored=len(group),
        )
    for index, shape in enumerate(shapes):
        yield array_at(member(group, str(index)), shape)
