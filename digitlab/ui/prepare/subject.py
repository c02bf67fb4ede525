"""Which digit the steps of Prepare are shown with."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_sample, images, labels, picture_alt
from digitlab.ui.widgets.layout import picture_beside
from digitlab.wording.say import say

_WIDTH = 112


@dataclass(frozen=True, eq=False)
class Subject:
    """A digit before the steps.

    Attributes:
        name: of the picture, as in code.
        label_name: of the label, as in code.
        pixels: (28, 28), 0 to 255.
        label: 0 to 9.
    """

    name: str
    label_name: str
    pixels: NDArray[np.uint8]
    label: int


def choose_subject(lab: Lab, data: Dataset) -> Subject:
    """The picture of the digit, and beside it the controls that choose it."""
    picture, beside = picture_beside(_WIDTH)
    controls, words = beside.columns([3, 1], gap="medium", vertical_alignment="center")
    with controls, st.container(horizontal=True, vertical_alignment="bottom"):
        look = choose_sample(lab, "prepare")
    pixels, label = images(look, data)[look.index], int(labels(look, data)[look.index])
    with picture:
        show.digit(pixels, alt=picture_alt(look.sample, label), width=_WIDTH)
    name = f"`{look.sample}`"
    words.markdown(say("{name} has the label **{label}**.", name=name, label=label))
    return Subject(look.sample, f"y_{look.subset}[{look.index}]", pixels, label)
