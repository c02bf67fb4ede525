"""HDF5 from a stranger: only what lies in this very file, as Keras writes it.

HDF5 can lead to other files of the server: by links, by data that lie elsewhere, by virtual data.
Each link, each data set and each attribute is looked at before it is followed or read.
"""

import math
from typing import Any

import h5py
import numpy as np

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import Shape
from digitlab.uploads.models.parsed import Array

_FLOATS = np.dtype("<f4")


def group_at(parent: h5py.Group, path: str) -> h5py.Group:
    """The group of this name, step by step where the name has slashes."""
    for name in path.split("/"):
        child = member(parent, name)
        if not isinstance(child, h5py.Group):
            raise UploadError(UploadProblem.NOT_AS_KERAS)
        parent = child
    return parent


def has(group: h5py.Group, name: str) -> bool:
    """Whether there is a member of this name; no link is followed."""
    return bool(group.id.links.exists(name.encode()))


def member(group: h5py.Group, name: str) -> Any:
    """What has this name, if it lies in this very file.

    Raises:
        UploadError: if there is none, or a link to somewhere else.
    """
    links, key = group.id.links, name.encode()  # `in` and `get` would follow a link
    if name in ("", ".") or not links.exists(key):
        raise UploadError(UploadProblem.WEIGHTS_MISSING)
    if links.get_info(key).type != h5py.h5l.TYPE_HARD:
        raise UploadError(UploadProblem.NOT_AS_KERAS)
    return group[name]


def array_at(data: Any, shape: Shape) -> Array:
    """A data set of 32-bit floats of this shape.

    Raises:
        UploadError: if it is another one, or not all numbers are there.
    """
    if not isinstance(data, h5py.Dataset) or data.is_virtual or data.external:
        raise UploadError(UploadProblem.NOT_AS_KERAS)
    # Keras writes in one piece: no chunk of a size that nobody expects, no filter, no plug-in.
    if data.chunks is not None or data.dtype != _FLOATS:
        raise UploadError(UploadProblem.NOT_AS_KERAS)
    if data.shape != shape:
        raise UploadError(UploadProblem.ARRAY_SHAPE, stored=data.shape, needed=shape)
    if data.id.get_storage_size() != _FLOATS.itemsize * math.prod(shape):
        raise UploadError(UploadProblem.DAMAGED)
    array: Array = np.asarray(data[()])
    if not np.isfinite(array).all():
        raise UploadError(UploadProblem.NOT_FINITE)
    return array


def text_of(group: h5py.Group, name: str) -> str:
    """An attribute that is one text; "" if there is none.

    Raises:
        UploadError: if it is something else, or longer than any config.
    """
    if not h5py.h5a.exists(group.id, name.encode()):
        return ""
    value = _attribute(group, name, ())
    text = value.decode() if isinstance(value, bytes) else value
    if not isinstance(text, str) or len(text) > limits.MAX_CONFIG_KILOBYTES * 1024:
        raise UploadError(UploadProblem.DAMAGED)
    return text


def texts_of(group: h5py.Group, name: str, most: int) -> list[str]:
    """An attribute that is a list of at most so many texts.

    Raises:
        UploadError: if there is none, or it is something else.
    """
    if not h5py.h5a.exists(group.id, name.encode()):
        raise UploadError(UploadProblem.WEIGHTS_MISSING)
    shape = h5py.h5a.open(group.id, name.encode()).shape
    if len(shape) != 1 or shape[0] > most:
        raise UploadError(UploadProblem.DAMAGED)
    if shape == (0,):  # Keras writes an empty list as floats
        return []
    texts = [
        text.decode() if isinstance(text, bytes) else text
        for text in _attribute(group, name, shape)
    ]
    if not all(isinstance(text, str) for text in texts):
        raise UploadError(UploadProblem.DAMAGED)
    return texts


def _attribute(group: h5py.Group, name: str, shape: Shape) -> Any:
    """The value of an attribute of text, after a look at its type and size."""
    attribute = h5py.h5a.open(group.id, name.encode())
    text = h5py.check_string_dtype(attribute.dtype)
    # What is of a fixed length is in the attribute; anything else is within the file's own size.
    length = (text.length or 0) if text else 0
    if text is None or attribute.shape != shape or length > limits.MAX_CONFIG_KILOBYTES * 1024:
        raise UploadError(UploadProblem.DAMAGED)
    return group.attrs[name]
