"""What each optimizer makes of the same gradient."""

import streamlit as st

from digitlab.compute import learning_tasks
from digitlab.figures.first_batch import optimizer_steps
from digitlab.records.learning import Optimizers
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import NAMES
from digitlab.wording.numerals import significant


def show_optimizers(subject: Subject) -> str:
    """Two steps of each optimizer with one gradient; returns what was seen."""
    st.markdown(
        "The gradient says which way. The **optimizer** makes a step of it, and each kind in its "
        "own way. Here each gets the gradient of your first batch, and then the same gradient "
        "once more. Look at two weights: one has a larger gradient than the other."
    )
    found = subject.ask(learning_tasks.optimizers)
    if found is None:
        return ""
    names = [f"{NAMES[step.optimizer]}" for step in found.steps]
    chart, words = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            optimizer_steps(names, [step.changes for step in found.steps], len(found.places)),
            key="learn_optimizers",
            alt="How far two weights move in two steps: "
            + "; ".join(
                f"{name} {significant(abs(step.changes[0, 0]))} and then "
                f"{significant(abs(step.changes[1, 0]))} for the larger gradient"
                for name, step in zip(names, found.steps, strict=True)
            ),
        )
    with words:
        _say(found)
    length = st.column_config.NumberColumn(format="%.4g")
    steps = {
        "Larger gradient, step 1": (0, 0),
        "step 2": (1, 0),
        "Smaller gradient, step 1": (0, 1),
        "step 2 ": (1, 1),
    }
    show.table(
        {
            "Optimizer": names,
            "Learning rate": [step.learning_rate for step in found.steps],
            **{
                name: [float(step.changes[place]) for step in found.steps]
                for name, place in steps.items()
            },
            "Loss after step 1": [step.loss_after for step in found.steps],
        },
        {name: length for name in steps},
    )
    best = min(found.steps, key=lambda step: step.loss_after)
    name = f"{NAMES[best.optimizer]} at learning rate {best.learning_rate:g}"
    if not best.loss_after < found.loss:
        return (
            f"with the same gradient, no optimizer brings the loss of the first batch down from "
            f"{found.loss:.4f}. Each of these steps is too long. After {name} it is "
            f"**{best.loss_after:.4f}**."
        )
    return (
        f"with the same gradient, {name} brings the loss of the first batch furthest down: from "
        f"{found.loss:.4f} to **{best.loss_after:.4f}**."
    )


def _say(found: Optimizers) -> None:
    larger, smaller = (significant(gradient) for gradient in found.gradients)
    st.markdown(
        f"The two gradients are **{larger}** and **{smaller}**.\n\n"
        "- **SGD**: learning rate × gradient. Both steps are equally long.\n"
        "- **Momentum** keeps nine tenths of the step before and adds the new one. So the second "
        "step is 1.9 times as long as the first.\n"
        "- **RMSprop** divides the gradient by its usual size. So both weights move about equally "
        "far, unless a gradient is close to 0. At the beginning it has seen little and the steps "
        "are longer.\n"
        "- **Adam** does that too, and has momentum. It corrects its beginning: each of these "
        "steps is about as long as the learning rate."
    )
