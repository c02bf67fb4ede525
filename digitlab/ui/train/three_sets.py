"""What training, validation and test sets are for."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures import sets
from digitlab.specs import TrainSpec
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.ui.widgets import show
from digitlab.wording.numerals import short_per_cent, whole
from digitlab.wording.say import say


def three_sets(data: Dataset, share: float) -> None:
    """Show how the digits are divided, and why two sets are not enough.

    Args:
        data: all digits.
        share: of the training set, that the learner has set aside for validation; 0 for none.
    """
    test = len(data.x_test)
    shown = TrainSpec(validation_share=share or VALIDATION_SHARE)
    training = shown.digits_to_learn_from(len(data.x_train))
    validation = len(data.x_train) - training
    show.chart(
        sets.three_sets(training, validation, test),
        key="sets",
        alt=say(
            "A chart with three bars. Training set: {training} digits to learn from. Validation "
            "set: {validation} digits to compare settings. Test set: {test} digits for the exam.",
            training=whole(training),
            validation=whole(validation),
            test=whole(test),
        ),
    )
    st.markdown(
        say(
            "- The network learns from the **training set**.\n"
            "- Can the network read, or does it only remember its examples? To find out, you show "
            "it digits that it has never seen: the **test set**. Other people wrote these digits.\n"
            "- Suppose you try many settings and keep the best one. A part of its score is luck "
            "with the digits that you compared with. So you compare with a third set, the "
            "**validation set**. The test set stays closed until the end: it is the exam on "
            "**Evaluate**."
        )
    )
    st.markdown(
        say(
            "You keep **{share}** of the training digits for validation.",
            share=short_per_cent(share),
        )
        if share
        else say(
            "The chart shows a validation set of {share} of the training digits. The article has "
            "no validation set. So its recipe begins without one here, too. All other networks on "
            "**Network** begin with {share}.",
            share=short_per_cent(VALIDATION_SHARE),
        )
    )
    st.markdown(
        say(
            "The control **Validation share** on the view *Train* sets the size of the validation "
            "set."
        )
    )
