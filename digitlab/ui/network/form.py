"""The controls of Network: presets and the editor of hidden layers, to and from `lab.spec`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from digitlab import limits
from digitlab.architecture.summary import total_parameters
from digitlab.specs import ACTIVATIONS, PRESETS, HiddenLayer, preset_name
from digitlab.specs.ablations import with_ablations_of
from digitlab.specs.presets import with_validation
from digitlab.ui.network.back_to_article import back_to_article
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden, lesson_line
from digitlab.wording.numerals import whole
from digitlab.wording.results.exam import validation_words
from digitlab.wording.say import say, say_message
from digitlab.wording.settings.choices import recipe
from digitlab.wording.settings.network_names import PRESET_NAMES

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

OWN = "own"
"""The choice that stands for a network which is no preset."""


def beside_form(lab: Lab) -> "DeltaGenerator":
    """Show the controls; the place beside them, for what they choose.

    `lab.spec` already has what they say: every change comes through a callback into it, the only
    truth.
    """
    controls, beside = st.columns([2, 3], gap="medium")
    with controls:
        _network_form(lab)
    return beside


def _network_form(lab: Lab) -> None:
    lesson_line(lab, ["network"])
    if not is_hidden(lab, "network"):
        _preset_choice(lab)
        _layer_choice(lab)
    back_to_article(lab)
    if total_parameters(lab.spec.network) > limits.MAX_PARAMETERS:
        st.warning(
            say(
                "Your network has too many parameters. This lab trains networks with up to {most} "
                "parameters. Give the first hidden layer fewer units.",
                most=whole(limits.MAX_PARAMETERS),
            )
        )


def _layer_choice(lab: Lab) -> None:
    hidden = lab.spec.network.hidden
    key = control_key("network_layers", len(hidden))
    st.slider(
        say("Hidden layers"),
        0,
        limits.MAX_HIDDEN_LAYERS,
        len(hidden),
        key=key,
        on_change=_take_layer_count,
        args=(lab, key),
        disabled=is_fixed(lab, "network"),
        help=explained(
            lab,
            "network",
            say(
                "You set the dense hidden layers here. Convolutions are hidden layers too, but "
                "this control does not count them."
            ),
        ),
    )
    with st.container(gap="xsmall"):
        for index, layer in enumerate(hidden):
            _layer_controls(lab, index, layer)


def _preset_choice(lab: Lab) -> None:
    name = preset_name(lab.spec.network)
    key = control_key("network_preset", name or OWN)
    st.pills(
        say("Network"),
        [*PRESETS] if name else [*PRESETS, OWN],
        default=name or OWN,
        format_func=_preset_words,
        required=True,
        wrap=True,
        key=key,
        on_change=_take_preset,
        args=(lab, key),
        disabled=is_fixed(lab, "network"),
        help=explained(lab, "network"),
    )
    how = recipe(lab.spec)
    words = (
        say("Its recipe on Train: {recipe}.", recipe=how)
        if name
        else say("The recipe on Train: {recipe}.", recipe=how)
    )
    st.caption(words + validation_words(lab.spec.training.validation_share))


def _preset_words(name: str) -> str:
    return say("Your own") if name == OWN else say_message(PRESET_NAMES[name])


def _layer_controls(lab: Lab, index: int, layer: HiddenLayer) -> None:
    row = st.container(horizontal=True, gap="small")  # one under the other where it is narrow
    key = control_key(f"network_units_{index}", layer.units)
    row.number_input(
        say("Layer {number}: units", number=index + 1),
        1,
        limits.MAX_UNITS,
        layer.units,
        step=1,
        key=key,
        on_change=_take_layer,
        args=(lab, index, "units", key),
        disabled=is_fixed(lab, "network"),
    )
    key = control_key(f"network_activation_{index}", layer.activation)
    row.selectbox(
        say("Layer {number}: activation", number=index + 1),
        ACTIVATIONS,
        ACTIVATIONS.index(layer.activation),
        key=key,
        on_change=_take_layer,
        args=(lab, index, "activation", key),
        disabled=is_fixed(lab, "network"),
    )


def _take_preset(lab: Lab, key: str) -> None:
    if chosen := PRESETS.get(st.session_state[key]):
        lab.choose(with_ablations_of(chosen.with_seed(lab.spec.training.seed), lab.spec))


def _take_layer_count(lab: Lab, key: str) -> None:
    """A layer that is added starts as a copy of the one before it."""
    count = st.session_state[key]
    hidden = lab.spec.network.hidden[:count]
    last = hidden[-1] if hidden else HiddenLayer()
    _take_hidden(lab, (*hidden, *[last] * (count - len(hidden))))


def _take_layer(lab: Lab, index: int, field: str, key: str) -> None:
    hidden = list(lab.spec.network.hidden)
    if index < len(hidden):  # not when a preset took the layer away a moment ago
        hidden[index] = replace(hidden[index], **{field: st.session_state[key]})
        _take_hidden(lab, tuple(hidden))


def _take_hidden(lab: Lab, hidden: tuple[HiddenLayer, ...]) -> None:
    network = replace(lab.spec.network, hidden=hidden)
    spec = replace(lab.spec, network=network)
    if preset_name(network) is None and preset_name(lab.spec.network):
        spec = with_validation(spec)  # once: who sets the share to 0 afterwards keeps it
    lab.choose(spec)
