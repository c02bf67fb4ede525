"""The part of Replay that shows what the first layer has learned at an epoch."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.layer_arithmetic import first_pictures
from digitlab.architecture.stack import stack_of
from digitlab.figures.style.tiles import tiles
from digitlab.records.layer_weights import layers_of
from digitlab.ui.replay.training_replay import TrainingReplay, when
from digitlab.ui.widgets import show

_UNITS_SHOWN = 10
_UNIT_WIDTH = 78  # ten beside each other on a laptop

_COLOURS = (
    "**Blue**: ink there raises its sum. **Orange**: ink there lowers it. White is 0. A colour "
    "means the same number at every epoch, so you can see what changes."
)
_PLACES = (
    "Each picture shows the weights of one unit of the first layer, each weight where its pixel "
    f"is. {_COLOURS}"
)
_WINDOWS = (
    "Each picture shows the weights of one filter, a window that slides over the picture. "
    f"{_COLOURS}"
)


def show_weights(replay: TrainingReplay, epoch: int) -> None:
    """The weights of the first layer at this epoch, as pictures."""
    pictures = {shown: _pictures(replay, shown) for shown in {epoch, replay.epochs[-1]}}
    now = pictures[epoch]
    if now is None:
        st.markdown("The weights of its first layer don't lie on the picture, so they make none.")
        return
    spec = replay.network.spec.network
    unit_name = "filter" if spec.convolutions else "unit" if spec.hidden else "digit"
    names = [f"{unit_name} {number}" for number in range(len(now))]
    last = pictures[replay.epochs[-1]]
    most = float(np.abs(last).max()) if last is not None else 1.0
    shown = min(len(now), _UNITS_SHOWN)
    st.markdown(_WINDOWS if unit_name == "filter" else _PLACES)
    if shown < len(now):
        st.caption(f"The first {shown} of {len(now)}: Look inside shows all of them.")
    show.pictures(
        tiles(now[:shown], most, _UNIT_WIDTH),
        names[:shown],
        [f"Weights of {name} {when(epoch)}" for name in names[:shown]],
        _UNIT_WIDTH,
    )
    with st.expander("These weights in numbers"):
        show.table(
            {
                unit_name.capitalize(): names,
                "smallest weight": now.min(axis=(1, 2)),
                "largest weight": now.max(axis=(1, 2)),
            },
        )


def _pictures(replay: TrainingReplay, epoch: int) -> NDArray[np.float32] | None:
    """The first layer's kernel at an epoch, `(units, h, w)`."""
    network = replay.at(epoch)
    stack = stack_of(network.architecture)
    first = next(layer for layer in layers_of(network) if layer.arrays)
    return first_pictures(stack, first)
