"""The learning rate: the loss after one step with each of a dozen rates."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.analysis.chain_rule import StepSize, step_sizes
from digitlab.architecture.stack import Architecture
from digitlab.compute.inspect_parts import Ask
from digitlab.compute.parts import digits_at_once, parts
from digitlab.compute.tasks import learning
from digitlab.figures.learning import loss_over_rate
from digitlab.specs import RunSpec
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask_in_parts
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant, whole
from digitlab.wording.say import Message, say, say_message, to_say

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Closer together where one step begins to go too far."""

BATCH, DIGIT = "batch", "digit"

_WHOSE: Final[dict[str, Message]] = {
    BATCH: to_say("The first batch"),
    DIGIT: to_say("Only this digit"),
}
"""The digits whose loss the curve shows."""

_CHANGES: Final[dict[str, Message]] = {
    BATCH: to_say(
        "The loss of the batch was {before}. After a step with learning rate **{rate}** it is "
        "**{after}**."
    ),
    DIGIT: to_say(
        "The loss of this digit was {before}. After a step with learning rate **{rate}** it is "
        "**{after}**."
    ),
}

_SIZES: Final[dict[StepSize, Message]] = {
    StepSize.TOO_SMALL: to_say(
        "This step is **too small**: with a larger learning rate, the loss falls more than twice "
        "as far. The network needs many such steps."
    ),
    StepSize.RIGHT: to_say(
        "This step is **right**: no other learning rate here lets the loss fall more than twice as "
        "far."
    ),
    StepSize.TOO_FAR: to_say(
        "This step goes **too far**: with a smaller learning rate, the loss is lower."
    ),
    StepSize.NO_HELP: to_say(
        "This step does not change the loss, and no learning rate here makes the loss smaller. So "
        "**no step helps** here."
    ),
}


def show_rate(subject: Subject) -> str:
    """The slider and the curve; returns what was seen."""
    idea = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = choose_view(
            say("Loss of which digits?"),
            list(_WHOSE),
            key="learn_whose",
            format_func=lambda whose: say_message(_WHOSE[whose]),
        )
        rate = st.select_slider(
            say("Learning rate"),
            RATES,
            min(RATES, key=lambda known: abs(np.log(known / subject.rate))),
            format_func=significant,
            key="learn_rate",
            persist_state="session",
            width=420,
        )
    idea.markdown(_idea(subject, whose))
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
            alt=say(
                "The loss after one step, for each learning rate. Before the step it is {before}. "
                "After it: {losses}.",
                before=decimal(start, 4),
                losses=with_commas(
                    [
                        f"{significant(tried)}: {_written(value)}"
                        for tried, value in zip(RATES, after, strict=True)
                    ]
                ),
            ),
        )
        if not all(value <= 2 * start for value in after):  # also if one is NaN
            st.caption(
                say("Points at the upper edge have a larger loss. Point at one to read its loss.")
            )
    with words:
        _say(whose, rate, start, loss, size, sizes)
        if subject.own_optimizer_words:
            plain = say("These are steps of plain gradient descent.")
            st.markdown(f"{plain} {subject.own_optimizer_words}")
    return say(
        "One step with learning rate {rate} changes the loss from {before} to **{after}**.",
        rate=significant(rate),
        before=decimal(start, 4),
        after=_written(loss),
    )


def _idea(subject: Subject, whose: str) -> str:
    """What a learning rate is, whose loss the step is made for, and what to do."""
    if whose == DIGIT:
        return say(
            "All weights move against their gradients. The **learning rate** sets how far: step = "
            "learning rate × gradient. Here the step uses the loss of one digit: training digit "
            "{index}. Move the slider, and find the rate with the lowest loss.",
            index=whole(subject.index),
        )
    return say(
        "All weights move against their gradients. The **learning rate** sets how far: step = "
        "learning rate × gradient. Training does not make a step for one digit. It takes the "
        "mean loss of a **batch**: here, the first {count} digits of your training. Move the "
        "slider, and find the rate with the lowest loss.",
        count=subject.spec.training.batch_size,
    )


def _losses(ask: Ask, architecture: Architecture, spec: RunSpec, index: int | None) -> list[float]:
    """The loss before a step and after one with each rate, asked in short parts."""
    digits = spec.training.batch_size if index is None else 1
    at_once = max(1, digits_at_once(architecture) // digits)
    answers = [
        ask(learning.losses_along, spec, index, RATES[first:last])
        for first, last in parts(len(RATES), at_once)
    ]
    return [answers[0][0], *(loss for answer in answers for loss in answer[1:])]


def _say(
    whose: str, rate: float, start: float, loss: float, size: StepSize, sizes: list[StepSize]
) -> None:
    words = [
        say_message(
            _CHANGES[whose],
            before=decimal(start, 4),
            rate=significant(rate),
            after=_written(loss),
        ),
        say_message(_SIZES[size]),
    ]
    if loss > start:
        words.append(say("The loss is higher than before the step."))
    st.markdown(" ".join(words))
    if whose == DIGIT:
        st.markdown(
            say(
                "This step looks at one digit only. The network can even forget the other digits. "
                "So training takes a batch. Choose *{batch}*, and compare.",
                batch=say_message(_WHOSE[BATCH]),
            )
        )
    elif StepSize.TOO_FAR in sizes:
        st.markdown(
            say(
                "The gradient is the slope of the loss at one place. Far from this place, the "
                "slope is different. The curve is like a valley: a long step can end on its other "
                "side, higher than before."
            )
        )


def _written(loss: float) -> str:
    """A loss with four decimals; NaN where the step went so far that there is none."""
    return decimal(loss, 4) if np.isfinite(loss) else "NaN"
