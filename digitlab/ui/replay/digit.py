"""The view of Replay that follows one test digit through the epochs."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.figures.replay import probability_history
from digitlab.ui.replay.training_replay import TrainingReplay, when
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit
from digitlab.wording.descriptions import a, percent
from digitlab.wording.numerals import per_cent


def show_digit(lab: Lab, replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """One test digit, and how the ten probabilities for it changed from epoch to epoch."""
    words, chart = st.columns([2, 5], gap="large")
    with words:
        index = choose_test_digit(lab, "replay")
        label = int(data.y_test[index])
        show.digit(data.x_test[index], alt=f"Test digit {index}, {a(label)}", width=112)
    probabilities = replay.probability_history(index, data)
    here = probabilities[replay.epochs.index(epoch)]
    says = "says" if epoch else "said"
    words.markdown(
        f"{when(epoch).capitalize()} it {says} **{here.argmax()}** with {percent(here.max())}. "
        f"{_since(replay.epochs, probabilities, label)}"
    )
    with chart:
        show.chart(
            probability_history(replay.epochs, probabilities, label, epoch),
            key="replay_course",
            alt=f"Ten lines over the epochs, one a digit: {label}, the true one, goes from "
            f"{per_cent(probabilities[0, label])} to {per_cent(probabilities[-1, label])}.",
        )
    with st.expander("These probabilities as a table"):
        columns = {str(digit): probabilities[:, digit] for digit in range(probabilities.shape[1])}
        show.table({"epoch": replay.epochs, **columns})


def _since(epochs: Sequence[int], probabilities: NDArray[np.float32], label: int) -> str:
    """From when on the digit is read rightly."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != label)
    if len(wrong) == 0:
        return f"It has read this {label} correctly from the beginning."
    if wrong[-1] == len(epochs) - 1:
        return f"In the end it is still wrong: this is {a(label)}."
    return f"It has read this {label} rightly since epoch {epochs[wrong[-1] + 1]}."
