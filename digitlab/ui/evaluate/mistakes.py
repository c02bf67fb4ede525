"""The pairs of digits that the network confuses, and all its mistakes."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import confused_pairs, mistakes
from digitlab.data.mnist import Dataset
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.cards import show_cards
from digitlab.wording.descriptions import a, times

_MISTAKES_AT_ONCE = 10
_PAIRS_SHOWN = 5


def show_all_mistakes(
    lab: Lab,
    data: Dataset,
    probabilities: NDArray[np.float32],
    matrix: NDArray[np.int64],
) -> None:
    """Which digits it confuses, then every digit that it reads wrongly.

    Args:
        lab: of this session.
        data: all digits.
        probabilities: ten for each test digit.
        matrix: 10 rows of true labels, 10 columns of predicted ones, counts.
    """
    st.header("Which digits it confuses", anchor=False)
    _show_pairs(matrix)
    st.header("Every wrong answer", anchor=False)
    _show_mistakes(lab, data, probabilities)


def _show_pairs(matrix: NDArray[np.int64]) -> None:
    """The digits that are mistaken for each other most often, in words."""
    lines = [
        f"- **{pair.digit} and {pair.other}**: {times(pair.digit_as_other)} {a(pair.digit)} was "
        f"read as {pair.other}, {times(pair.other_as_digit)} {a(pair.other)} as {pair.digit}"
        for pair in confused_pairs(matrix, _PAIRS_SHOWN)
    ]
    st.markdown("\n".join(lines) or "None: every test digit was read correctly.")


def _show_mistakes(lab: Lab, data: Dataset, probabilities: NDArray[np.float32]) -> None:
    """All wrong answers, the surest first unless the learner wants it the other way round."""
    indices = mistakes(data.y_test, probabilities)
    if len(indices) == 0:
        st.markdown("There are none: every test digit was read correctly.")
        return
    st.markdown(
        f"It read {len(indices):,} digits wrongly. It is a good sign if it was not sure of them: "
        "the surest mistakes are the worst. Would you have read them?"
    )
    show_cards(lab, data, probabilities, indices, "mistakes", _MISTAKES_AT_ONCE)
