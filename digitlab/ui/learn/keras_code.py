"""The step in Keras, for the weight that was looked at."""

import streamlit as st

from digitlab.export import snippets
from digitlab.ui.inside.number_words import decimals, number
from digitlab.ui.learn.one_weight import ask_step
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show


def show_step_code(lab: Lab, subject: Subject) -> str:
    """The code of the step; returns what was seen."""
    step = ask_step(subject)
    if step is None:
        return ""
    st.markdown(
        "This is the step of **One weight** as a program. It prints the same numbers: the ten "
        "probabilities and the loss, the weight and its gradient, and both after the step."
    )
    place, spec = step.chain.place, subject.spec
    code = snippets.learning_step(
        spec,
        lab.selection.index,
        subject.stack.kernel_number(place.layer),
        None if place == step.largest else (place.source, place.unit),
    )
    show.code(
        code,
        key="learn",
        words="`GradientTape` writes down what is computed inside it. `tape.gradient` goes back "
        "through that and gives the gradient of each weight: this is backpropagation. "
        "`optimizer.apply` makes the step.",
        before=snippets.define(spec) if subject.fresh else "",
    )
    gradient = float(step.chain.gradient)
    return f"the gradient of one weight is **{number(gradient, max(4, decimals(abs(gradient))))}**."
