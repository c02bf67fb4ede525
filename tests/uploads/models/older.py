"""Files as older Keras writes them, made of what Keras 3 saves; and whole networks in HDF5."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import h5py
import keras
import numpy as np

from tests.uploads.models.making import CONFIG, packed, saved, unpacked, with_arrays

METADATA = "metadata.json"


def config_of_keras2(config: dict[str, Any]) -> dict[str, Any]:
    """The config of a `Sequential` as Keras 2.13 to 2.15 writes it."""
    model = config["config"]
    layers = [_layer_of_keras2(layer) for layer in model["layers"]]
    shape = layers[0]["config"]["batch_input_shape"]
    layers[1]["config"]["batch_input_shape"] = shape
    return {**config, "config": {"name": model["name"], "layers": layers}}


def _layer_of_keras2(layer: dict[str, Any]) -> dict[str, Any]:
    settings = {**layer["config"]}
    settings.pop("optional", None)
    settings.pop("quantization_config", None)
    if "batch_shape" in settings:
        settings["batch_input_shape"] = settings.pop("batch_shape")
    if isinstance(settings.get("dtype"), dict):
        settings["dtype"] = settings["dtype"]["config"]["name"]
    if layer["class_name"] == "LeakyReLU":
        settings["alpha"] = settings.pop("negative_slope")
    if layer["class_name"] == "BatchNormalization":
        settings["axis"] = [settings["axis"]]
        for new in ("renorm", "renorm_clipping", "renorm_momentum", "synchronized"):
            settings.pop(new, None)
    return {**layer, "config": settings}


def of_keras2(
    model: keras.Sequential, change_arrays: Callable[..., Any] = lambda file: None
) -> bytes:
    """A `.keras` file as Keras 2.14 and 2.15 write it, its arrays after `change_arrays(file)`."""
    files = unpacked(saved(model))
    files[CONFIG] = json.dumps(config_of_keras2(json.loads(files[CONFIG]))).encode()
    files[METADATA] = json.dumps({"keras_version": "2.15.0"}).encode()
    return with_arrays(packed(files), change_arrays)


def as_keras_2_13(file: h5py.File, separator: str = "/") -> None:
    """Move the arrays to where Keras 2.12 and 2.13 have them: the second Dense is dense_2."""
    for name in list(file["layers"]):
        kind, _, number = name.rpartition("_")
        new = f"{kind}_{2 * int(number)}" if number.isdigit() else name
        file.move(f"layers/{name}", f"_layer_checkpoint_dependencies{separator}{new}")
    del file["layers"]


def as_keras_2_13_on_windows(file: h5py.File) -> None:
    """There the names are joined to the name of one group."""
    as_keras_2_13(file, "\\")


def in_hdf5(model: keras.Model) -> bytes:
    """A whole network, by Keras's own `model.save("network.h5")`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.h5"
        model.save(path)
        return path.read_bytes()


def in_hdf5_of_keras2(model: keras.Sequential) -> bytes:
    """The same as Keras 2 lays it out: names with ":0", texts of fixed length, no modules."""
    config = config_of_keras2(json.loads(unpacked(saved(model))[CONFIG]))
    kept = ("class_name", "config")
    for layer in (layers := config["config"]["layers"]):
        for other in set(layer) - set(kept):
            del layer[other]
    assert layers
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file.attrs["model_config"] = json.dumps({name: config[name] for name in kept}).encode()
        file.attrs["keras_version"] = b"2.12.0"
        file.attrs["backend"] = b"tensorflow"
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([layer.name.encode() for layer in model.layers])
        for layer in model.layers:
            own = group.create_group(layer.name)
            names = [f"{layer.name}/{weight.name}:0".encode() for weight in layer.weights]
            own.attrs["weight_names"] = np.array(names) if names else []
            for name, weight in zip(names, layer.weights, strict=True):
                own[name.decode()] = np.asarray(weight)
    return content.getvalue()


def with_hdf5(content: bytes, change: Callable[..., Any]) -> bytes:
    """The HDF5 file after `change(h5py.File)`."""
    changed = io.BytesIO(content)
    with h5py.File(changed, "r+") as file:
        change(file)
    return changed.getvalue()
