"""One digit against the rest: the 2 × 2 table, and accuracy, recall, precision and F1."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import OneAgainstRest, one_against_rest, scores_per_digit
from digitlab.specs import CLASSES
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import a


def show_every_digit(labels: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> None:
    """Recall, precision and F1 of every digit in a table.

    Args:
        labels: of the test digits.
        probabilities: ten for each of them.
    """
    st.markdown(
        "Each digit once against the other nine. Which one does your network find least often? It "
        "has the lowest **recall**. Which of its answers can you trust least? It has the lowest "
        "**precision**."
    )
    share = st.column_config.NumberColumn(format="%.3f")
    show.table(
        scores_per_digit(labels, probabilities),
        column_config={
            "Test images": st.column_config.NumberColumn(format="localized"),
            "Recall": share,
            "Precision": share,
            "F1": share,
        },
    )


def show_one_against_rest(labels: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> None:
    """A choice of digit, its 2 x 2 table, the four scores worked out, and a story."""
    digit = st.segmented_control(
        "Digit",
        range(CLASSES),
        default=0,
        required=True,
        key="positive",
        format_func=str,
        persist_state="session",
    )
    counts = one_against_rest(labels, probabilities, digit)
    table, scores = st.columns(2, gap="large")
    with table:
        st.markdown(_table(digit, counts))
        st.markdown(_four_kinds(digit, counts))
    with scores:
        st.markdown(_formulas(counts))
        st.caption(
            f"**Recall**: of all that are {a(digit)}, the share that it found. **Precision**: of "
            f"all that it called {a(digit)}, the share that is one. **F1** puts both in one "
            "number, which is high only if both are."
        )
    with st.expander("Why two accuracies?"):
        st.markdown(_two_accuracies(digit, counts, labels, probabilities))
    with st.expander("Why so many numbers?"):
        st.markdown(_why_so_many(digit, counts))


def _why_so_many(digit: int, counts: OneAgainstRest) -> str:
    """What recall tells that accuracy hides."""
    return (
        "Imagine a network that looks at mushrooms; *positive* means "
        "poisonous. A false alarm (FP) costs you a meal. A miss (FN) can cost your life. What "
        "counts there is the **recall**, also called **sensitivity**: of all the poisonous ones, "
        f"how many did it find? Your network finds {counts.true_positives:,} of "
        f"{counts.true_positives + counts.false_negatives:,} that are {a(digit)}. Accuracy alone "
        f"would hide the misses: a network that never says {digit} is right for "
        f"{counts.false_positives + counts.true_negatives:,} of {counts.total:,}, and finds none."
    )


def _table(digit: int, counts: OneAgainstRest) -> str:
    return (
        f"| Label | read as {digit} | read as another digit |\n|---|---|---|\n"
        f"| **really {digit}** | TP {counts.true_positives:,} | FN {counts.false_negatives:,} |\n"
        f"| **really another** | FP {counts.false_positives:,} | TN {counts.true_negatives:,} |\n"
    )


def _four_kinds(digit: int, c: OneAgainstRest) -> str:
    """The four kinds of answers, each with its count."""
    return f"""\
Call {a(digit)} **positive** and every other digit **negative**. Every answer is one of four kinds:

- **True positive (TP)**: the digit is {a(digit)}, and the network says {digit}. \
{c.true_positives:,} times.
- **False negative (FN)**: the digit is {a(digit)}, but the network says another digit. \
{c.false_negatives:,} times.
- **False positive (FP)**: the digit is another one, but the network says {digit}. \
{c.false_positives:,} times.
- **True negative (TN)**: the digit is another one, and the network says another one, too. \
{c.true_negatives:,} times.
"""


def _two_accuracies(
    digit: int,
    counts: OneAgainstRest,
    labels: NDArray[np.uint8],
    probabilities: NDArray[np.float32],
) -> str:
    """Why the accuracy of one against the rest is not that of all ten."""
    right = int((probabilities.argmax(axis=1) == labels).sum())
    among_others = counts.true_positives + counts.true_negatives - right
    return (
        f"Here the question is only *{digit} or not?*, and the accuracy is "
        f"{counts.accuracy:.4f}. On *The matrix* the question is *which of ten digits?*, and the "
        f"accuracy is {right / counts.total:.4f}. Among the {counts.true_negatives:,} true "
        f"negatives are **{among_others:,}** digits that the network reads as a wrong digit, but "
        f"not as {digit}. Here they count as right; there they count as wrong: "
        f"{counts.accuracy:.4f} − {among_others:,} / {counts.total:,} = "
        f"{right / counts.total:.4f}."
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
