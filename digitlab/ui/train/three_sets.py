"""What training, validation and test sets are for."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures import sets
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.ui.widgets import show
from digitlab.wording.numerals import per_cent


def three_sets(data: Dataset, share: float) -> None:
    """Show how the digits are divided, and why.

    Args:
        data: all digits.
        share: of the training set, that the learner has set aside for validation; 0 for none.
    """
    st.header("Why two sets, or three", anchor=False)
    test = len(data.x_test)
    validation = round(len(data.x_train) * (share or VALIDATION_SHARE))
    training = len(data.x_train) - validation
    show.chart(
        sets.three_sets(training, validation, test),
        key="sets",
        alt=f"{training:,} digits to learn from, {validation:,} to compare settings with, "
        f"{test:,} for the exam at the end.",
    )
    st.markdown(
        "The **training set** is what the network learns from. To know whether it can read, and "
        "has not just memorised, you ask it digits that it has never seen: the **test set**, "
        "written by other people. If you try many settings and keep the best, you have fitted "
        "your *choice* to the digits you compared on. So these should be a third part, the "
        "**validation set**, and the test stays untouched until the end."
    )
    st.markdown(
        f"You set aside {per_cent(share)} of the training digits for validation."
        if share
        else f"The picture sets aside {per_cent(VALIDATION_SHARE)} of the training digits. The "
        "article sets aside none. So its recipe begins with none here, too: the page Train has a "
        "control for it. Every other network on the page Network begins with "
        f"{per_cent(VALIDATION_SHARE)}."
    )
