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
from digitlab.wording.numerals import per_cent


def show_recall(lab: Lab, data: Dataset, first: Run, second: Run) -> None:
    """Recall of each digit of A, the first, and B; nothing without the answers of both."""
    found = [_answers(lab, run) for run in (first, second)]
    answers = [one for one in found if one is not None]
    if len(answers) < len(found):
        return
    a, b = (np.array(evaluation.scores_per_digit(data.y_test, one)["Recall"]) for one in answers)
    apart = b - a
    digit = int(abs(apart).argmax())
    st.header("Digit by digit", anchor=False)
    words, picture = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        st.markdown(_most(digit, float(a[digit]), float(b[digit])))
        st.markdown(
            "**Recall** is the share of all real 4s, say, that a network finds. One accuracy can "
            "hide ten very different recalls."
        )
    with picture:
        show.chart(
            recall_pairs(a.tolist(), b.tolist()),
            key="recall",
            alt="Recall of each digit, A and B. "
            + " ".join(
                f"{n}: {one:.3f} and {other:.3f}."
                for n, (one, other) in enumerate(zip(a, b, strict=True))
            ),
        )
    with st.expander("The same as a table"):
        show.table(
            {"Digit": list(range(len(a))), "A": a, "B": b, "B minus A": apart},
            column_config={
                name: st.column_config.NumberColumn(format="%.3f")
                for name in ("A", "B", "B minus A")
            },
        )


def _most(digit: int, a: float, b: float) -> str:
    """The digit where they differ most, in words."""
    if a == b:
        return "Of each digit both find exactly as many."
    return (
        f"They differ most at the **{digit}**: A finds **{per_cent(a, 1)}** of all {digit}s, "
        f"B **{per_cent(b, 1)}**."
    )


def _answers(lab: Lab, run: Run) -> NDArray[np.float32] | None:
    """A run's answers to the test digits: the session's, or kept; None without any of use."""
    if run.state is JobState.DIVERGED or not run.has_predictions:
        return None
    for job in (lab.job, lab.earlier):
        if job and job.id == run.id and job.result:
            return job.result.probabilities
    return repository().predictions(run.id)
