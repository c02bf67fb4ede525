"""Many hands: how differently people write the same digit."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.specs import SET_SIZES
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.shell.locks import lesson_line
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import (
    choose_digit,
    choose_subset,
    images,
    labels,
    picture_alt,
)
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_message, to_say

SHOWN = 40  # of one digit at a time

_SEEN: Final[dict[str, Message]] = {
    "train": to_say(
        "{count} of the {all} pictures in the training set show the digit {digit}. No two of them "
        "are the same."
    ),
    "test": to_say(
        "{count} of the {all} pictures in the test set show the digit {digit}. No two of them are "
        "the same."
    ),
}


def show_many_hands(lab: Lab, data: Dataset) -> str:
    """Show the pictures of one digit, page by page; what the learner has seen."""
    st.markdown(
        say(
            "People write the same digit in many ways. No simple rule fits all of them. So the "
            "network gets examples, not rules. Choose a digit. The number below each picture is "
            "its number in the set."
        )
    )
    lesson_line(lab, ["sample"])
    with st.container(horizontal=True, gap="medium"):
        digit = choose_digit(lab, "many")
        choose_subset(lab, "many")
    look = lab.selection
    pictures = images(look, data)
    indices = np.flatnonzero(labels(look, data) == digit)
    page = st.pagination(-(-len(indices) // SHOWN), key=f"page_{look.subset}_{digit}")
    shown = indices[SHOWN * (page - 1) : SHOWN * page]
    show.gallery(
        pictures[shown],
        captions=[str(index) for index in shown],
        alts=[picture_alt(f"x_{look.subset}[{index}]", digit) for index in shown],
        width=56,
    )
    if "sample" not in lab.lesson.locked:
        show.your_turn(
            say(
                "Some pictures of the digit 7 look like a 1. Find one, and remember its number. "
                "Then open **One digit**, type the number and read the label."
            )
        )
        data_step = path.step("Data")
        link(data_step, say_message(data_step.views["one"]), ":material/looks_one:", view="one")
    return say_message(
        _SEEN[look.subset],
        count=whole(len(indices)),
        all=whole(SET_SIZES[look.subset]),
        digit=digit,
    )
