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
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import whole
from digitlab.wording.say import say

_WIDTH = 168  # of the average


def show_all_digits(lab: Lab, data: Dataset) -> str:
    """Show the average of a digit and the counts of all; what the learner has seen."""
    in_train, in_test = sets.class_counts(data)
    st.markdown(
        say(
            "The digits come in two sets. The **training set** has {train} digits to learn from. "
            "The **test set** has {test} digits for the exam. Choose a digit.",
            train=whole(len(data.x_train)),
            test=whole(len(data.x_test)),
        )
    )
    averages, counts = st.columns(2, gap="large")
    with averages:
        digit = choose_digit(lab, "all")
        st.markdown(
            say(
                "This is the **average {digit}**. All {count} training pictures of the digit "
                "{digit} lie on top of each other. The average is dark where most writers have "
                "ink. It is light where only some writers have ink.",
                digit=digit,
                count=whole(in_train[digit]),
            )
        )
        average = sets.average_digits(data)[digit]
        alt = say("The average of all training pictures of the digit {digit}.", digit=digit)
        show.digit(average, alt=alt, width=_WIDTH)
        all_ten = say("The averages of the ten digits, from 0 to 9.")
        show.strip(sets.average_digits(data), alt=all_ten, width=32)
    with counts:
        show.chart(
            sets.counts(in_train, in_test),
            key="counts",
            alt=say(
                "Bars for the digits 0 to 9. In the training set: {training}. In the test set: "
                "{test}.",
                training=with_commas([whole(count) for count in in_train]),
                test=with_commas([whole(count) for count in in_test]),
            ),
        )
    show.piece(snippets.one_digit(digit))
    what_for = say("What is each set for?")
    link(path.step("Train"), what_for, ":material/splitscreen:", view="sets")
    return say(
        "The digit {digit} has {training} pictures in the training set and {test} in the test set.",
        training=whole(in_train[digit]),
        digit=digit,
        test=whole(in_test[digit]),
    )
