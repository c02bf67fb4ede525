"""The view of Replay that marks an epoch on the curves of the training."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from digitlab.figures.replay import curves_at
from digitlab.records.history import history_columns
from digitlab.ui.replay.training_replay import TrainingReplay
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say, say_count


def show_curves(replay: TrainingReplay, epoch: int, tested: Mapping[int, float]) -> None:
    """The curves of Train with this epoch marked, and where the largest step was."""
    sentences = [
        say(
            "These are the curves of the page Train. Each point of the training curve is an "
            "average over one epoch. The network was still changing during this epoch."
        )
    ]
    if tested:
        sentences.append(
            say(
                "So a diamond can be above the curve: it shows the accuracy on the **test digits** "
                "at the end of an epoch. You see a diamond for the start, one for the end, and one "
                "for each epoch that you have looked at."
            )
        )
    st.markdown(" ".join(sentences))
    network = replay.network
    training, history = network.spec.training, network.history
    show.chart(
        curves_at(history, training.epochs, training.metric, epoch, tested),
        key="replay_curves",
        alt=_alt(len(history), epoch, bool(tested)),
    )
    losses = [record.logs["loss"] for record in history]
    if len(losses) > 2:  # two have one fall, and nothing to compare it with
        drops = -np.diff(losses)
        at = int(drops.argmax())
        st.markdown(
            say(
                "The training curve begins at epoch 1. After that it falls most from epoch "
                "{before} to epoch {after}: from {high} to {low}.",
                before=at + 1,
                after=at + 2,
                high=decimal(losses[at], 3),
                low=decimal(losses[at + 1], 3),
            )
            if drops[at] > 0
            else say(
                "The loss fell in no epoch. It went from {first} to {last}.",
                first=decimal(losses[0], 3),
                last=decimal(losses[-1], 3),
            )
        )
    with fold(say("These curves as a table")):
        show.table(history_columns(history))


def _alt(count: int, epoch: int, tested: bool) -> str:
    """What the curves show, for those who can't see them."""
    if tested:
        return say_count(
            "The loss and the metric of {count} epoch, with a line at epoch {epoch}. Diamonds show "
            "the test accuracy.",
            "The loss and the metric of {count} epochs, with a line at epoch {epoch}. Diamonds "
            "show the test accuracy.",
            count,
            epoch=epoch,
        )
    return say_count(
        "The loss and the metric of {count} epoch, with a line at epoch {epoch}.",
        "The loss and the metric of {count} epochs, with a line at epoch {epoch}.",
        count,
        epoch=epoch,
    )
