"""The view of Choose that says why the best looks too good by the digits it was chosen by."""

import streamlit as st

from digitlab.analysis.selection_bias import DIGITS, fifty_networks, selection_bias
from digitlab.figures.search import bias_curve
from digitlab.ui.widgets import show

_COUNTS = (1, 2, 5, 10, 20, 30, 40, 50)
_DIGITS = (100, 300, 1000, 3000)


def show_selection_bias() -> None:
    """Choose by so many digits from up to fifty networks, and test the chosen one on others."""
    right = fifty_networks()
    shares = right.mean(axis=1)
    st.markdown(
        f"Here are the real answers of **fifty networks** to {DIGITS:,} digits that they did not "
        "learn from. All have the same recipe (ReLU 128, five epochs), only the seeds differ, so "
        f"they are nearly equal: they read {100 * shares.min():.1f} to {100 * shares.max():.1f} of "
        "100. Choose the best of them by **a few digits**, then test it on all the others."
    )
    digits = st.segmented_control(
        "Choose by this many digits",
        _DIGITS,
        default=_DIGITS[0],
        key="choose_bias_digits",
        required=True,
        persist_state="session",
        format_func="{:,}".format,
    )
    pairs = [selection_bias(right[:count], digits) for count in _COUNTS]
    chosen_by, others = ([pair[side] for pair in pairs] for side in (0, 1))
    show.chart(
        bias_curve(_COUNTS, chosen_by, others),
        key="choose_bias",
        alt="Share read correctly by the best of several networks. "
        + " ".join(
            f"Best of {count}: {seen:.4f} of the digits it was chosen by, {other:.4f} of others."
            for count, seen, other in zip(_COUNTS, chosen_by, others, strict=True)
        ),
    )
    fall = 100 * (chosen_by[-1] - others[-1])
    st.markdown(
        f"The best of fifty reads **{100 * chosen_by[-1]:.2f}** of 100 of the {digits:,} digits it "
        f"was chosen by, but only **{100 * others[-1]:.2f}** of 100 other digits: its score was "
        f"**{fall:.2f} points too good**. It won partly because it was lucky with these digits. "
        "That is why you choose by validation digits, and why the test digits are opened once, at "
        "the end. (Each number is a mean of 1,000 random draws.)"
    )
