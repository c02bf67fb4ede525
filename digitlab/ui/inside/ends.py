"""The end of a network: from ten sums to ten probabilities, or to ten shares."""

import streamlit as st

from digitlab.brought.stack import LayerStack
from digitlab.figures.ends import sigmoid_cells, softmax_cells
from digitlab.inspection.arithmetic import Array, sigmoid_steps, softmax_steps
from digitlab.inspection.records import Passage
from digitlab.numerals import per_cent
from digitlab.ui import show
from digitlab.ui.inside.words import number


def show_end(stack: LayerStack, passage: Passage) -> None:
    """What the ten sums of a picture become, step by step."""
    if stack.gives_sigmoids:
        st.header("From ten sums to ten shares", anchor=False)
        _show_sigmoids(passage.logits)
    else:
        st.header("From ten sums to ten probabilities", anchor=False)
        _show_softmax(passage.logits)


def _show_sigmoids(logits: Array) -> None:
    steps = sigmoid_steps(logits)
    chart, words = st.columns([3, 2], gap="large")
    best = int(steps.sums.argmax())
    total, bent = number(float(steps.bent.sum()), 4), number(float(steps.bent[best]), 4)
    with chart:
        show.chart(
            sigmoid_cells(steps.sums, steps.bent, steps.shares),
            key="inside_softmax",
            alt=f"Ten digits with sum, sigmoid and share; {best} has the largest: "
            f"{number(float(steps.sums[best]), 2)}, and {per_cent(steps.shares[best], 1)}.",
        )
    with words:
        st.markdown(
            "This network ends with a **sigmoid** for each digit, not with softmax:\n\n"
            "1. Each of the ten sums goes into a sigmoid of its own.\n"
            "2. That makes a number from 0 to 1 of each. One number knows nothing of the others: together they need not "
            f"make 1. Here they add up to {total}.\n"
            f"3. The lab divides each by this sum, so that they are shares of 1: for {best} that is "
            f"{bent} / {total} = **{number(float(steps.shares[best]), 4)}**. The largest stays the largest.\n\n"
            "Point at a cell to see it worked out."
        )
    with st.expander("The thirty numbers"):
        show.table(
            {
                "Digit": range(len(steps.sums)),
                "Sum": steps.sums,
                "Sigmoid": steps.bent,
                "Share": steps.shares,
            },
        )


def _show_softmax(logits: Array) -> None:
    steps = softmax_steps(logits)
    chart, words = st.columns([3, 2], gap="large")
    best = int(steps.sums.argmax())
    with chart:
        show.chart(
            softmax_cells(steps.sums, steps.powers, steps.shares),
            key="inside_softmax",
            alt=f"Ten digits with sum, power and share; {best} has the largest: "
            f"{number(float(steps.sums[best]), 2)}, and {per_cent(steps.shares[best], 1)}.",
        )
    with words:
        st.markdown(
            "**Softmax** turns the ten logits into shares of 1:\n\n"
            f"1. From each sum the largest, {number(float(steps.sums[best]), 2)}, is taken off. The shares "
            "stay the same, and no number gets too large.\n"
            "2. e = 2.718… to the power of that. So the largest gets 1, and one more in the sum counts 2.7 times "
            "as much.\n"
            f"3. Each power divided by the sum of all ten, {number(float(steps.powers.sum()), 4)}: for {best} that is "
            f"1 / {number(float(steps.powers.sum()), 4)} = **{number(float(steps.shares[best]), 4)}**.\n\n"
            "Point at a cell to see it worked out."
        )
    with st.expander("The thirty numbers"):
        show.table(
            {
                "Digit": range(len(steps.sums)),
                "Sum": steps.sums,
                "Power": steps.powers,
                "Share": steps.shares,
            },
        )
