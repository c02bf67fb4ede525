"""The pairs of digits that the network confuses, and all its mistakes."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import confused_pairs, mistakes
from digitlab.data.mnist import Dataset
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.cards import show_cards
from digitlab.wording.say import say, say_count

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
    st.header(say("Which digits it mixes up"), anchor=False)
    _show_pairs(matrix)
    st.header(say("Every wrong answer"), anchor=False)
    _show_mistakes(lab, data, probabilities)


def _show_pairs(matrix: NDArray[np.int64]) -> None:
    """The digits that are mistaken for each other most often, in words."""
    lines = [
        say(
            "- **{digit} and {other}**: {digit} read as {other}: {there}, {other} read as {digit}: "
            "{back}",
            digit=pair.digit,
            other=pair.other,
            there=_times(pair.digit_as_other),
            back=_times(pair.other_as_digit),
        )
        for pair in confused_pairs(matrix, _PAIRS_SHOWN)
    ]
    none = say("None: your network reads every test digit correctly.")
    st.markdown("\n".join(lines) or none)


def _times(count: int) -> str:
    return say_count("{count} time", "{count} times", count)


def _show_mistakes(lab: Lab, data: Dataset, probabilities: NDArray[np.float32]) -> None:
    """All wrong answers, the surest first unless the learner wants it the other way round."""
    indices = mistakes(data.y_test, probabilities)
    if len(indices) == 0:
        st.markdown(say("There are none: your network reads every test digit correctly."))
        return
    st.markdown(
        say_count(
            "Your network reads {count} digit wrongly. It is a good sign if it is not sure of it. "
            "A sure mistake is the worst. Can you read this digit?",
            "Your network reads {count} digits wrongly. It is a good sign if it is not sure of "
            "them. Sure mistakes are the worst. Can you read these digits?",
            len(indices),
        )
    )
    show_cards(lab, data, probabilities, indices, "mistakes", _MISTAKES_AT_ONCE)
