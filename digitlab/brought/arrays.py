"""The arrays of a brought network, from the HDF5 file within the `.keras` file.

HDF5 can lead to other files of the server: by links, by data that lie elsewhere, by virtual data.
Each link and each data set is looked at before it is followed.
"""

import io
import math
from collections.abc import Iterator
from typing import Any

import h5py
import numpy as np

from digitlab import keras_files
from digitlab.brought.errors import DAMAGED, NOT_FINITE, BroughtError
from digitlab.brought.layers import Shape
from digitlab.brought.network import Array
from digitlab.brought.stack import LayerStack

ELSEWHERE = (
    "The weights in this file are not stored as Keras stores them. Save the network once more with "
    'model.save("network.keras"), and change nothing in the file.'
)


def read_arrays(content: bytes, stack: LayerStack) -> tuple[Array, ...]:
    """The network's weights, in the order of Keras's `get_weights()`.

    Args:
        content: of `model.weights.h5`.
        stack: says which arrays there must be, and their shapes.

    Raises:
        BroughtError: if they are not there, or not like that.
    """
    names = keras_files.names(type(layer).__name__ for layer in stack.layers)
    with h5py.File(io.BytesIO(content), "r") as file:
        layers = _group(file, "layers")
        return tuple(
            array
            for name, shapes in zip(names, stack.weights, strict=True)
            if shapes
            for array in _variables(_group(_group(layers, name), "vars"), name, shapes)
        )


def _variables(group: h5py.Group, layer: str, shapes: tuple[Shape, ...]) -> Iterator[Array]:
    if len(group) != len(shapes):
        raise BroughtError(
            f"The layer {layer} should have {len(shapes)} arrays in this file, and has {len(group)}. {DAMAGED}"
        )
    for index, shape in enumerate(shapes):
        array = _read(_member(group, str(index)), shape)
        if not np.isfinite(array).all():
            raise BroughtError(NOT_FINITE)
        yield array


def _read(data: Any, shape: Shape) -> Array:
    if not isinstance(data, h5py.Dataset) or data.is_virtual or data.external:
        raise BroughtError(ELSEWHERE)
    # Keras writes in one piece: no chunk of a size that nobody expects, no filter, no plug-in.
    if data.chunks is not None or data.dtype != np.dtype("<f4"):
        raise BroughtError(ELSEWHERE)
    if data.shape != shape:
        raise BroughtError(
            f"An array in this file has the shape {data.shape}, and its layer needs {shape}. {DAMAGED}"
        )
    if data.id.get_storage_size() != 4 * math.prod(shape):
        raise BroughtError(DAMAGED)
    array: Array = data[()]
    return array


def _group(parent: h5py.Group, name: str) -> h5py.Group:
    found = _member(parent, name)
    if not isinstance(found, h5py.Group):
        raise BroughtError(ELSEWHERE)
    return found


def _member(group: h5py.Group, name: str) -> Any:
    """What has this name, if it lies in this very file."""
    links, key = group.id.links, name.encode()  # `in` and `get` would follow a link
    if not links.exists(key):
        raise BroughtError(
            "The weights of a layer are missing in this file. Save the whole network with "
            'model.save("network.keras"), after training.'
        )
    if links.get_info(key).type != h5py.h5l.TYPE_HARD:
        raise BroughtError(ELSEWHERE)
    return group[name]
