"""What training, validation and test sets are for."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures import sets
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.ui.widgets import show
from digitlab.wording.numerals import per_cent


def three_sets(data: Dataset, share: float) -> None:
    """Show how the digits are divided, and why two sets are not enough.

    Args:
        data: all digits.
        share: of the training set, that the learner has set aside for validation; 0 for none.
    """
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
        "- The network learns from the **training set**.\n"
        "- To know whether it can read, and has not just memorised, you ask it digits that it has "
        "never seen: the **test set**, written by other people.\n"
        "- If you try many settings and keep the best one, you have fitted your *choice* to the "
        "digits that you compared on. So you compare on a third part, the **validation set**. The "
        "test set stays closed until the end: it is the exam on **Evaluate**."
    )
    st.markdown(
        f"You set aside **{per_cent(share)}** of the training digits for validation."
        if share
        else f"The picture sets aside {per_cent(VALIDATION_SHARE)} of the training digits. The "
        "article sets aside none. So its recipe begins with none here, too. Every other network "
        f"on **Network** begins with {per_cent(VALIDATION_SHARE)}."
    )
    st.markdown("The control **Validation share**, on the view *Train*, sets this part.")
