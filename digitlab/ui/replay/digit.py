"""The view of Replay that follows one test digit through the epochs."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.figures.replay import probability_history
from digitlab.ui.replay.training_replay import TrainingReplay
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit, picture_alt
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import percent


def show_digit(lab: Lab, replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """One test digit, and how the ten probabilities for it changed from epoch to epoch."""
    words, chart = st.columns([2, 5], gap="large")
    with words:
        index = choose_test_digit(lab, "replay")
        label = int(data.y_test[index])
        show.digit(data.x_test[index], alt=picture_alt(f"x_test[{index}]", label), width=112)
    probabilities = replay.probability_history(index, data)
    here = probabilities[replay.epochs.index(epoch)]
    words.markdown(
        f"{_answer_words(epoch, int(here.argmax()), percent(here.max()))} "
        f"{_since(replay.epochs, probabilities, label)}"
    )
    with chart:
        show.chart(
            probability_history(replay.epochs, probabilities, label, epoch),
            key="replay_course",
            alt=say(
                "Ten lines over the epochs, one for each digit. The line of the true digit {label} "
                "goes from {first} to {last}.",
                label=label,
                first=per_cent(probabilities[0, label]),
                last=per_cent(probabilities[-1, label]),
            ),
        )
    with fold(say("These probabilities as a table")):
        columns = {str(digit): probabilities[:, digit] for digit in range(probabilities.shape[1])}
        show.table({say("Epoch"): replay.epochs, **columns})


def _answer_words(epoch: int, answer: int, chance: str) -> str:
    """What the network answers at this moment."""
    if epoch == 0:
        return say(
            "The network answered **{answer}** with {chance} **before it learned**.",
            answer=answer,
            chance=chance,
        )
    return say(
        "The network answers **{answer}** with {chance} **after epoch {epoch}**.",
        answer=answer,
        chance=chance,
        epoch=epoch,
    )


def _since(epochs: Sequence[int], probabilities: NDArray[np.float32], label: int) -> str:
    """From when on the digit is read rightly."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != label)
    if len(wrong) == 0:
        return say("It has read this {label} correctly from the beginning.", label=label)
    if wrong[-1] == len(epochs) - 1:
        return say("It is still wrong at the end: this is the digit {label}.", label=label)
    return say(
        "It has read this {label} correctly since epoch {epoch}.",
        label=label,
        epoch=epochs[wrong[-1] + 1],
    )
