"""What each optimizer makes of the same gradient."""

import streamlit as st

from digitlab.compute.tasks import learning
from digitlab.figures.first_batch import optimizer_steps
from digitlab.records.learning import Optimizers
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal, significant
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import setting_name


def show_optimizers(subject: Subject) -> str:
    """Two steps of each optimizer with one gradient; returns what was seen."""
    st.markdown(
        say(
            "The gradient says which way a weight should go. The **optimizer** turns the "
            "gradient into a step. Each kind of optimizer does this in its own way. Here each "
            "optimizer gets the gradient of your first batch, and then the same gradient again. "
            "Look at two weights. One has a larger gradient: its gradient is further from 0."
        )
    )
    optimizers = subject.ask(learning.optimizers)
    if optimizers is None:
        return ""
    names = [setting_name(step.optimizer) for step in optimizers.steps]
    chart, words = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            optimizer_steps(
                names, [step.changes for step in optimizers.steps], len(optimizers.places)
            ),
            key="learn_optimizers",
            alt=_alt(names, optimizers),
        )
    with words:
        _say(optimizers)
    length = st.column_config.NumberColumn(format="%.4g")
    steps = {
        say("Larger: step 1"): (0, 0),
        say("Larger: step 2"): (1, 0),
        say("Smaller: step 1"): (0, 1),
        say("Smaller: step 2"): (1, 1),
    }
    show.table(
        {
            say("Optimizer"): names,
            say("Learning rate"): [step.learning_rate for step in optimizers.steps],
            **{
                name: [float(step.changes[place]) for step in optimizers.steps]
                for name, place in steps.items()
            },
            say("Loss after step 1"): [step.loss_after for step in optimizers.steps],
        },
        {name: length for name in (say("Learning rate"), *steps)},
    )
    best = min(optimizers.steps, key=lambda step: step.loss_after)
    before, after = decimal(optimizers.loss, 4), decimal(best.loss_after, 4)
    name, rate = setting_name(best.optimizer), significant(best.learning_rate)
    if not best.loss_after < optimizers.loss:
        return say(
            "The loss of the first batch was {before}. No optimizer made it smaller with this "
            "gradient. The smallest loss after a step is **{after}**, with {optimizer} and "
            "learning rate {rate}.",
            before=before,
            after=after,
            optimizer=name,
            rate=rate,
        )
    return say(
        "The loss of the first batch was {before}. After one step it was smallest with "
        "{optimizer} and learning rate {rate}: **{after}**. One step does not show which optimizer "
        "is best.",
        before=before,
        optimizer=name,
        rate=rate,
        after=after,
    )


def _alt(names: list[str], optimizers: Optimizers) -> str:
    """The bars of the larger gradient in words."""
    moves = [
        say(
            "{optimizer} moves the weight with the larger gradient by {first}, and then by "
            "{second}.",
            optimizer=name,
            first=significant(abs(step.changes[0, 0])),
            second=significant(abs(step.changes[1, 0])),
        )
        for name, step in zip(names, optimizers.steps, strict=True)
    ]
    return " ".join([say("How far two weights move in two steps."), *moves])


def _say(optimizers: Optimizers) -> None:
    larger, smaller = (significant(gradient) for gradient in optimizers.gradients)
    gradients = say(
        "The two gradients are **{larger}** and **{smaller}**.", larger=larger, smaller=smaller
    )
    kinds = (
        say("**SGD**: learning rate × gradient. Step 1 and step 2 have the same length."),
        say(
            "**SGD with momentum** also adds 0.9 times the step before. So the second step is 1.9 "
            "times as long as the first step."
        ),
        say(
            "**RMSprop** divides the gradient by its usual size. So both weights move about "
            "equally far, if no gradient is close to 0. At the start it has seen few gradients, "
            "and its steps are longer."
        ),
        say(
            "**Adam** does the same, and it also has momentum. It corrects its start: each of "
            "these steps is about as long as the learning rate."
        ),
    )
    st.markdown("\n".join([f"{gradients}\n", *(f"- {kind}" for kind in kinds)]))
