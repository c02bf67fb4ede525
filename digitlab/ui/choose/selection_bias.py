"""The view of Choose that says why the best looks too good by the digits it was chosen by."""

import streamlit as st

from digitlab.analysis.selection_bias import DIGITS, fifty_networks, selection_bias
from digitlab.figures.search import bias_curve
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say

_COUNTS = (1, 2, 5, 10, 20, 30, 40, 50)
_DIGITS = (100, 300, 1000, 3000)


def show_selection_bias() -> None:
    """Choose by so many digits from up to fifty networks, and test the chosen one on others."""
    right = fifty_networks()
    shares = right.mean(axis=1)
    st.markdown(
        say(
            "Here are the real answers of **fifty networks** to {count} digits that they did not "
            "learn from. They have the same recipe (ReLU 128, five epochs). Only the seeds are "
            "different, so the networks are almost equal: they read {low} to {high} of 100. Choose "
            "the best of them by **a few digits**. Then test it on all other digits.",
            count=whole(DIGITS),
            low=decimal(100 * shares.min(), 1),
            high=decimal(100 * shares.max(), 1),
        )
    )
    digits = st.segmented_control(
        say("Choose by this many digits"),
        _DIGITS,
        default=_DIGITS[0],
        key="choose_bias_digits",
        required=True,
        persist_state="session",
        format_func=whole,
    )
    pairs = [selection_bias(right[:count], digits) for count in _COUNTS]
    chosen_by, others = ([pair[side] for pair in pairs] for side in (0, 1))
    show.chart(
        bias_curve(_COUNTS, chosen_by, others),
        key="choose_bias",
        alt=" ".join(
            [
                say("The share that the best of several networks reads correctly."),
                *(
                    say(
                        "Best of {count}: {seen} of the digits it was chosen by, {others} of "
                        "other digits.",
                        count=count,
                        seen=decimal(seen, 4),
                        others=decimal(other, 4),
                    )
                    for count, seen, other in zip(_COUNTS, chosen_by, others, strict=True)
                ),
            ]
        ),
    )
    best, other = (round(100 * shares[-1], 2) for shares in (chosen_by, others))  # as they stand
    st.markdown(
        say(
            "The best of fifty was chosen by {digits} digits, and reads **{seen}** of 100 of them. "
            "It reads only **{other}** of 100 other digits. Its score was **{points} points too "
            "good**. It won partly because it was lucky with these digits. That is why you choose "
            "by validation digits, and open the test digits once, at the end.",
            digits=whole(digits),
            seen=decimal(best, 2),
            other=decimal(other, 2),
            points=decimal(best - other, 2),
        )
    )
    st.caption(
        say(
            "Each number is the mean of 1,000 tries. Each try takes other digits at random to "
            "choose by."
        )
    )
