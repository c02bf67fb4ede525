"""One digit: its picture, and the numbers that it is made of."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures import samples
from digitlab.specs import IMAGE_SHAPE, PIXELS, SampleSelection
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_sample, images, labels, picture_alt
from digitlab.wording.numerals import by, whole
from digitlab.wording.say import Message, say, say_message, to_say

_HEIGHT = 500  # of the numbers: with the controls they are in view on a laptop
_ODD = 212  # a training digit that looks more like a 1; its label is 7

_LABEL: Final[dict[str, Message]] = {
    "train": to_say(
        "The **label** of this picture is **{label}**: the digit that the writer meant. In code "
        "the picture is {name}. It is number {index} of the **training set**, counted from 0. The "
        "network learns from this set."
    ),
    "test": to_say(
        "The **label** of this picture is **{label}**: the digit that the writer meant. In code "
        "the picture is {name}. It is number {index} of the **test set**, counted from 0. This set "
        "is for the exam at the end."
    ),
}
"""By the set that the picture is in."""


def show_one_digit(lab: Lab, data: Dataset) -> str:
    """Show the chosen digit as people and as computers see it; what the learner has seen."""
    st.markdown(
        say(
            "A picture has {size} grey dots. They are called **pixels**. You see a picture, but "
            "the computer sees a table of numbers. Choose a digit, and find its dark pixels in "
            "the table.",
            size=by(*IMAGE_SHAPE),
        )
    )
    choice, numbers = st.columns([3, 7], gap="medium")
    with choice:
        look = choose_sample(lab, "data")
        pixels, label = images(look, data)[look.index], labels(look, data)[look.index]
        inked, name = int(np.count_nonzero(pixels)), f"`{look.sample}`"
        show.digit(pixels, alt=picture_alt(look.sample, label))
        st.markdown(
            say_message(_LABEL[look.subset], label=label, name=name, index=whole(look.index))
        )
    with numbers:
        show.chart(
            samples.numbers(pixels, say("{name}: paper 0, ink 255", name=look.sample), _HEIGHT),
            key="numbers",
            alt=say(
                "The numbers of {name} in 28 rows and 28 columns. {inked} of the {count} numbers "
                "are not 0. The largest number is {largest}.",
                name=look.sample,
                inked=inked,
                count=PIXELS,
                largest=pixels.max(),
            ),
        )
    if look.sample != SampleSelection().sample:  # another digit than the first one
        saw(lab, "numbers", sample=look.sample, ink=int(inked))
    if "sample" not in lab.lesson.locked:
        show.your_turn(
            say(
                "Choose *Training*, and type the number {number}. Is the digit a 1 or a 7? Decide "
                "for yourself. Then read its label.",
                number=_ODD,
            )
        )
    return say(
        "{name} shows the digit {label}. The network sees {count} numbers. {inked} of them are "
        "not 0.",
        name=name,
        label=label,
        count=PIXELS,
        inked=inked,
    )
