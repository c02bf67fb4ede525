"""The part of Replay that shows what the first layer has learned at an epoch."""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.layer_arithmetic import first_pictures
from digitlab.architecture.stack import stack_of
from digitlab.figures.style.tiles import tiles
from digitlab.records.layer_weights import layers_of
from digitlab.ui.inside.weights import CAPTIONS, HEADS
from digitlab.ui.replay.training_replay import TrainingReplay
from digitlab.ui.shell import path
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.say import Message, say, say_message, to_say

_UNITS_SHOWN = 10
_UNIT_WIDTH = 78  # ten beside each other on a laptop

_ALTS: Final[dict[tuple[str, bool], Message]] = {
    ("unit", True): to_say("The weights of unit {number} after epoch {epoch}"),
    ("unit", False): to_say("The weights of unit {number} before it learned"),
    ("filter", True): to_say("The weights of filter {number} after epoch {epoch}"),
    ("filter", False): to_say("The weights of filter {number} before it learned"),
    ("digit", True): to_say("The weights of digit {number} after epoch {epoch}"),
    ("digit", False): to_say("The weights of digit {number} before it learned"),
}
"""By what has the weights, and whether an epoch is over."""


def show_weights(replay: TrainingReplay, epoch: int) -> None:
    """The weights of the first layer at this epoch, as pictures."""
    pictures = {shown: _pictures(replay, shown) for shown in {epoch, replay.epochs[-1]}}
    now = pictures[epoch]
    if now is None:
        st.markdown(say("The weights of the first layer can't be shown as a picture."))
        return
    spec = replay.network.spec.network
    unit_name = "filter" if spec.convolutions else "unit" if spec.hidden else "digit"
    names = [say_message(CAPTIONS[unit_name], number=number) for number in range(len(now))]
    last = pictures[replay.epochs[-1]]
    most = float(np.abs(last).max()) if last is not None else 1.0
    shown = min(len(now), _UNITS_SHOWN)
    st.markdown(f"{_what_is_seen(unit_name)} {_colours()}")
    if shown < len(now):
        st.caption(
            say(
                "Here are the first {shown} of {all}. The page {page} shows all of them.",
                shown=shown,
                all=len(now),
                page=path.step("Look inside").title,
            )
        )
    show.pictures(
        tiles(now[:shown], most, _UNIT_WIDTH),
        names[:shown],
        [
            say_message(_ALTS[unit_name, epoch > 0], number=number, epoch=epoch)
            for number in range(shown)
        ],
        _UNIT_WIDTH,
    )
    with fold(say("These weights as numbers")):
        show.table(
            {
                say_message(HEADS[unit_name]): names,
                say("Smallest weight"): now.min(axis=(1, 2)),
                say("Largest weight"): now.max(axis=(1, 2)),
            },
        )


def _what_is_seen(unit_name: str) -> str:
    if unit_name == "filter":
        return say(
            "Each picture shows the weights of one filter of the first layer. A filter is a small "
            "window that moves over the picture."
        )
    return say(
        "Each picture shows the weights of one unit of the first layer. Each weight stands at the "
        "place of its pixel."
    )


def _colours() -> str:
    return say(
        "**Blue**: ink there raises the sum. **Orange**: ink there lowers the sum. White is 0. A "
        "colour means the same number at every epoch, so you can see what changes."
    )


def _pictures(replay: TrainingReplay, epoch: int) -> NDArray[np.float32] | None:
    """The first layer's kernel at an epoch, `(units, h, w)`."""
    network = replay.at(epoch)
    stack = stack_of(network.architecture)
    first = next(layer for layer in layers_of(network) if layer.arrays)
    return first_pictures(stack, first)
