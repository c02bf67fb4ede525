"""All digits: how many there are of each, and what one looks like on average."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.figures import sets
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_digit

_WIDTH = 168  # of the average


def show_all_digits(lab: Lab, data: Dataset) -> str:
    """Show the average of a digit and the counts of all; what the learner has seen."""
    in_train, in_test = sets.class_counts(data)
    st.markdown(
        f"The digits come in two sets. The {len(data.x_train):,} of the **training set** are there "
        f"to learn from. The {len(data.x_test):,} of the **test set** wait for the exam at the "
        "end. Choose a digit, and see its average."
    )
    averages, counts = st.columns(2, gap="large")
    with averages:
        digit = choose_digit(lab, "all")
        st.markdown(
            f"Lay all {in_train[digit]:,} training {digit}s on top of each other and you get the "
            f"**average {digit}**. It is dark where most writers have ink and pale where only some "
            "do."
        )
        average = sets.average_digits(data)[digit]
        show.digit(average, alt=f"The average {digit} of the training set.", width=_WIDTH)
        show.strip(sets.average_digits(data), alt="The ten averages, from 0 to 9.", width=32)
    with counts:
        show.chart(
            sets.counts(in_train, in_test),
            key="counts",
            alt="Digits in the training set, 0 to 9: "
            + ", ".join(f"{count:,}" for count in in_train)
            + "; in the test set: "
            + ", ".join(f"{count:,}" for count in in_test),
        )
    show.piece(snippets.one_digit(digit))
    link(path.step("Train"), "What each set is for", ":material/splitscreen:", view="sets")
    return (
        f"the training set holds {in_train[digit]:,} pictures of the {digit}, the test set "
        f"{in_test[digit]:,}."
    )
