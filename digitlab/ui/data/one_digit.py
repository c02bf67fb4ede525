"""One digit: its picture, and the numbers that it is made of."""

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures import samples
from digitlab.specs import SampleSelection
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_sample, images, labels
from digitlab.wording.descriptions import a
from digitlab.wording.numerals import by

_HEIGHT = 500  # of the numbers: with the controls they are in view on a laptop
_ODD = 212  # a training digit that looks more like a 1; its label is 7


def show_one_digit(lab: Lab, data: Dataset) -> str:
    """Show the chosen digit as people and as computers see it; what the learner has seen."""
    st.markdown(
        f"A picture has {by(28, 28)} grey dots, its **pixels**. You see the picture, the computer "
        "sees a table of numbers. Choose a digit, and find its dark dots in the table."
    )
    choice, numbers = st.columns([3, 7], gap="medium")
    with choice:
        look = choose_sample(lab, "data")
        pixels, label = images(look, data)[look.index], labels(look, data)[look.index]
        inked = np.count_nonzero(pixels)
        show.digit(pixels, alt=f"The picture {look.sample}, a handwritten {label}.")
        st.markdown(
            f"Its **label**, what the writer meant: **{label}**. In code the picture is "
            f"`{look.sample}`: number {look.index}, counted from 0, of the "
            + (
                "**training set**, the digits to learn from."
                if look.subset == "train"
                else "**test set**, the digits for the exam at the end."
            )
        )
    with numbers:
        show.chart(
            samples.numbers(pixels, f"{look.sample}: 0 paper, 255 ink", _HEIGHT),
            key="numbers",
            alt=f"The 28 rows and 28 columns of numbers of {look.sample}: {inked} of the 784 are "
            f"not 0, the largest is {pixels.max()}.",
        )
    if look.sample != SampleSelection().sample:  # another digit than the first one
        saw(lab, "numbers", sample=look.sample, ink=int(inked))
    if "sample" not in lab.lesson.locked:
        show.your_turn(
            f"Choose *Training* and type its number {_ODD}. Is it a 1 or a 7? Decide for yourself, "
            "and then read its label."
        )
    return (
        f"{look.sample} is {a(label)}, and to the network it is 784 numbers, {inked} of them not 0."
    )
