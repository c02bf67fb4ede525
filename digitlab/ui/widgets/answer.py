"""What a network says to a drawing: its ten probabilities, and the digit that it received."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.figures.evaluation import probability_bars
from digitlab.preprocess import png
from digitlab.specs import IMAGE_SHAPE
from digitlab.ui.widgets import show
from digitlab.ui.widgets.layout import beside_picture
from digitlab.wording.numerals import by
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import all_ten

PICTURE_WIDTH = 140
"""Of a small picture in pixels: two side by side on a phone."""


def show_answer(probabilities: NDArray[np.float32], received: NDArray[np.uint8], name: str) -> None:
    """Ten bars, and beside them what the network received, to look at and to download.

    Args:
        probabilities: ten.
        received: a digit (28, 28), 0 paper and 255 ink.
        name: tells this answer from others on the page.
    """
    bars, picture = beside_picture(PICTURE_WIDTH)
    with bars:
        show.chart(
            probability_bars(probabilities),
            key=f"bars_{name}",
            alt=say("Ten bars: {listed}.", listed=all_ten(probabilities)),
        )
    size = by(*IMAGE_SHAPE)
    with picture:
        st.caption(say("What it receives"))
        alt = say("What the network receives: {size} pixels", size=size)
        show.digit(received, alt=alt, width=PICTURE_WIDTH)
        st.download_button(
            "digit.png",
            png(received),
            "digit.png",
            "image/png",
            key=f"received_{name}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            help=say(
                "These {size} pixels as a file, for the code below and the notebook.", size=size
            ),
        )
