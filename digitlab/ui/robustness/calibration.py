"""Calibration: is the network as often right as it says?"""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.confidence import FAIR, Bin, calibration_error, means, reliability
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.figures.robustness import reliability_bars
from digitlab.ui.widgets import show
from digitlab.wording.numerals import hundredths, per_cent, whole_per_cent

_FEW = 50
"""With fewer digits the share right depends on chance by 7 of 100 and more."""


def show_calibration(data: Dataset, probabilities: NDArray[np.float32]) -> str:
    """The reliability diagram, and the bin that is looked at; returns what was seen."""
    st.markdown(
        "Of all the digits where a network says *80\N{NO-BREAK SPACE}%*, it should get 80 of 100 "
        "right. A network for which this holds is **calibrated**: its bars end on the dashed line."
    )
    bins = reliability(data.y_test, probabilities)
    controls, picture = st.columns([2, 3], gap="large")
    with controls:
        index = _choose(bins)
        _tell_bin(bins[index])
        _tell_error(bins)
    sure, right = means(bins)
    seen = (
        f"on average your network says it is {per_cent(sure, 1)} sure, and it reads "
        f"{100 * right:.1f} of 100 test digits."
    )
    with picture:
        show.chart(
            reliability_bars(bins, index),
            key="robust_calibration",
            alt="Bars of the share right in ten bins of what the network says, beside the line "
            "where both are the same: " + seen,
        )
    _table(bins)
    show.code(robustness.calibrate(), folded=True)
    return seen


def _table(bins: tuple[Bin, ...]) -> None:
    with st.expander("All numbers of these bars"):
        share = st.column_config.NumberColumn(format="%.3f")
        filled = [bin_ for bin_ in bins if bin_.count]
        show.table(
            {
                "It says": [_between(bin_) for bin_ in filled],
                "Digits": [bin_.count for bin_ in filled],
                "On average it says": [bin_.confidence for bin_ in filled],
                "Share right": [bin_.accuracy for bin_ in filled],
            },
            column_config={
                "Digits": st.column_config.NumberColumn(format="localized"),
                "On average it says": share,
                "Share right": share,
            },
        )


def _choose(bins: tuple[Bin, ...]) -> int:
    """The bar that is looked at: its number."""
    largest = max(range(1, len(bins)), key=lambda number: bins[number].count)
    index: int = st.select_slider(
        "It says",
        range(1, len(bins)),  # the largest of ten probabilities is never below 10 %
        largest,
        format_func=lambda number: _between(bins[number]),
        key=f"robust_bin_{largest}",
        persist_state="session",
    )
    return index


def _between(bin_: Bin) -> str:
    return f"{100 * bin_.low:.0f}–{per_cent(bin_.high)}"


def _tell_bin(bin_: Bin) -> None:
    if not bin_.count:
        st.markdown(f"It says {_between(bin_)} to none of the test digits.")
        return
    few = " That is very few: chance plays a part." if bin_.count < _FEW else ""
    st.markdown(
        f"For **{bin_.count:,}** test digit{'s' * (bin_.count != 1)} it says {_between(bin_)}, on "
        f"average {whole_per_cent(bin_.confidence)}. Of these it gets "
        f"**{round(bin_.accuracy * bin_.count):,}** right, {hundredths(bin_.accuracy)} of 100.{few}"
    )


def _tell_error(bins: tuple[Bin, ...]) -> None:
    sure, right = means(bins)
    if abs(sure - right) < FAIR:
        kind = "about as sure as it is right"
    elif sure > right:
        kind = "surer than it should be: **overconfident**"
    else:
        kind = "less sure than it could be: **underconfident**"
    st.markdown(
        f"Over all digits it says {per_cent(sure, 1)} on average and is right in "
        f"{100 * right:.1f} of 100. So it is {kind}."
    )
    st.markdown(
        "The **expected calibration error** puts all bars in one number: how far each ends from "
        "what the network says there, on average over the digits. Here it is "
        f"**{100 * calibration_error(bins):.1f}** of 100; 0 is best."
    )
