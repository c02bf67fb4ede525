"""One weight: forward, loss, error, gradient by the chain rule, and the step."""

import math
from typing import Final

import streamlit as st

from digitlab.analysis.chain_rule import stepped
from digitlab.analysis.sample_loss import SQUARED
from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import LayerStack
from digitlab.architecture.summary import total_parameters
from digitlab.compute.tasks import learning
from digitlab.figures.learning import answer_and_errors
from digitlab.records.learning import DigitStep, WeightChoice
from digitlab.ui.learn.chain import say_gradient, show_chain
from digitlab.ui.learn.prediction import DOWN, STAYS, UP, ask_way
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.calculations import decimals, number, number_in_sum
from digitlab.wording.numerals import decimal, per_cent, significant, whole
from digitlab.wording.results.answers import loss_words
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import all_ten

_WHY: Final[dict[str, Message]] = {
    UP: to_say(
        "The gradient is below 0: the loss falls when this weight grows. So the weight goes **up**."
    ),
    DOWN: to_say(
        "The gradient is above 0: the loss grows when this weight grows. So the weight goes "
        "**down**."
    ),
    STAYS: to_say(
        "The gradient is 0: this weight does not change the loss now. So the weight **stays** as "
        "it is."
    ),
}


def show_one_weight(lab: Lab, subject: Subject) -> str:
    """The step with one digit; returns what was seen."""
    step = ask_step(subject)
    if step is None:
        return ""
    _show_answer(subject, step)
    _choose_weight(subject, step)
    left, right = st.columns([4, 5], gap="medium")
    with left:
        guess = ask_way(subject, step)
        show_chain(subject, step.chain, told=guess is not None)
    with right:
        say_gradient(step.chain, hidden=len(_dense(subject.stack)) > 1)
        if guess is not None:
            _say_step(subject, step, guess)
            saw(lab, "step", before=float(step.before.loss), after=float(step.after.loss))
    if guess is None:
        return ""
    _show_layers(subject, step)
    return say(
        "One step with learning rate {rate} changed the loss of training digit {index} from "
        "**{before}** to **{after}**.",
        rate=subject.rate_words,
        index=whole(subject.index),
        before=decimal(step.before.loss, _loss_decimals(step)),
        after=decimal(step.after.loss, _loss_decimals(step)),
    )


def _loss_decimals(step: DigitStep) -> int:
    """So many that the change of the loss is seen."""
    change = abs(float(step.after.loss) - float(step.before.loss))
    return min(max(decimals(change), 4), 9) if math.isfinite(change) else 4


def ask_step(subject: Subject) -> DigitStep | None:
    """The step for the weight that the controls name; None, and a sentence, without an answer."""
    layer, weight = _layer(subject), _weight_name(subject)
    source = st.session_state.get(f"learn_source_{weight}")
    unit = st.session_state.get(f"learn_unit_{weight}")
    choice = WeightChoice(layer, source, unit)
    return subject.ask(learning.digit_step, subject.index, choice, subject.rate)


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
            alt=say(
                "Ten probabilities: {probabilities}. The label is {label}. Below are the ten "
                "errors. The error of output {label} is {error}.",
                probabilities=all_ten(probabilities),
                label=label,
                error=significant(step.errors[label]),
            ),
        )
    with words:
        name, counted = subject.spec.training.loss, float(step.before.loss)
        loss = loss_words(probabilities, label, name, counted)
        st.markdown(f"{say('**1. Forward.**')} {loss}")
        st.markdown(f"{say('**2. Error.**')} {_error_words(subject, step)}")


def _error_words(subject: Subject, step: DigitStep) -> str:
    label, error = step.label, significant(step.errors[step.label])
    if subject.spec.training.loss == SQUARED:
        return say(
            "The **error** of an output says how fast the loss changes when the sum of this output "
            "grows. With mean squared error and softmax, it depends on all ten probabilities. "
            "Output {label} has the error **{error}**. It is not above 0, so its sum should grow.",
            label=label,
            error=error,
        )
    return say(
        "The **error** of an output is its probability minus its target. The target is 1 for the "
        "label and 0 for all other digits. For output {label} the error is {probability} − 1 = "
        "**{error}**, so this probability should grow. All other errors are above 0, so those "
        "probabilities should become smaller.",
        label=label,
        probability=number_in_sum(float(step.before.probabilities[label])),
        error=error,
    )


def _choose_weight(subject: Subject, step: DigitStep) -> None:
    """Layer, unit and input; they show what the worker looked at."""
    stack, chain, weight = subject.stack, step.chain, _weight_name(subject)
    dense = _dense(stack)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            say("Layer"),
            dense,
            dense.index(chain.place.layer),
            format_func=lambda index: _layer_words(stack, index),
            key=f"learn_layer_{stack.words}",
            persist_state="session",
            width=185,
        )
        for name, label, count, value in (
            (
                "unit",
                say("Unit, 0 to {last}", last=chain.units - 1),
                chain.units,
                chain.place.unit,
            ),
            (
                "source",
                say("Input, 0 to {last}", last=chain.inputs - 1),
                chain.inputs,
                chain.place.source,
            ),
        ):
            st.number_input(
                label,
                0,
                count - 1,
                value,
                key=f"learn_{name}_{weight}",
                persist_state="session",
                width=135,
                help=say("At first you see the weight with the largest gradient, + or −."),
            )


def _layer_words(stack: LayerStack, index: int) -> str:
    name = stack.names[index]
    if index == len(stack.layers) - 1:
        return say("Output layer, {name}", name=name)
    return say("Hidden layer, {name}", name=name)


def _dense(stack: LayerStack) -> list[int]:
    """The numbers of the layers whose weights can be looked at."""
    return [index for index, layer in enumerate(stack.layers) if isinstance(layer, Dense)]


def _say_step(subject: Subject, step: DigitStep, guess: str) -> None:
    chain, rate = step.chain, subject.rate
    after = stepped(chain.weight, chain.gradient, rate)
    change = float(after) - float(chain.weight)
    truth = UP if chain.gradient < 0 else DOWN if chain.gradient > 0 else STAYS
    outcome = say("✓ **Right.**") if guess == truth else say("✗ **Not this time.**")
    st.markdown(f"{outcome} {say_message(_WHY[truth])}")
    digits = min(max(decimals(abs(change)), 4), 9)
    label, before = step.label, step.before.probabilities
    new_weight = say(
        "**4. Step.** New weight = weight − learning rate × gradient = {weight} − {rate} × "
        "({gradient}) = **{after}**. All {count} parameters make such a step at the same time. "
        "This is **gradient descent**.",
        weight=number(float(chain.weight), digits),
        rate=subject.rate_words,
        gradient=significant(chain.gradient),
        after=number(float(after), digits),
        count=whole(total_parameters(subject.spec.network)),
    )
    again = say(
        "Then the network reads the digit again. The loss was {loss_before}. Now it is "
        "**{loss_after}**. The probability of the digit {label} was {before}. Now it is {after}.",
        loss_before=decimal(step.before.loss, _loss_decimals(step)),
        loss_after=decimal(step.after.loss, _loss_decimals(step)),
        label=label,
        before=per_cent(before[label], _loss_decimals(step) - 2),
        after=per_cent(step.after.probabilities[label], _loss_decimals(step) - 2),
    )
    st.markdown(f"{new_weight} {subject.own_optimizer_words}\n\n{again}")


def _show_layers(subject: Subject, step: DigitStep) -> None:
    largest = say("Largest gradient, + or −")
    with fold(say("The gradients of all layers")):
        show.table(
            {
                say("Layer"): [layer.name for layer in step.layers],
                say("Parameters"): [layer.parameters for layer in step.layers],
                largest: [float(layer.gradient) for layer in step.layers],
                say("Its parameter"): [float(layer.value) for layer in step.layers],
                say("After the step"): [
                    float(stepped(layer.value, layer.gradient, subject.rate))
                    for layer in step.layers
                ],
            },
            {largest: st.column_config.NumberColumn(format="%.4g")},
        )
