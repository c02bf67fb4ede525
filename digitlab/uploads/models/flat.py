"""From a config to its layers one after the other: Sequential, functional, and networks within networks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digitlab import limits
from digitlab.architecture.errors import UploadError, quoted
from digitlab.architecture.keras_names import layer_names
from digitlab.architecture.layers import KINDS, KNOWN
from digitlab.uploads.models.described import INPUT, Described, entries, mapping
from digitlab.uploads.models.functional import in_order
from digitlab.uploads.models.settings import check_dtype

BUILD_FROM_KNOWN = f"The lab reads {KNOWN}. Build and train the network from these."

NO_NETWORK = (
    "This file holds no keras.Sequential model and no functional one, and the lab reads no other. Build "
    "the network with keras.Sequential([...]), train it and save it again."
)
TOO_DEEP = (
    f"In this file a network lies in a network more than {limits.MAX_UPLOADED_DEPTH} deep. Build it with one "
    "keras.Sequential([...]), train it and save it again."
)
_OF_KERAS = ("keras", "tf_keras")
"""Packages of Keras, of which TensorFlow's is an older one."""

_OF_A_MODEL = frozenset(
    {
        *("name", "trainable", "dtype", "layers", "build_input_shape"),
        *("input_layers", "output_layers"),
    }
)


@dataclass(frozen=True)
class _Around:
    """The networks around a layer: the names of their groups, the outermost one's name, and so on."""

    groups: tuple[str, ...] = ()
    outermost: str = ""
    trainable: bool = True


def is_network(described: Mapping[str, Any]) -> bool:
    """Whether it is a network of Keras's own, not a layer and not of a class of somebody's own."""
    kind, registered = described.get("class_name"), described.get("registered_name")
    if kind == "Sequential":  # what is no class of Keras's own is registered
        return registered is None
    if kind != "Functional":
        return False
    if "module" not in described and "registered_name" not in described:  # in HDF5
        return True
    # Functional models call themselves registered; a class of somebody's own has another module.
    package = str(described.get("module")).split(".")[0]
    return package in _OF_KERAS and registered in (None, kind)


def flat(described: Mapping[str, Any]) -> list[Described]:
    """The layers of a whole network, those of the networks within it in their places.

    Raises:
        UploadError: if it is none, lies too deep or has too many layers.
    """
    if not is_network(described):
        raise UploadError(NO_NETWORK)
    found = []
    for layer in _layers(described, _Around()):
        found.append(layer)
        # Each network may bring an input of its own.
        if len(found) > 2 * limits.MAX_UPLOADED_LAYERS + limits.MAX_UPLOADED_DEPTH:
            raise UploadError(
                f"This network has more than {limits.MAX_UPLOADED_LAYERS} layers; the lab takes no more. "
                "Take fewer."
            )
    return found


def is_nested(described: Mapping[str, Any]) -> bool:
    """Whether its layers are not simply those of one `keras.Sequential`."""
    layers = mapping(described.get("config")).get("layers")
    return described.get("class_name") != "Sequential" or any(map(is_network, entries(layers)))


def _layers(described: Mapping[str, Any], around: _Around) -> Iterator[Described]:
    if len(around.groups) >= limits.MAX_UPLOADED_DEPTH:
        raise UploadError(TOO_DEEP)
    model = mapping(described.get("config"))
    for setting, value in model.items():
        if setting not in _OF_A_MODEL and value is not None:
            raise UploadError(
                f"The network in this file has the setting {quoted(setting)}, which the lab does not know. "
                "Build it with keras.Sequential([...]), train it and save it again."
            )
    check_dtype("network", model.get("dtype"))
    listed = [mapping(layer) for layer in entries(model.get("layers"))]
    # The order of a functional model is that of its calls; the names go by the order in the file.
    groups = dict(zip(map(id, listed), _group_names(listed), strict=True))
    chain = in_order(model) if described.get("class_name") == "Functional" else listed
    for layer in chain:
        config = mapping(layer.get("config"))
        inside = _Around(
            (*around.groups, groups[id(layer)]),
            around.outermost or str(config.get("name")),
            around.trainable and config.get("trainable") is not False,
        )
        if is_network(layer):
            yield from _layers(layer, inside)
        else:
            yield _checked(layer, inside)


def _group_names(layers: Sequence[Mapping[str, Any]]) -> list[str]:
    # A name that is no text gets no further than this list.
    return list(layer_names(str(layer.get("class_name"))[:100] for layer in layers))


def _checked(layer: Mapping[str, Any], around: _Around) -> Described:
    kind = layer.get("class_name")
    if kind == "Lambda":
        raise UploadError(
            f"This file holds a Lambda layer, which can run any program. {BUILD_FROM_KNOWN}"
        )
    if not isinstance(kind, str) or kind not in (*KINDS, INPUT):
        raise UploadError(
            f"This file holds a layer that the lab does not know: {quoted(kind)}. {BUILD_FROM_KNOWN}"
        )
    in_hdf5 = "module" not in layer and "registered_name" not in layer
    if not in_hdf5 and (
        layer.get("module") != "keras.layers" or layer.get("registered_name") is not None
    ):
        raise UploadError(
            f"This file holds a {kind} layer that is not Keras's own. {BUILD_FROM_KNOWN}"
        )
    return Described(
        kind, mapping(layer.get("config")), around.groups, around.outermost, around.trainable
    )
