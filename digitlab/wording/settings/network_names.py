"""What networks are called on the pages."""

from collections.abc import Sequence
from typing import Final

from digitlab.specs import HiddenLayer, NetworkSpec, preset_name
from digitlab.wording.lists import with_and, with_commas
from digitlab.wording.numerals import by
from digitlab.wording.say import Message, say, say_count, say_message, to_say

PRESET_NAMES: Final[dict[str, Message]] = {
    "The article's network": to_say("The article's network"),
    "ReLU 128": to_say("ReLU 128"),
    "Two hidden layers": to_say("Two hidden layers"),
    "Small CNN": to_say("Small CNN"),
}
"""Of each preset, by its name in `PRESETS`."""


def network_name(network: NetworkSpec) -> str:
    """The name of the preset that has this network, else that it is the learner's own."""
    preset = preset_name(network)
    return say_message(PRESET_NAMES[preset]) if preset else say("A network of your own")


def preset_or_layers(network: NetworkSpec) -> str:
    """The name of the preset that has this network, else its layers in a few words."""
    preset = preset_name(network)
    return say_message(PRESET_NAMES[preset]) if preset else short_network(network)


def short_network(network: NetworkSpec) -> str:
    """A network in as few words as tell it from others.

    >>> short_network(NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(64, "relu"))))
    '128 + 64 relu units'
    >>> short_network(NetworkSpec((HiddenLayer(20, "tanh"),), convolutions=(8, 16)))
    'CNN 8 + 16, 20 tanh units'
    """
    parts = [f"CNN {_sum(network.convolutions)}"] if network.convolutions else []
    layers, used = network.hidden, activations(network.hidden)
    if len(layers) > 1 and len(set(layers)) == 1:
        sizes, activation = by(len(layers), layers[0].units), layers[0].activation
        parts.append(say("{sizes} {activation} units", sizes=sizes, activation=activation))
    elif len(used) > 1:
        named = _sum([f"{layer.units} {layer.activation}" for layer in layers])
        parts.append(say("{layers} units", layers=named))
    elif layers:
        parts.append(
            say_count(
                "{sizes} {activation} unit",
                "{sizes} {activation} units",
                _number(layers),
                sizes=_sum([layer.units for layer in layers]),
                activation=used[0],
            )
        )
    else:
        parts.append(_none(network))
    return with_commas(parts)


def network_words(network: NetworkSpec) -> str:
    """A network in words.

    >>> network_words(NetworkSpec((HiddenLayer(20, "tanh"),)))
    '1 hidden layer of 20 units, tanh'
    >>> network_words(NetworkSpec((), convolutions=(8,)))
    '1 convolution of 8 filters, no dense hidden layer'
    """
    parts, filters, layers = [], network.convolutions, network.hidden
    if filters:
        sizes = say_count(
            "{sizes} filter",
            "{sizes} filters",
            filters[0] if len(filters) == 1 else 2,
            sizes=with_and([str(size) for size in filters]),
        )
        parts.append(
            say_count(
                "{count} convolution of {filters}",
                "{count} convolutions of {filters}",
                len(filters),
                filters=sizes,
            )
        )
    if layers:
        sizes = say_count(
            "{sizes} unit",
            "{sizes} units",
            _number(layers),
            sizes=with_commas([str(layer.units) for layer in layers]),
        )
        parts.append(_layers(network, sizes))
        parts.append(with_and(activations(layers)))
    else:
        parts.append(_none(network))
    return with_commas(parts)


def _layers(network: NetworkSpec, units: str) -> str:
    """Beside convolutions, which are hidden layers too, they are called dense."""
    count = len(network.hidden)
    if network.convolutions:
        return say_count(
            "{count} dense hidden layer of {units}",
            "{count} dense hidden layers of {units}",
            count,
            units=units,
        )
    return say_count(
        "{count} hidden layer of {units}", "{count} hidden layers of {units}", count, units=units
    )


def _none(network: NetworkSpec) -> str:
    return say("no dense hidden layer") if network.convolutions else say("no hidden layer")


def activations(layers: Sequence[HiddenLayer]) -> list[str]:
    """The activations in use, each once."""
    return list(dict.fromkeys(layer.activation for layer in layers))


def _sum(parts: Sequence[object]) -> str:
    return " + ".join(map(str, parts))


def _number(layers: Sequence[HiddenLayer]) -> int:
    """How many things "8 and 16 units" are, for the plural: more than one."""
    return layers[0].units if len(layers) == 1 else 2
