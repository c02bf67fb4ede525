"""The output layer: from ten logits to ten probabilities, or to ten shares."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.layer_arithmetic import Array, sigmoid_steps, softmax_steps
from digitlab.architecture.stack import stack_of
from digitlab.compute import inspect_tasks
from digitlab.export.snippets import inside
from digitlab.figures.output import sigmoid_cells, softmax_cells
from digitlab.records.networks import Network
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.number_words import number
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.inside.worker import ask
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import per_cent

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def show_last_step(lab: Lab, network: Network, sample: Sample) -> str:
    """What the ten logits of a picture become, step by step; returns what was seen."""
    forward = ask(inspect_tasks.forward_pass, network, sample.pixels)
    if forward is None:
        return ""
    stack = stack_of(network.architecture)
    becomes = "shares" if stack.gives_sigmoids else "probabilities"
    st.markdown(
        "The last layer makes ten sums, one for each digit. Each of them is called a **logit**. "
        f"Here you see how they become ten {becomes}."
    )
    if stack.gives_sigmoids:
        _show_sigmoids(forward.logits)
    else:
        _show_softmax(forward.logits)
    show_code(lab, inside.last_step(stack, lab.selection.test_index), "last_step")
    by_what = "the sigmoid, as a share of all ten," if stack.gives_sigmoids else "softmax"
    return (
        f"for {sample.name} the sum of the answer {sample.answer} is "
        f"{number(float(forward.logits[sample.answer]), 2)}, and {by_what} turns that into "
        f"{sample.chance}."
    )


def _show_sigmoids(logits: Array) -> None:
    steps = sigmoid_steps(logits)
    best = int(steps.sums.argmax())
    total, bent = number(float(steps.bent.sum()), 4), number(float(steps.bent[best]), 4)
    _show_cells(
        sigmoid_cells(steps.sums, steps.bent, steps.shares),
        {"Sum": steps.sums, "Sigmoid": steps.bent, "Share": steps.shares},
        "This network ends with a **sigmoid** for each digit, not with softmax:\n\n"
        "1. Each of the ten sums goes into a sigmoid of its own.\n"
        "2. That makes a number from 0 to 1 of each. One number knows nothing of the others: "
        f"together they need not make 1. Here they add up to {total}.\n"
        f"3. The lab divides each by this sum, so that they are shares of 1: for {best} that is "
        f"{bent} / {total} = **{number(float(steps.shares[best]), 4)}**. The largest stays the "
        "largest.",
    )


def _show_softmax(logits: Array) -> None:
    steps = softmax_steps(logits)
    best = int(steps.sums.argmax())
    _show_cells(
        softmax_cells(steps.sums, steps.powers, steps.shares),
        {"Sum": steps.sums, "Power": steps.powers, "Share": steps.shares},
        "**Softmax** turns the ten logits into shares of 1:\n\n"
        f"1. Subtract the largest sum, {number(float(steps.sums[best]), 2)}, from every sum. The "
        "shares stay the same, and no number gets too large.\n"
        "2. e = 2.718… to the power of that. So the largest gets 1, and one more in the sum "
        "counts 2.7 times as much.\n"
        f"3. Each power divided by the sum of all ten, {number(float(steps.powers.sum()), 4)}: "
        f"for {best} that is 1 / {number(float(steps.powers.sum()), 4)} = "
        f"**{number(float(steps.shares[best]), 4)}**.",
    )


def _show_cells(figure: "Figure", steps: Mapping[str, NDArray[np.float64]], words: str) -> None:
    """Thirty cells, and beside them what they say.

    Args:
        figure: the cells.
        steps: ten numbers by the name of each step: the sums, what they become, the shares.
        words: Markdown.
    """
    first, between, last = steps
    sums, shares = steps[first], steps[last]
    best = int(sums.argmax())
    chart, beside = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            figure,
            key="inside_softmax",
            alt=f"Ten digits with {first.lower()}, {between.lower()} and {last.lower()}; {best} "
            f"has the largest: {number(float(sums[best]), 2)}, and {per_cent(shares[best], 1)}.",
        )
    with beside:
        st.markdown(f"{words}\n\nPoint at a cell to see it worked out.")
        with st.expander("The thirty numbers"):
            show.table({"Digit": range(len(sums)), **steps})
