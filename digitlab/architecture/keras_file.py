"""The arrays inside a `.keras` file, read without Keras: the web process never imports it.

A `.keras` file is a zip with the network's config as JSON and its arrays as HDF5
(https://keras.io/guides/serialization_and_saving/).
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.keras_names import layer_names


def weights(model: bytes) -> tuple[NDArray[np.float32], ...]:
    """The arrays of a `Sequential`, in the order of its `get_weights()`."""
    with zipfile.ZipFile(io.BytesIO(model)) as archive:
        layers = json.loads(archive.read("config.json"))["config"]["layers"]
    with _arrays(model) as arrays:
        return tuple(
            array
            for name in layer_names(layer["class_name"] for layer in layers)
            for array in _variables(arrays["layers"], name)
        )


def optimizer_state(model: bytes) -> tuple[NDArray[Any], ...]:
    """The arrays of the optimizer's `variables`, in order."""
    with _arrays(model) as arrays:
        return tuple(_variables(arrays, "optimizer"))


def portable(model: bytes) -> bytes:
    """The same `.keras` file without the layers' settings that are None.

    Each Keras writes all settings that its layers know, and refuses those that it does not know.
    None says that a setting is not used, so that an older Keras loses nothing without it.
    """
    copied = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(model)) as archive,
        zipfile.ZipFile(copied, "w") as copy,
    ):
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == "config.json":
                config = json.loads(content)
                for layer in config["config"]["layers"]:
                    layer["config"] = _without_none(layer["config"])
                content = json.dumps(config).encode()
            copy.writestr(entry, content)
    return copied.getvalue()


def _without_none(settings: dict[str, Any]) -> dict[str, Any]:
    """Without what is None, also in the objects that are settings, such as an initializer."""
    used = {name: value for name, value in settings.items() if value is not None}
    for value in used.values():
        if isinstance(value, dict) and isinstance(value.get("config"), dict):
            value["config"] = _without_none(value["config"])
    return used


def _arrays(model: bytes) -> Any:
    """The HDF5 file inside."""
    import h5py  # not before it is needed: it takes a tenth of a second

    with zipfile.ZipFile(io.BytesIO(model)) as archive:
        return h5py.File(io.BytesIO(archive.read("model.weights.h5")))


def _variables(group: Any, name: str) -> Iterator[NDArray[Any]]:
    """The arrays of one layer, or of the optimizer, in order."""
    variables = group[name]["vars"] if name in group else {}
    for index in range(len(variables)):
        yield np.asarray(variables[str(index)])
