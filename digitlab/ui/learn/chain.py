"""A weight's gradient as a chain of factors."""

import streamlit as st

from digitlab.analysis.chain_rule import sum_of_errors
from digitlab.figures.learning import Factor, errors_from_behind, factor_chain
from digitlab.records.learning import GradientChain
from digitlab.specs import IMAGE_SHAPE
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import significant
from digitlab.wording.say import say


def show_chain(subject: Subject, chain: GradientChain, told: bool) -> None:
    """The factors; the gradient itself only when it may be `told`."""
    factors = [_input(subject, chain), *_of_the_unit(chain), _gradient(chain, told)]
    title = (
        say("Gradient = input × error")
        if chain.slope is None
        else say("Gradient = input × slope × next layer")
    )
    values = [
        say("{factor} is not shown yet", factor=factor.name)
        if factor.value is None
        else f"{factor.name} {significant(factor.value)}"
        for factor in factors
    ]
    show.chart(
        factor_chain(factors, title),
        key="learn_chain",
        alt=say("{title}: {values}.", title=title, values=with_commas(values)),
    )
    if chain.slope is not None:
        _show_sum(chain)


def say_gradient(chain: GradientChain, hidden: bool) -> None:
    """What a gradient is, and how this one comes about.

    Args:
        chain: the gradient of a weight.
        hidden: whether the network has hidden layers to choose.
    """
    what = say(
        "**3. Gradient.** How fast does the loss grow when this weight grows? The answer is the "
        "**gradient** of the weight. If the loss falls instead, the gradient is below 0."
    )
    st.markdown(f"{what} {_rule_words(chain, hidden)}")


def _rule_words(chain: GradientChain, hidden: bool) -> str:
    if chain.slope is not None:
        return say(
            "The **chain rule** gives the gradient: input × slope of the activation × the sum "
            "that comes back from the next layer. The errors begin at the outputs, and go back "
            "layer by layer. This is **backpropagation**. Point at a cell to read what it is."
        )
    rule = say(
        "The gradient is a product: input × error of the output. This comes from the **chain "
        "rule**: it multiplies all effects on the way from the weight to the loss."
    )
    if not hidden:
        return rule
    back = say(
        "The errors begin at the outputs, and go back layer by layer. This is "
        "**backpropagation**. Choose a hidden layer to see it."
    )
    return f"{rule} {back}"


def _input(subject: Subject, chain: GradientChain) -> Factor:
    return Factor(say("input"), float(chain.source), _source_words(subject, chain))


def _of_the_unit(chain: GradientChain) -> list[Factor]:
    """What belongs to the unit: its error, or the two factors of it in a hidden layer."""
    unit = chain.place.unit
    if chain.slope is None:
        error = significant(chain.error)
        told = say("error of output {unit}: {value}", unit=unit, value=error)
        return [Factor(say("error"), float(chain.error), told)]
    slope, back = float(chain.slope), float(sum_of_errors(chain))
    at_unit = say(
        "slope of the activation at unit {unit}: {value}", unit=unit, value=significant(slope)
    )
    behind = say("sum of weight × error in the next layer: {value}", value=significant(back))
    return [Factor(say("slope"), slope, at_unit), Factor(say("next layer"), back, behind)]


def _gradient(chain: GradientChain, told: bool) -> Factor:
    if not told:
        return Factor(say("gradient"), None, say("First predict which way the weight will go."))
    return Factor(say("gradient"), float(chain.gradient), say("the gradient of this weight"))


def _show_sum(chain: GradientChain) -> None:
    title = say("Sum from the next layer: {sum}", sum=significant(sum_of_errors(chain)))
    show.chart(
        errors_from_behind(chain.outgoing, chain.next_errors, title),
        key="learn_back",
        alt=say(
            "{title}. A bar for each unit of the next layer shows its weight × error. Number of "
            "bars: {count}.",
            title=title,
            count=len(chain.outgoing),
        ),
    )


def _source_words(subject: Subject, chain: GradientChain) -> str:
    """What the weight multiplies, and its value."""
    source, layer, value = chain.place.source, chain.place.layer, significant(chain.source)
    if layer == 0:
        row, column = divmod(source, IMAGE_SHAPE[1])
        return say(
            "pixel in row {row}, column {column}: {value}", row=row, column=column, value=value
        )
    before = subject.stack.shapes[layer]
    if (
        subject.spec.network.convolutions
        and layer == subject.stack.kernel_layer_indices[len(subject.spec.network.convolutions)]
    ):
        return say(
            "number {index} of the {count} numbers from the maps: {value}",
            index=source,
            count=before[0],
            value=value,
        )
    return say("hidden unit {unit}: {value}", unit=source, value=value)
