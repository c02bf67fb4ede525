"""Many hands: how differently people write the same digit."""

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
    SET_NAMES,
    choose_digit,
    choose_subset,
    images,
    labels,
)

SHOWN = 40  # of one digit at a time


def show_many_hands(lab: Lab, data: Dataset) -> str:
    """Show the pictures of one digit, page by page; what the learner has seen."""
    st.markdown(
        "No two people write the same 7, and no rule covers them all. That is why the network gets "
        "examples instead of rules. Choose a digit. Under each picture stands its number."
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
        alts=[f"x_{look.subset}[{index}], a handwritten {digit}" for index in shown],
        width=56,
    )
    if "sample" not in lab.lesson.locked:
        show.your_turn(
            "Some of the 7s look more like a 1. Find one and keep its number in mind. Then open "
            "**One digit**, type that number, and read its label."
        )
        link(path.step("Data"), "One digit", ":material/looks_one:", view="one")
    return (
        f"the {SET_NAMES[look.subset].lower()} set holds {len(indices):,} pictures of the {digit} "
        f"among its {SET_SIZES[look.subset]:,}, and no two of them are the same."
    )
