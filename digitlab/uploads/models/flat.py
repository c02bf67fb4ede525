"""From a config to a list of layers: Sequential, functional and nested networks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem, word
from digitlab.architecture.keras_names import layer_names
from digitlab.architecture.layers import KINDS
from digitlab.uploads.models.described import INPUT, Described, entries, mapping
from digitlab.uploads.models.functional import in_order
from digitlab.uploads.models.settings import other_dtype

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
    """The networks around a layer: their groups, the outermost name, whether all are trainable."""

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
    """The layers of a network, those of the networks within it in their places.

    Raises:
        UploadError: if it is none, lies too deep or has too many layers.
    """
    if not is_network(described):
        raise UploadError(UploadProblem.NO_NETWORK)
    layers = []
    for layer in _layers(described, _Around()):
        layers.append(layer)
        # Each network may bring an input of its own.
        if len(layers) > 2 * limits.MAX_UPLOADED_LAYERS + limits.MAX_UPLOADED_DEPTH:
            raise UploadError(UploadProblem.TOO_MANY_DESCRIBED)
    return layers


def is_nested(described: Mapping[str, Any]) -> bool:
    """Whether its layers are not simply those of one `keras.Sequential`."""
    layers = mapping(described.get("config")).get("layers")
    return described.get("class_name") != "Sequential" or any(map(is_network, entries(layers)))


def _layers(described: Mapping[str, Any], around: _Around) -> Iterator[Described]:
    if len(around.groups) >= limits.MAX_UPLOADED_DEPTH:
        raise UploadError(UploadProblem.TOO_DEEP)
    model = mapping(described.get("config"))
    for setting, value in model.items():
        if setting not in _OF_A_MODEL and value is not None:
            raise UploadError(UploadProblem.NETWORK_SETTING, setting=word(setting))
    if (name := other_dtype(model.get("dtype"))) is not None:
        raise UploadError(UploadProblem.NETWORK_DTYPE, dtype=word(name))
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
        raise UploadError(UploadProblem.LAMBDA)
    if not isinstance(kind, str) or kind not in (*KINDS, INPUT):
        raise UploadError(UploadProblem.UNKNOWN_LAYER, kind=word(kind))
    in_hdf5 = "module" not in layer and "registered_name" not in layer
    if not in_hdf5 and (
        layer.get("module") != "keras.layers" or layer.get("registered_name") is not None
    ):
        raise UploadError(UploadProblem.CUSTOM_LAYER, kind=kind)
    return Described(
        kind, mapping(layer.get("config")), around.groups, around.outermost, around.trainable
    )
