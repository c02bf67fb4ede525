"""Calibration: is the network as often right as it says?"""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.confidence import FAIR, Bin, calibration_error, means, reliability
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.figures.robustness import reliability_bars
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal, per_cent, whole
from digitlab.wording.say import say, say_count
from digitlab.wording.shares import hundredths, whole_per_cent

_FEW = 50
"""With fewer digits the share right depends on chance by 7 of 100 and more."""


def show_calibration(data: Dataset, probabilities: NDArray[np.float32]) -> str:
    """The reliability diagram, and the bin that is looked at; returns what was seen."""
    st.markdown(
        say(
            "Take all digits for which a network is {share} sure. It should read 80 of 100 of "
            "them correctly. If this is true for all its answers, the network is **calibrated**. "
            "Then every bar ends on the dashed line.",
            share=per_cent(0.8),
        )
    )
    bins = reliability(data.y_test, probabilities)
    controls, picture = st.columns([2, 3], gap="large")
    with controls:
        index = _choose(bins)
        _tell_bin(bins[index])
        _tell_error(bins)
    sure, right = means(bins)
    seen = say(
        "Your network is {sure} sure on average, and it reads {right} of 100 test digits.",
        sure=per_cent(sure, 1),
        right=decimal(100 * right, 1),
    )
    with picture:
        show.chart(
            reliability_bars(bins, index),
            key="robust_calibration",
            alt=say(
                "Ten bars show the share of right answers, by how sure the network is. A dashed "
                "line shows where they should end. {seen}",
                seen=seen,
            ),
        )
    _table(bins)
    show.code(robustness.calibrate(), folded=True)
    return seen


def _table(bins: tuple[Bin, ...]) -> None:
    with fold(say("All numbers of these bars")):
        share = st.column_config.NumberColumn(format="%.3f")
        filled = [bin_ for bin_ in bins if bin_.count]
        count, sure, right = (
            say("Digits"),
            say("How sure on average"),
            say("Share of right answers"),
        )
        show.table(
            {
                say("How sure"): [_between(bin_) for bin_ in filled],
                count: [bin_.count for bin_ in filled],
                sure: [bin_.confidence for bin_ in filled],
                right: [bin_.accuracy for bin_ in filled],
            },
            column_config={
                count: st.column_config.NumberColumn(format="localized"),
                sure: share,
                right: share,
            },
        )


def _choose(bins: tuple[Bin, ...]) -> int:
    """The bar that is looked at: its number."""
    largest = max(range(1, len(bins)), key=lambda number: bins[number].count)
    index: int = st.select_slider(
        say("How sure it is"),
        range(1, len(bins)),  # the largest of ten probabilities is never below 10 %
        largest,
        format_func=lambda number: _between(bins[number]),
        key=f"robust_bin_{largest}",
        persist_state="session",
    )
    return index


def _between(bin_: Bin) -> str:
    return f"{decimal(100 * bin_.low, 0)}–{per_cent(bin_.high)}"


def _tell_bin(bin_: Bin) -> None:
    if not bin_.count:
        none = say("It is {range} sure for none of the test digits.", range=_between(bin_))
        st.markdown(none)
        return
    sentences = [
        say_count(
            "It is {range} sure for **{count}** test digit, on average {mean}.",
            "It is {range} sure for **{count}** test digits, on average {mean}.",
            bin_.count,
            range=_between(bin_),
            mean=whole_per_cent(bin_.confidence),
        ),
        say(
            "It reads **{right}** of these correctly: {share} of 100.",
            right=whole(round(bin_.accuracy * bin_.count)),
            share=hundredths(bin_.accuracy),
        ),
    ]
    if bin_.count < _FEW:
        sentences.append(say("These are very few digits, so chance can change this number."))
    st.markdown(" ".join(sentences))


def _tell_error(bins: tuple[Bin, ...]) -> None:
    sure, right = means(bins)
    if abs(sure - right) < FAIR:
        kind = say("So it is about as sure as it should be.")
    elif sure > right:
        kind = say("So it is surer than it should be: it is **overconfident**.")
    else:
        kind = say("So it is less sure than it should be: it is **underconfident**.")
    everywhere = say(
        "Over all digits it is {sure} sure on average, and it reads {right} of 100 correctly.",
        sure=per_cent(sure, 1),
        right=decimal(100 * right, 1),
    )
    st.markdown(f"{everywhere} {kind}")
    st.markdown(
        say(
            "The **expected calibration error** is one number for all bars. It tells how far a bar "
            "ends from the dashed line, on average over the digits. Here it is **{error}** of 100. "
            "0 is best.",
            error=decimal(100 * calibration_error(bins), 1),
        )
    )
