"""The view of Replay that shows what the network reads of all test digits at an epoch."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.ui.replay.training_replay import TrainingReplay, of_hundred
from digitlab.ui.widgets import show
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_message, to_say

_CHANGES: Final[dict[tuple[int, bool], Message]] = {
    (1, True): to_say("That is {count} more of the 10,000 than after epoch {epoch}."),
    (-1, True): to_say("That is {count} fewer of the 10,000 than after epoch {epoch}."),
    (0, True): to_say("That is as many as after epoch {epoch}."),
    (1, False): to_say("That is {count} more of the 10,000 than before it learned."),
    (-1, False): to_say("That is {count} fewer of the 10,000 than before it learned."),
    (0, False): to_say("That is as many as before it learned."),
}
"""By the sign of the change, and whether it is counted from an epoch."""


def show_test_digits(replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """How many test digits it reads at this epoch, and which it takes for another."""
    matrix = replay.matrix(epoch, data)
    right = int(np.trace(matrix))
    st.markdown(f"{_reads(epoch, of_hundred(matrix))} {_change(replay, epoch, right)}")
    show.chart(
        confusion_heat_map(matrix),
        key="replay_matrix",
        alt=say(
            "The confusion matrix of the 10,000 test digits after epoch {epoch}: {right} answers "
            "are right.",
            epoch=epoch,
            right=whole(right),
        )
        if epoch
        else say(
            "The confusion matrix of the 10,000 test digits before it learned: {right} answers are "
            "right.",
            right=whole(right),
        ),
    )


def _reads(epoch: int, right: str) -> str:
    if epoch == 0:
        return say(
            "The network read {right} of 100 test digits **before it learned**.", right=right
        )
    return say(
        "The network reads {right} of 100 test digits **after epoch {epoch}**.",
        right=right,
        epoch=epoch,
    )


def _change(replay: TrainingReplay, epoch: int, right: int) -> str:
    """How much that differs from the epoch before; what a network reads before it learns."""
    if epoch == 0:
        zero = say("All its weights were still 0. A network that guesses reads about 10 of 100.")
        random = say("Its weights were still random. A network that guesses reads about 10 of 100.")
        return zero if replay.network.spec.training.zero_start else random
    earlier = [seen for seen in replay.matrices if seen < epoch]
    if not earlier:
        return ""
    last = max(earlier)
    gain = right - int(np.trace(replay.matrices[last]))
    message = _CHANGES[int(np.sign(gain)), last > 0]
    return say_message(message, count=whole(abs(gain)), epoch=last)
