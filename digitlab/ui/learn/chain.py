"""A weight's gradient as a chain of factors."""

import streamlit as st

from digitlab.analysis.chain_rule import sum_of_errors
from digitlab.figures.learning import errors_from_behind, factor_chain
from digitlab.records.learning import GradientChain
from digitlab.specs import IMAGE_SHAPE
from digitlab.ui.learn.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.numerals import significant


def show_chain(subject: Subject, chain: GradientChain, told: bool) -> None:
    """The factors; the gradient itself only when it may be `told`."""
    place, output = chain.place, chain.slope is None
    source = _source_words(subject, chain)
    unit = f"output {place.unit}" if output else f"unit {place.unit}"
    gradient = float(chain.gradient) if told else None
    factors: list[tuple[str, float | None, str]] = [
        ("input", float(chain.source), f"{source}: {significant(chain.source)}")
    ]
    if chain.slope is None:
        factors.append(
            ("error", float(chain.error), f"error of {unit}: {significant(chain.error)}")
        )
    else:
        back = float(sum_of_errors(chain))
        slope = float(chain.slope)
        factors += [
            ("slope", slope, f"slope of the activation at {unit}: {significant(slope)}"),
            ("from behind", back, f"weights × errors of the next layer: {significant(back)}"),
        ]
    told_words = "the gradient of this weight" if told else "Say first which way the weight goes."
    factors.append(("gradient", gradient, told_words))
    title = f"Gradient = {'input × error' if output else 'input × slope × from behind'}"
    show.chart(
        factor_chain(factors, title),
        key="learn_chain",
        alt=f"{title}: "
        + ", ".join(
            f"{name} {'not shown yet' if value is None else significant(value)}"
            for name, value, _ in factors
        ),
    )
    if not output:
        _show_sum(chain)


def say_gradient(chain: GradientChain) -> None:
    """What a gradient is, and how this one comes about."""
    product = (
        "input × error of the output"
        if chain.slope is None
        else "input × slope of the activation × what comes back from the next layer"
    )
    st.markdown(
        "**3. Gradient.** For each weight there is one question: how fast does the loss rise when "
        "this weight grows? The answer is the weight's **gradient**. If the loss falls instead, "
        f"the gradient is below 0. The **chain rule** gives it as {product}. {_back_words(chain)}"
    )


def _back_words(chain: GradientChain) -> str:
    if chain.slope is None:
        return (
            "All other layers follow: the errors go back from layer to layer. This is "
            "**backpropagation**. Choose a hidden layer to see it."
        )
    return (
        "The errors begin at the outputs and go back from layer to layer. This is "
        "**backpropagation**. Point at a cell to see what it is."
    )


def _show_sum(chain: GradientChain) -> None:
    back = significant(sum_of_errors(chain))
    title = f"From behind: {back} in all"
    show.chart(
        errors_from_behind(chain.outgoing, chain.next_errors, title),
        key="learn_back",
        alt=f"{title}, weights × errors. {len(chain.outgoing)} bars, one for each unit of the next "
        "layer.",
    )


def _source_words(subject: Subject, chain: GradientChain) -> str:
    """What the weight multiplies, in words."""
    source, layer = chain.place.source, chain.place.layer
    if layer == 0:
        row, column = divmod(source, IMAGE_SHAPE[1])
        return f"pixel in row {row}, column {column}"
    before = subject.stack.shapes[layer]
    if (
        subject.spec.network.convolutions
        and layer == subject.stack.kernel_layer_indices[len(subject.spec.network.convolutions)]
    ):
        return f"number {source} of the {before[0]} from the feature maps"
    return f"hidden unit {source}"
