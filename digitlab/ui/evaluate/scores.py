"""Parts of Evaluate: one digit against the rest, the confused pairs, and the mistakes."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import OneAgainstRest, confused_pairs, mistakes, one_against_rest
from digitlab.data.mnist import Dataset
from digitlab.specs import CLASSES
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.cards import show_cards
from digitlab.wording.descriptions import a, times

_MISTAKES_AT_ONCE = 10
_PAIRS_SHOWN = 5


def show_one_against_rest(labels: NDArray[np.uint8], answers: NDArray[np.float32]) -> None:
    """A choice of digit, its 2 x 2 table, the four scores worked out, and a story."""
    digit = st.segmented_control(
        "Digit", range(CLASSES), default=0, required=True, key="positive", format_func=str
    )
    counts = one_against_rest(labels, answers, digit)
    table, scores = st.columns(2, gap="large")
    with table:
        st.markdown(_table(digit, counts))
        st.markdown(
            f"Call {a(digit)} **positive** and everything else **negative**. Then each answer is one "
            "of four: true or false, positive or negative."
        )
    with scores:
        st.markdown(_formulas(counts))
        st.caption(
            f"**Recall**: of all that are {a(digit)}, the share that it found. **Precision**: of all that "
            f"it called {a(digit)}, the share that is one. **F1** puts both in one number, which is high "
            "only if both are."
        )
    st.markdown(
        "**Why so many numbers?** Imagine a network that looks at mushrooms; *positive* means "
        "poisonous. A false alarm (FP) costs you a meal. A miss (FN) can cost your life. What counts "
        "there is the **recall**, also called **sensitivity**: of all the poisonous ones, how many "
        f"did it find? Your network finds {counts.true_positives:,} of "
        f"{counts.true_positives + counts.false_negatives:,} that are {a(digit)}. Accuracy alone would hide the "
        f"misses: a network that never says {digit} is right for {counts.false_positives + counts.true_negatives:,} "
        f"of {counts.total:,}, and finds none."
    )


def _table(digit: int, counts: OneAgainstRest) -> str:
    return (
        f"| Label | read as {digit} | read as another digit |\n|---|---|---|\n"
        f"| **really {digit}** | TP {counts.true_positives:,} | FN {counts.false_negatives:,} |\n"
        f"| **really another** | FP {counts.false_positives:,} | TN {counts.true_negatives:,} |\n"
    )


def _formulas(c: OneAgainstRest) -> str:
    """The four scores with this network's numbers put in."""
    tp, fn, fp, tn = c.true_positives, c.false_negatives, c.false_positives, c.true_negatives
    never = " (it never says this digit)" if tp + fp == 0 else ""
    return f"""\
- **Accuracy** = (TP + TN) / all = ({tp:,} + {tn:,}) / {c.total:,} = **{c.accuracy:.4f}**
- **Recall** = TP / (TP + FN) = {tp:,} / ({tp:,} + {fn:,}) = **{c.recall:.4f}**
- **Precision** = TP / (TP + FP) = {tp:,} / ({tp:,} + {fp:,}) = **{c.precision:.4f}**{never}
- **F1** = 2 TP / (2 TP + FP + FN) = {2 * tp:,} / ({2 * tp:,} + {fp:,} + {fn:,}) = **{c.f1:.4f}**
"""


def show_pairs(matrix: NDArray[np.int64]) -> None:
    """The digits that are mistaken for each other most often, in words."""
    lines = [
        f"- **{pair.digit} and {pair.other}**: {times(pair.digit_as_other)} {a(pair.digit)} was read "
        f"as {pair.other}, {times(pair.other_as_digit)} {a(pair.other)} as {pair.digit}"
        for pair in confused_pairs(matrix, _PAIRS_SHOWN)
    ]
    st.markdown("\n".join(lines) or "None: every test digit was read correctly.")


def show_mistakes(lab: Lab, data: Dataset, answers: NDArray[np.float32]) -> None:
    """All wrong answers, the surest first unless the learner wants it the other way round."""
    indices = mistakes(data.y_test, answers)
    if len(indices) == 0:
        st.markdown("There are none: every test digit was read correctly.")
        return
    st.markdown(
        f"It read {len(indices):,} digits wrongly. It is a good sign if it was not sure of them: the "
        "surest mistakes are the worst. Would you have read them?"
    )
    show_cards(lab, data, answers, indices, "mistakes", _MISTAKES_AT_ONCE)
