"""The learning rate: the loss after one step with each of a dozen rates."""

import numpy as np
import streamlit as st

from digitlab.analysis.chain_rule import StepSize, step_sizes
from digitlab.architecture.stack import Architecture
from digitlab.compute import learning_tasks
from digitlab.compute.inspect_parts import Ask
from digitlab.compute.parts import digits_at_once, parts
from digitlab.figures.learning import loss_over_rate
from digitlab.specs import RunSpec
from digitlab.ui.inside.worker import ask_in_parts
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.numerals import significant

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Closer together where one step begins to go too far."""

BATCH, DIGIT = "The first batch", "This digit alone"

_WORDS = {
    StepSize.TOO_SMALL: "**too small**: less than half of the largest fall. Many such steps are "
    "needed",
    StepSize.RIGHT: "**right**: at least half of the largest fall among these rates",
    StepSize.TOO_FAR: "**too far**: it goes past the lowest place",
}


def show_rate(subject: Subject) -> str:
    """The slider and the curve; returns what was seen."""
    st.markdown(
        "All weights move against their gradients. The **learning rate** says how far: step = "
        "learning rate × gradient. Training does not step for one digit: it takes the mean loss of "
        f"a **batch**. Here that is the first {subject.spec.training.batch_size} digits that your "
        "training takes. Move the slider and find the rate with the lowest loss."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = choose_view("Whose loss?", (BATCH, DIGIT), key="learn_whose")
        rate = st.select_slider(
            "Learning rate",
            RATES,
            min(RATES, key=lambda known: abs(np.log(known / subject.rate))),
            format_func=significant,
            key="learn_rate",
            persist_state="session",
            width=420,
        )
    losses = ask_in_parts(
        _losses,
        subject.network,
        subject.spec,
        subject.index if whose == DIGIT else None,
        untrained=subject.fresh,
    )
    if losses is None:
        return ""
    start, after = float(losses[0]), [float(loss) for loss in losses[1:]]
    sizes = step_sizes(RATES, after, start)
    size, loss = sizes[RATES.index(rate)], after[RATES.index(rate)]
    chart, words = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            loss_over_rate(RATES, after, sizes, start, rate),
            key="learn_rates",
            alt=f"Loss after one step over the learning rate. Before the step it is {start:.4f}. "
            + ", ".join(f"{one:g}: {value:.4f}" for one, value in zip(RATES, after, strict=True)),
        )
        if not all(value < 2 * start for value in after):  # also if one is NaN
            st.caption("A point at the upper edge can lie higher. Point at it to read its loss.")
    with words:
        _say(whose, rate, start, loss, size, sizes)
        if subject.own_optimizer_words:
            st.markdown(f"These are steps of plain gradient descent. {subject.own_optimizer_words}")
    return (
        f"one step with learning rate {rate:g} takes the loss from {start:.4f} to **{loss:.4f}**."
    )


def _losses(ask: Ask, architecture: Architecture, spec: RunSpec, index: int | None) -> list[float]:
    """The loss before a step and after one with each rate, asked in short parts."""
    digits = spec.training.batch_size if index is None else 1
    at_once = max(1, digits_at_once(architecture) // digits)
    answers = [
        ask(learning_tasks.losses_along, spec, index, RATES[first:last])
        for first, last in parts(len(RATES), at_once)
    ]
    return [answers[0][0], *(loss for answer in answers for loss in answer[1:])]


def _say(
    whose: str, rate: float, start: float, loss: float, size: StepSize, sizes: list[StepSize]
) -> None:
    of = "the batch" if whose == BATCH else "this digit"
    change = "falls" if loss < start else "does not fall" if np.isfinite(loss) else "is lost"
    uphill = " The loss is higher than before the step." * (loss > start)
    st.markdown(
        f"With learning rate **{rate:g}** the loss of {of} {change}: {start:.4f} → "
        f"**{loss:.4f}**. This step is {_WORDS[size]}.{uphill}"
    )
    if whose == DIGIT:
        st.markdown(
            "A step for one digit looks at nothing else. It can even forget the other digits. That "
            f"is why training takes a batch. Choose *{BATCH}* and compare."
        )
    elif StepSize.TOO_FAR in sizes:
        st.markdown(
            "The gradient is a slope at one place. Far from there the slope is another one. So a "
            "long step can land on the other side of the valley, higher than before. The network "
            "itself worked out each of these losses."
        )
