"""One weight: forward, loss, error, gradient by the chain rule, and the step."""

import streamlit as st

from digitlab.analysis.chain_rule import stepped
from digitlab.analysis.sample_loss import SQUARED
from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import LayerStack
from digitlab.architecture.summary import total_parameters
from digitlab.compute import learning_tasks
from digitlab.figures.learning import answer_and_errors
from digitlab.records.learning import DigitStep, WeightChoice
from digitlab.ui.inside.number_words import decimals, number
from digitlab.ui.learn.chain import say_gradient, show_chain
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.loss_words import loss_words
from digitlab.wording.descriptions import all_ten
from digitlab.wording.numerals import per_cent, significant

UP, DOWN, STAYS = "Up", "Down", "It stays"


def show_one_weight(lab: Lab, subject: Subject) -> str:
    """The step with one digit; returns what was seen."""
    step = ask_step(subject)
    if step is None:
        return ""
    _show_answer(subject, step)
    _choose_weight(subject, step)
    left, right = st.columns([4, 5], gap="medium")
    with left:
        guess = _guess(subject, step)
        show_chain(subject, step.chain, told=guess is not None)
    with right:
        say_gradient(step.chain)
        if guess is not None:
            _say_step(subject, step, guess)
            saw(lab, "step", before=float(step.before.loss), after=float(step.after.loss))
    if guess is None:
        return ""
    _show_layers(subject, step)
    return (
        f"one step with learning rate {subject.rate_words} changed the loss of training digit "
        f"{subject.index:,} from **{step.before.loss:.4f}** to **{step.after.loss:.4f}**."
    )


def ask_step(subject: Subject) -> DigitStep | None:
    """The step for the weight that the controls name; None, and a sentence, without an answer."""
    layer, weight = _layer(subject), _weight_name(subject)
    source = st.session_state.get(f"learn_source_{weight}")
    unit = st.session_state.get(f"learn_unit_{weight}")
    choice = WeightChoice(layer, source, unit)
    return subject.ask(learning_tasks.digit_step, subject.index, choice, subject.rate)


def _layer(subject: Subject) -> int | None:
    """The layer that its control names; None before it was there."""
    layer: int | None = st.session_state.get(f"learn_layer_{subject.stack.words}")
    return layer


def _weight_name(subject: Subject) -> str:
    """What the controls of a weight are told apart by."""
    last = len(subject.stack.layers) - 1
    return f"{subject.name}_{last if _layer(subject) is None else _layer(subject)}"


def _show_answer(subject: Subject, step: DigitStep) -> None:
    probabilities, label = step.before.probabilities, step.label
    chart, words = st.columns([4, 5], gap="medium")
    with chart:
        show.chart(
            answer_and_errors(probabilities, step.errors, label),
            key="learn_answer",
            alt=f"Ten probabilities: {all_ten(probabilities)}. The label is {label}. Below them "
            f"the errors: that of output {label} is {significant(step.errors[label])}.",
        )
    with words:
        st.markdown(
            f"**1. Forward.** {loss_words(probabilities, label, subject.spec.training.loss)}"
        )
        st.markdown(f"**2. Error.** {_error_words(subject, step)}")


def _error_words(subject: Subject, step: DigitStep) -> str:
    label, error = step.label, significant(step.errors[step.label])
    if subject.spec.training.loss == SQUARED:
        return (
            "The **error** of an output says how fast the loss changes when the sum of this output "
            "grows. With mean squared error and softmax, all ten probabilities count in it. "
            f"Output {label} has the error **{error}**: below 0, its sum should grow."
        )
    true = significant(step.before.probabilities[label])
    return (
        "The **error** of an output is its probability minus its target. The target is 1 for the "
        f"label and 0 for all others. For output {label} that is {true} − 1 = **{error}**: this "
        "probability should grow. All other errors are above 0: those should shrink."
    )


def _choose_weight(subject: Subject, step: DigitStep) -> None:
    """Layer, unit and input; they show what the worker looked at."""
    stack, chain, weight = subject.stack, step.chain, _weight_name(subject)
    dense = [index for index, layer in enumerate(stack.layers) if isinstance(layer, Dense)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer",
            dense,
            dense.index(chain.place.layer),
            format_func=lambda index: _layer_words(stack, index),
            key=f"learn_layer_{stack.words}",
            persist_state="session",
            width=185,
        )
        for name, label, count, value in (
            ("unit", "Unit", chain.units, chain.place.unit),
            ("source", "Input", chain.inputs, chain.place.source),
        ):
            st.number_input(
                f"{label}, 0 to {count - 1}",
                0,
                count - 1,
                value,
                key=f"learn_{name}_{weight}",
                persist_state="session",
                width=135,
                help="At first: the weight with the largest gradient.",
            )


def _layer_words(stack: LayerStack, index: int) -> str:
    kind = "Output" if index == len(stack.layers) - 1 else "Hidden"
    return f"{kind} layer, {stack.names[index]}"


def _guess(subject: Subject, step: DigitStep) -> str | None:
    """What the learner expects of the weight; None before an answer."""
    place = step.chain.place
    return st.segmented_control(
        f"This weight is {significant(step.chain.weight)} now. The step is to make the loss "
        "smaller. Which way will the weight go?",
        (UP, DOWN, STAYS),
        key=f"learn_guess_{subject.name}_{place.layer}_{place.source}_{place.unit}",
        persist_state="session",
    )


def _say_step(subject: Subject, step: DigitStep, guess: str) -> None:
    chain, rate = step.chain, subject.rate
    after = stepped(chain.weight, chain.gradient, rate)
    change = float(after) - float(chain.weight)
    truth = UP if chain.gradient < 0 else DOWN if chain.gradient > 0 else STAYS
    why = {
        UP: "The gradient is below 0: the loss falls when this weight grows. So it goes **up**.",
        DOWN: "The gradient is above 0: the loss rises when this weight grows. So it goes "
        "**down**.",
        STAYS: "The gradient is 0: this weight does not change the loss now. So it **stays**.",
    }[truth]
    st.markdown(f"{'✓ **Right.**' if guess == truth else '✗ **Not this time.**'} {why}")
    digits = min(max(decimals(abs(change)), 4), 9)
    label, before = step.label, step.before.probabilities
    st.markdown(
        "**4. Step.** New weight = weight − learning rate × gradient = "
        f"{number(float(chain.weight), digits)} − {subject.rate_words} × "
        f"({significant(chain.gradient)}) = **{number(float(after), digits)}**. "
        f"All {total_parameters(subject.spec.network):,} parameters make such a step at the same "
        f"time. This is **gradient descent**. {subject.own_optimizer_words}\n\n"
        "Then the network reads the digit again: its loss is "
        f"**{step.after.loss:.4f}**. It was {step.before.loss:.4f}. The probability of {label} is "
        f"{per_cent(step.after.probabilities[label], 2)}. It was {per_cent(before[label], 2)}."
    )


def _show_layers(subject: Subject, step: DigitStep) -> None:
    with st.expander("The gradients of all layers"):
        show.table(
            {
                "Layer": [layer.name for layer in step.layers],
                "Parameters": [layer.parameters for layer in step.layers],
                "Largest gradient": [float(layer.gradient) for layer in step.layers],
                "Its parameter": [float(layer.value) for layer in step.layers],
                "After the step": [
                    float(stepped(layer.value, layer.gradient, subject.rate))
                    for layer in step.layers
                ],
            },
            {"Largest gradient": st.column_config.NumberColumn(format="%.4g")},
        )
