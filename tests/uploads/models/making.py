"""Files for the tests: networks as plain Keras saves them, and the same files changed."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import h5py

if TYPE_CHECKING:  # a process that only changes files need not wait for it
    import keras

CONFIG, WEIGHTS = "config.json", "model.weights.h5"


def saved(model: "keras.Model") -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.keras"
        model.save(path)
        return path.read_bytes()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_config(content: bytes, change: Callable[..., Any]) -> bytes:
    """The file after `change(config)`."""
    files = unpacked(content)
    config = json.loads(files[CONFIG])
    change(config)
    return packed({**files, CONFIG: json.dumps(config).encode()})


def with_layer(content: bytes, place: int, **settings: Any) -> bytes:
    """The file with other settings of one layer."""
    return with_config(
        content, lambda config: config["config"]["layers"][place]["config"].update(settings)
    )


def with_arrays(content: bytes, change: Callable[..., Any]) -> bytes:
    """The file after `change(h5py.File)`."""
    files = unpacked(content)
    arrays = io.BytesIO(files[WEIGHTS])
    with h5py.File(arrays, "r+") as file:
        change(file)
    return packed({**files, WEIGHTS: arrays.getvalue()})
