"""The view of Replay that marks an epoch on the curves of the training."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from digitlab.figures.replay import curves_at
from digitlab.records.history import history_columns
from digitlab.ui.replay.training_replay import TrainingReplay
from digitlab.ui.widgets import show

_CURVES = (
    "The curves are those of Train: each training point is an average over one epoch, in which "
    "the network was still changing."
)
_DIAMONDS = (
    " A diamond is its accuracy on the **test digits** after an epoch, so it can lie above the "
    "curve. There is one at the first moment, at the last, and at each epoch that you have looked "
    "at here or at **All test digits**."
)


def show_curves(replay: TrainingReplay, epoch: int, tested: Mapping[int, float]) -> None:
    """The curves of Train with this epoch marked, and where the largest step was."""
    st.markdown(_CURVES + _DIAMONDS * bool(tested))
    network = replay.network
    training, history = network.spec.training, network.history
    show.chart(
        curves_at(history, training.epochs, training.metric, epoch, tested),
        key="replay_curves",
        alt=f"Loss and {training.metric} of {len(history)} epochs, a line at epoch {epoch}"
        + ("; the test accuracy of the epochs that you have seen." if tested else "."),
    )
    losses = [record.logs["loss"] for record in history]
    if len(losses) > 1:
        drops = -np.diff(losses)
        at = int(drops.argmax())
        st.markdown(
            f"The loss fell most from epoch {at + 1} to {at + 2}: from {losses[at]:.3f} to "
            f"{losses[at + 1]:.3f}."
            if drops[at] > 0
            else f"The loss fell in no epoch: from {losses[0]:.3f} it went to {losses[-1]:.3f}."
        )
    with st.expander("These curves as a table"):
        show.table(history_columns(history))
