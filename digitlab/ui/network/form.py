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
from digitlab.wording.choices import recipe
from digitlab.wording.exam import validation_words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

OWN = "Your own"


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
            "Your network has more parameters than this lab trains, which is up to "
            f"{limits.MAX_PARAMETERS:,} parameters. Give the first hidden layer fewer units."
        )


def _layer_choice(lab: Lab) -> None:
    hidden = lab.spec.network.hidden
    key = control_key("network_layers", len(hidden))
    st.slider(
        "Hidden layers",
        0,
        limits.MAX_HIDDEN_LAYERS,
        len(hidden),
        key=key,
        on_change=_take_layer_count,
        args=(lab, key),
        disabled=is_fixed(lab, "network"),
        help=explained(lab, "network", "Dense layers between the picture and the ten answers."),
    )
    with st.container(gap="xsmall"):
        for index, layer in enumerate(hidden):
            _layer_controls(lab, index, layer)


def _preset_choice(lab: Lab) -> None:
    name = preset_name(lab.spec.network)
    key = control_key("network_preset", name or OWN)
    st.pills(
        "Network",
        [*PRESETS] if name else [*PRESETS, OWN],
        default=name or OWN,
        required=True,
        wrap=True,
        key=key,
        on_change=_take_preset,
        args=(lab, key),
        disabled=is_fixed(lab, "network"),
        help=explained(lab, "network"),
    )
    st.caption(
        f"{'Its recipe' if name else 'The recipe'} on Train: {recipe(lab.spec)}."
        + validation_words(lab.spec.training.validation_share)
    )


def _layer_controls(lab: Lab, index: int, layer: HiddenLayer) -> None:
    row = st.container(horizontal=True, gap="small")  # one under the other where it is narrow
    key = control_key(f"network_units_{index}", layer.units)
    row.number_input(
        f"Layer {index + 1}: units",
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
        f"Layer {index + 1}: activation",
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
