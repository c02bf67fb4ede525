"""The output layer: from ten logits to ten probabilities, or to ten shares."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.layer_arithmetic import Array, sigmoid_steps, softmax_steps
from digitlab.architecture.stack import stack_of
from digitlab.compute.tasks import inspection
from digitlab.export.snippets import inside
from digitlab.figures.output import sigmoid_cells, softmax_cells
from digitlab.records.networks import Network
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask
from digitlab.ui.widgets.fold import fold
from digitlab.wording.calculations import number
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def show_last_step(lab: Lab, network: Network, sample: Sample) -> str:
    """What the ten logits of a picture become, step by step; returns what was seen."""
    forward = ask(inspection.forward_pass, network, sample.pixels)
    if forward is None:
        return ""
    stack = stack_of(network.architecture)
    st.markdown(
        say(
            "The last layer calculates ten sums, one for each digit. Each of them is called a "
            "**logit**. Here you see how they become ten shares."
        )
        if stack.gives_sigmoids
        else say(
            "The last layer calculates ten sums, one for each digit. Each of them is called a "
            "**logit**. Here you see how they become ten probabilities."
        )
    )
    if stack.gives_sigmoids:
        _show_sigmoids(forward.logits)
    else:
        _show_softmax(forward.logits)
    show_code(lab, inside.last_step(stack, lab.selection.test_index), "last_step")
    total = number(float(forward.logits[sample.answer]), 2)
    if stack.gives_sigmoids:
        return say(
            "The sum of the answer {answer} is {sum}. The sigmoid and the division turn it into "
            "{chance}.",
            answer=sample.answer,
            sum=total,
            chance=sample.chance,
        )
    return say(
        "The sum of the answer {answer} is {sum}. Softmax turns it into {chance}.",
        answer=sample.answer,
        sum=total,
        chance=sample.chance,
    )


def _show_sigmoids(logits: Array) -> None:
    steps = sigmoid_steps(logits)
    best = int(steps.sums.argmax())
    share = number(float(steps.shares[best]), 4)
    _show_cells(
        sigmoid_cells(steps.sums, steps.bent, steps.shares),
        {say("Sum"): steps.sums, say("Sigmoid"): steps.bent, say("Share"): steps.shares},
        say(
            "The output layer of this network has ten **sigmoids**, not softmax:\n\n"
            "1. Each of the ten sums goes into its own sigmoid.\n"
            "2. Each sigmoid gives a number from 0 to 1. It does not depend on the other sums. So "
            "they need not make 1 together. Here the ten numbers add up to {total}.\n"
            "3. The lab divides each number by {total}, and gets shares of 1. For the digit "
            "{digit} this is {bent} / {total} = **{share}**. The largest number stays the largest.",
            total=number(float(steps.bent.sum()), 4),
            digit=best,
            bent=number(float(steps.bent[best]), 4),
            share=share,
        ),
        say(
            "A table with ten rows. Each digit has its sum, its sigmoid and its share. The digit "
            "{digit} has the largest sum, {sum}, and the share {share}.",
            digit=best,
            sum=number(float(steps.sums[best]), 2),
            share=per_cent(steps.shares[best], 1),
        ),
    )


def _show_softmax(logits: Array) -> None:
    steps = softmax_steps(logits)
    best = int(steps.sums.argmax())
    largest = number(float(steps.sums[best]), 2)
    _show_cells(
        softmax_cells(steps.sums, steps.powers, steps.shares),
        {say("Sum"): steps.sums, say("Power"): steps.powers, say("Share"): steps.shares},
        say(
            "**Softmax** turns the ten logits into ten shares of 1:\n\n"
            "1. Subtract the largest sum, {largest}, from every sum. The shares stay the same, and "
            "no number gets too large.\n"
            "2. Calculate the power of e = 2.718… with each result. The largest sum gives 1. If a "
            "sum is larger by 1, its power is 2.7 times as large.\n"
            "3. Divide each power by the sum of all ten, {total}. For the digit {digit} this is "
            "1 / {total} = **{share}**.",
            largest=largest,
            total=number(float(steps.powers.sum()), 4),
            digit=best,
            share=number(float(steps.shares[best]), 4),
        ),
        say(
            "A table with ten rows. Each digit has its sum, its power and its share. The digit "
            "{digit} has the largest sum, {sum}, and the share {share}.",
            digit=best,
            sum=largest,
            share=per_cent(steps.shares[best], 1),
        ),
    )


def _show_cells(
    figure: "Figure", steps: Mapping[str, NDArray[np.float64]], words: str, alt: str
) -> None:
    """Thirty cells, and beside them what they say.

    Args:
        figure: the cells.
        steps: ten numbers by the name of each step: the sums, what they become, the shares.
        words: Markdown.
        alt: what the cells say, for those who can't see them.
    """
    chart, beside = st.columns([3, 2], gap="large")
    with chart:
        show.chart(figure, key="inside_softmax", alt=alt)
    with beside:
        st.markdown(f"{words}\n\n{say('Point at a cell to see its calculation.')}")
        with fold(say("The thirty numbers")):
            show.table({say("Digit"): range(len(next(iter(steps.values())))), **steps})
