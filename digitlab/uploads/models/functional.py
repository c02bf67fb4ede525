"""A functional model whose layers follow one another: its layers in that order."""

from collections.abc import Iterator, Mapping
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem, word
from digitlab.uploads.models.described import entries, mapping

_TENSOR = "__keras_tensor__"


def in_order(model: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The layers of a functional model, from its one input to its one output.

    Args:
        model: its config.

    Raises:
        UploadError: if they are no chain.
    """
    layers = {_name(layer): mapping(layer) for layer in entries(model.get("layers"))}
    if len(layers) != len(entries(model.get("layers"))):
        raise UploadError(UploadProblem.DAMAGED)
    first, last = _only(model.get("input_layers")), _only(model.get("output_layers"))
    follows: dict[str, str] = {}
    for name, layer in layers.items():
        if name == first:
            if entries(layer.get("inbound_nodes")):
                raise UploadError(UploadProblem.BRANCHES)
            continue
        before = _before(name, layer)
        if before in follows:
            raise UploadError(UploadProblem.BRANCHES)
        follows[before] = name
    names = list(_walk(first, follows))
    if names[-1] != last or set(names) != set(layers):
        raise UploadError(UploadProblem.BRANCHES)
    return [layers[name] for name in names]


def _walk(name: str, follows: dict[str, str]) -> Iterator[str]:
    """Each layer after the one before; a layer is taken out, so that a circle ends as well."""
    yield name
    while name in follows:
        name = follows.pop(name)
        yield name


def _name(layer: object) -> str:
    described = mapping(layer)
    name = described.get("name", mapping(described.get("config")).get("name"))
    if not isinstance(name, str):
        raise UploadError(UploadProblem.DAMAGED)
    return name


def _only(tensors: object) -> str:
    """The layer of a model's one input or output: `[name, 0, 0]`, or that in a list."""
    if isinstance(tensors, dict):
        tensors = list(tensors.values())
    tensors = entries(tensors)
    if tensors and isinstance(tensors[0], list):
        if len(tensors) > 1:
            raise UploadError(UploadProblem.BRANCHES)
        tensors = tensors[0]
    return _history(tensors)


def _before(name: str, layer: Mapping[str, Any]) -> str:
    """The layer whose output this one takes."""
    nodes = entries(layer.get("inbound_nodes"))
    if len(nodes) != 1:
        raise UploadError(UploadProblem.BRANCHES)
    if isinstance(nodes[0], list):  # Keras 2: [[name, 0, 0, {}]]
        if len(nodes[0]) != 1 or len(entries(nodes[0][0])) != 4:
            raise UploadError(UploadProblem.BRANCHES)
        *history, arguments = nodes[0][0]
    else:
        node = mapping(nodes[0])
        inputs, arguments = entries(node.get("args")), node.get("kwargs")
        tensors = [
            value
            for value in inputs
            if isinstance(value, dict) and value.get("class_name") == _TENSOR
        ]
        if len(tensors) != 1 or inputs[0] is not tensors[0]:
            raise UploadError(UploadProblem.BRANCHES)
        for value in inputs[1:]:  # as in `inputs / 255`
            raise UploadError(UploadProblem.CALLED_WITH, layer=word(name), value=word(value))
        history = entries(mapping(tensors[0].get("config")).get("keras_history"))
    for argument, value in mapping(arguments).items():
        # Only as Keras calls it itself: `training=True` would drop numbers in each answer.
        if value is not None and not (argument == "training" and value is False):
            raise UploadError(
                UploadProblem.CALL_ARGUMENT,
                layer=word(name),
                argument=word(argument),
                value=word(value),
            )
    return _history(history)


def _history(history: list[Any]) -> str:
    """The name in `[name, node, tensor]`: a layer that is called once has one node."""
    if len(history) != 3 or not isinstance(history[0], str):
        raise UploadError(UploadProblem.DAMAGED)
    if type(history[2]) is not int or history[2] != 0:
        raise UploadError(UploadProblem.BRANCHES)
    return history[0]
