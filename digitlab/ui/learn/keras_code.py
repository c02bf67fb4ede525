"""The step in Keras, for the weight that was looked at."""

import streamlit as st

from digitlab.export import snippets
from digitlab.ui.learn.one_weight import ask_step
from digitlab.ui.learn.prediction import is_predicted
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.calculations import decimals, number
from digitlab.wording.say import say, say_message


def show_step_code(lab: Lab, subject: Subject) -> str:
    """The code of the step; returns what was seen."""
    step = ask_step(subject)
    if step is None:
        return ""
    st.markdown(
        say(
            "This program makes the step of **{view}**. It prints the same numbers: the ten "
            "probabilities and the loss, the weight and its gradient. Then it prints the weight "
            "and the loss after the step.",
            view=say_message(path.step("Learn").views["weight"]),
        )
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
        words=say(
            "`GradientTape` records what is calculated inside it. `tape.gradient` goes back "
            "through that, and gives the gradient of each weight. This is backpropagation. "
            "`optimizer.apply` makes the step."
        ),
        before=snippets.define(spec) if subject.fresh else "",
    )
    if not is_predicted(subject, step):
        learn = path.step("Learn")
        with st.container(horizontal=True, vertical_alignment="center"):
            link(learn, say_message(learn.views["weight"]), ":material/arrow_back:", view="weight")
            st.markdown(
                say(
                    "Go to *One weight*. First predict which way this weight will go. Then you see "
                    "its gradient here."
                ),
                width="stretch",
            )
        return ""
    gradient = float(step.chain.gradient)
    digits = max(4, decimals(abs(gradient)))
    return say("The gradient of one weight is **{gradient}**.", gradient=number(gradient, digits))
