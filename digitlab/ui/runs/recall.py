"""Two runs digit by digit: of each, how many they find."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis import evaluation
from digitlab.data.mnist import Dataset
from digitlab.figures.runs import recall_pairs
from digitlab.records.job_state import JobState
from digitlab.runs.record import Run
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal, per_cent
from digitlab.wording.say import say


def show_recall(lab: Lab, data: Dataset, first: Run, second: Run) -> None:
    """Recall of each digit of A, the first, and B; nothing without the answers of both."""
    of_first, of_second = (_probabilities(lab, run) for run in (first, second))
    if of_first is None or of_second is None:
        return
    a, b = (
        np.array(evaluation.scores_per_digit(data.y_test, probabilities)["Recall"])
        for probabilities in (of_first, of_second)
    )
    digit = int(abs(b - a).argmax())
    with fold(say("Digit by digit"), icon=":material/grid_on:"):  # the page is high already
        words, picture = st.columns([2, 3], gap="large", vertical_alignment="center")
        with words:
            st.markdown(_most(digit, float(a[digit]), float(b[digit])))
            st.markdown(
                say(
                    "The **recall** of the digit {digit} is the share of its pictures that the "
                    "network reads as {digit}. One accuracy can hide ten very different recalls.",
                    digit=digit,
                )
            )
        with picture:
            show.chart(recall_pairs(a.tolist(), b.tolist()), key="recall", alt=_alt(a, b))
        _show_table(a, b)


def _show_table(a: NDArray[np.float64], b: NDArray[np.float64]) -> None:
    columns = {"A": a, "B": b, say("B minus A"): b - a}
    show.table(
        {say("Digit"): list(range(len(a))), **columns},
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in columns},
    )


def _alt(a: NDArray[np.float64], b: NDArray[np.float64]) -> str:
    each = [
        say(
            "Digit {digit}: A {first}, B {second}.",
            digit=digit,
            first=decimal(float(first), 3),
            second=decimal(float(second), 3),
        )
        for digit, (first, second) in enumerate(zip(a, b, strict=True))
    ]
    return " ".join([say("The recall of each digit in the runs A and B."), *each])


def _most(digit: int, a: float, b: float) -> str:
    """The digit where they differ most, in words."""
    if a == b:
        return say("A and B have the same recall for each digit.")
    return say(
        "The difference is largest for the digit **{digit}**: A finds **{first}** of its pictures, "
        "and B finds **{second}**.",
        digit=digit,
        first=per_cent(a, 1),
        second=per_cent(b, 1),
    )


def _probabilities(lab: Lab, run: Run) -> NDArray[np.float32] | None:
    """A run's answers to the test digits, of the session or kept; None without any of use."""
    if run.state is JobState.DIVERGED or not run.has_predictions:
        return None
    for job in (lab.job, lab.earlier):
        if job and job.id == run.id and job.result:
            return job.result.probabilities
    return repository().predictions(run.id)
