"""Two small experiments of Network: what activations do to one number, and softmax to three."""

from collections.abc import Collection

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.figures import activations
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal, with_minus
from digitlab.wording.say import say

_SLIDER_WIDTH = 120
_SCORES = {"3": 2.0, "5": 1.0, "8": 0.0}  # digits that networks mix up


def show_activations(lab: Lab) -> str:
    """Both experiments side by side; what the learner has seen."""
    left, right = st.columns(2, gap="large")
    with left:
        unit_sum = _try_activations({row.activation for row in layer_rows(lab.spec.network)})
    with right:
        scores = _try_softmax()
    digit = max(scores, key=scores.__getitem__)
    shares = dict(zip(scores, activations.softmax([*scores.values()]), strict=True))
    return say(
        "Sigmoid turns the sum {sum} into {output}. Softmax turns the score {score} into the "
        "probability {probability}.",
        sum=with_minus(decimal(unit_sum, 1)),
        output=decimal(activations.value("sigmoid", unit_sum), 2),
        score=with_minus(decimal(scores[digit], 1)),
        probability=decimal(shares[digit], 3),
    )


def _try_activations(used: Collection[str]) -> float:
    """Move one sum along the curves; those that the network has stand out. Returns the sum."""
    st.markdown(
        say(
            "The sum of a unit can be any number. Its **activation** turns this sum into its "
            "output. **Sigmoid** gives a number between 0 and 1. **Tanh** gives a number between "
            "−1 and 1. **ReLU** turns each sum below 0 into 0. **Linear** changes nothing."
        )
    )
    unit_sum = st.slider(
        say("Sum of a unit"),
        -activations.SUM_LIMIT,
        activations.SUM_LIMIT,
        2.0,
        0.5,
        format="%.1f",
        key="network_sum",
        persist_state="session",
    )
    show.chart(
        activations.curves(unit_sum, used),
        key="network_curves",
        alt=activations.describe_curves(unit_sum),
    )
    return unit_sum


def _try_softmax() -> dict[str, float]:
    """Move three scores and see their probabilities. Returns the scores."""
    st.markdown(
        say(
            "**Softmax** takes the sums of the last layer. Here they are called **scores**. It "
            "turns them into **probabilities**, which add up to 1. When a score grows by 1, its "
            "digit becomes 2.7 times as probable, compared with each other digit. Here you see "
            "three digits instead of ten:"
        )
    )
    scores, row = {}, st.container(horizontal=True)
    for digit, score in _SCORES.items():
        scores[digit] = row.slider(
            say("Score of {digit}", digit=digit),
            -5.0,
            5.0,
            score,
            0.5,
            format="%.1f",
            width=_SLIDER_WIDTH,
            key=f"network_score_{digit}",
            persist_state="session",
        )
    show.chart(
        activations.shares(scores), key="network_shares", alt=activations.describe_shares(scores)
    )
    return scores
