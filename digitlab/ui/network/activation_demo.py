"""Two small experiments of Network: what activations do to one number, and softmax to three."""

from collections.abc import Collection

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.figures import activations
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import with_minus

_SLIDER_WIDTH = 120
_SCORES = {"3": 2.0, "5": 1.0, "8": 0.0}  # digits that networks mix up


def show_activations(lab: Lab) -> str:
    """Both experiments side by side; what the learner has seen."""
    left, right = st.columns(2, gap="large")
    with left:
        unit_sum = _try_activations({row.activation for row in layer_rows(lab.spec.network)})
    with right:
        scores = _try_softmax()
    passed_on = with_minus(f"{activations.value('sigmoid', unit_sum):.2f}")
    digit = max(scores, key=scores.__getitem__)
    shares = dict(zip(scores, activations.softmax([*scores.values()]), strict=True))
    return (
        f"sigmoid makes {passed_on} of the sum {with_minus(f'{unit_sum:.1f}')}, and softmax makes "
        f"the probability {shares[digit]:.3f} of the score {with_minus(f'{scores[digit]:.1f}')}."
    )


def _try_activations(used: Collection[str]) -> float:
    """Move one sum along the curves; those that the network has stand out. Returns the sum."""
    st.markdown(
        "A unit's sum can be any number; its **activation** decides what is passed on. **Sigmoid** "
        "squeezes every sum into 0 to 1, **tanh** into −1 to 1; **ReLU** turns what is negative "
        "into 0; **linear** changes nothing."
    )
    unit_sum = st.slider(
        "A unit's sum",
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
        "**Softmax** takes the sums of the last layer all together, as **scores**, and makes "
        "**probabilities** of them, which add up to 1. One point more makes a digit 2.7 times as "
        "probable against each of the others. Here with three digits instead of ten:"
    )
    scores, row = {}, st.container(horizontal=True)
    for digit, score in _SCORES.items():
        scores[digit] = row.slider(
            f"Score of {digit}",
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
