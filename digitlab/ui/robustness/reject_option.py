"""The reject option: the network says "I don't know" when it is not sure enough."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.confidence import (
    RejectOption,
    reject_option,
    reject_options,
    usual_threshold,
)
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.figures.robustness import accuracy_over_coverage
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import times
from digitlab.wording.numerals import per_cent

_SHARE = st.column_config.NumberColumn(format="%.3f")
_COUNT = st.column_config.NumberColumn(format="localized")


def choose_threshold(probabilities: NDArray[np.float32]) -> int:
    """How sure it must be to answer, in per cent; at first so that at least half is answered.

    Args:
        probabilities: to the test digits, shape (10000, 10). Some networks are never sure, others
            always.
    """
    usual = usual_threshold(probabilities)
    return st.slider(
        "Answer only when at least this sure, %",
        0,
        99,
        usual,
        key=f"robust_threshold_{usual}",
        persist_state="session",
    )


def show_reject_option(data: Dataset, probabilities: NDArray[np.float32]) -> str:
    """A threshold, and what comes of it for the test digits; returns what was seen."""
    st.markdown(
        "The largest of the ten probabilities tells how sure the network says it is. Set a "
        "**threshold**: below it the network says *I don't know*, and somebody has to look. "
        "It starts where yours answers at least half."
    )
    controls, picture = st.columns([2, 3], gap="large")
    with controls:
        percent = choose_threshold(probabilities)
        chosen = reject_option(data.y_test, probabilities, percent / 100)
        _show_counts(chosen, reject_option(data.y_test, probabilities, 0))
    everywhere = reject_options(data.y_test, probabilities)
    with picture:
        show.chart(
            accuracy_over_coverage(everywhere, chosen), key="robust_coverage", alt=_told(chosen)
        )
    with st.expander("All numbers of this curve"):
        show.table(
            {
                "Threshold": [per_cent(option.threshold) for option in everywhere],
                "Answered": [option.answered for option in everywhere],
                "Share answered": [option.coverage for option in everywhere],
                "Right": [option.right for option in everywhere],
                "Share right of these": [option.accuracy for option in everywhere],
            },
            column_config={
                "Answered": _COUNT,
                "Share answered": _SHARE,
                "Right": _COUNT,
                "Share right of these": _SHARE,
            },
        )
    show.code(robustness.DOUBT)
    return _told(chosen)


def _show_counts(chosen: RejectOption, always: RejectOption) -> None:
    first, second = st.columns(2)
    first.metric("Coverage", per_cent(chosen.coverage, 1), help="Share that it answers.")
    share = "–" if chosen.accuracy is None else per_cent(chosen.accuracy, 1)
    second.metric("Right of these", share)
    st.markdown(
        f"It answers **{chosen.answered:,}** of {chosen.total:,} test digits; "
        f"**{chosen.right:,}** of these answers are right. It says *I don't know* "
        f"**{times(chosen.unanswered)}**"
        + (
            f"; it would have read {chosen.right_unsaid:,} of these correctly."
            if chosen.unanswered
            else "."
        )
    )
    st.markdown(
        f"Always answering makes {always.answered - always.right:,} mistakes, with this threshold "
        f"{chosen.answered - chosen.right:,}. Which is better depends on what a mistake costs."
    )


def _told(chosen: RejectOption) -> str:
    percent = per_cent(chosen.threshold)
    if chosen.accuracy is None:
        return (
            f"with a threshold of {percent} your network answers none of {chosen.total:,} test "
            "digits."
        )
    return (
        f"with a threshold of {percent} your network answers {chosen.answered:,} of "
        f"{chosen.total:,} test digits, and {chosen.right:,} of these answers are right "
        f"({per_cent(chosen.accuracy, 1)})."
    )
