"""What the network says to a letter, a star or a scribble of the learner's own."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.compute.errors import EngineError
from digitlab.export import snippets
from digitlab.figures.evaluation import probability_bars
from digitlab.preprocess import DrawingError, drawing_to_digit
from digitlab.preprocess.canvas import SIDE
from digitlab.preprocess.scribbles import SCRIBBLES, received
from digitlab.records.networks import Network
from digitlab.ui.draw.reading import show_no_reading
from digitlab.ui.robustness.reject_option import choose_threshold
from digitlab.ui.session.state import SCRIBBLE, Lab
from digitlab.ui.session.waiting import read_digits
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.announcing import announce
from digitlab.ui.widgets.canvas import drawing_canvas
from digitlab.ui.widgets.layout import beside_picture, side_by_side
from digitlab.ui.widgets.output_words import shared_out_by
from digitlab.wording.choices import a_bold
from digitlab.wording.descriptions import all_ten
from digitlab.wording.numerals import per_cent, whole_per_cent
from digitlab.wording.reasons import problem_words

_WIDTH = 140  # two side by side on a phone
_EMPTY = "Draw a letter, a face, anything but a digit: large, with empty paper around it."


def show_scribbles(lab: Lab, network: Network, known: NDArray[np.float32]) -> str:
    """Ready-made scribbles, and a canvas; returns what was seen.

    Args:
        lab: the session.
        network: that reads them.
        known: its answers to the test digits, shape (10000, 10).
    """
    st.markdown(
        "None of these is a digit. What does your network say to them? With a threshold it can "
        "say *I don't know*."
    )
    threshold = choose_threshold(known)
    try:
        probabilities = read_digits(network, received())
    except EngineError as error:
        st.error(problem_words(error.problem))
        return ""
    captions = [
        f"{name}: {_verdict(ten, threshold)}"
        for name, ten in zip(SCRIBBLES, probabilities, strict=True)
    ]
    show.gallery(received(), captions, captions, width=_WIDTH)
    doubted = int((probabilities.max(axis=1) < threshold / 100).sum())
    surest = int(probabilities.max(axis=1).argmax())
    said, percent = (
        int(probabilities[surest].argmax()),
        whole_per_cent(float(probabilities[surest].max())),
    )
    st.markdown(
        f"It says *I don't know* to **{doubted}** of the {len(probabilities)}. It is surest with "
        f"the {[*SCRIBBLES][surest]}: {a_bold(said)}, with {percent}. **Why?** "
        f"It has never learned to say *that is no digit*: {shared_out_by(network)} shares out "
        "100\N{NO-BREAK SPACE}% among the ten digits, whatever it is shown."
    )
    st.header("Now draw one yourself", anchor=False)
    _draw_one(lab, threshold)
    show.code(snippets.read_drawing(network.architecture, network.preprocessing), folded=True)
    return (
        f"shown a {[*SCRIBBLES][surest]}, your network's best answer is {said}, with "
        f"{percent}: it knows nothing but digits."
    )


def _verdict(probabilities: NDArray[np.float32], threshold: int) -> str:
    said, share = int(probabilities.argmax()), float(probabilities.max())
    percent = whole_per_cent(share)
    if 100 * share < threshold:
        return f"I don't know (at most {percent})"
    return f"read as {said} ({percent})"


@st.fragment
def _draw_one(lab: Lab, threshold: int) -> None:
    """A canvas of this page's own and, after each stroke, what the network says."""
    network = need_network(lab)  # here: what a fragment is given, its session holds
    left, right = side_by_side(SIDE, SIDE)
    with left:
        drawing_canvas(lab.owner, lab.scribble, lab.scribble.brush, SCRIBBLE)
    if lab.scribble.pixels is None:
        show_no_reading(right, _EMPTY, "scribble")
        return
    try:
        digit = drawing_to_digit(lab.scribble.pixels).digit
        probabilities = read_digits(network, digit[None])[0]
    except DrawingError:
        show_no_reading(right, _EMPTY, "scribble")  # its own words ask for a digit
        return
    except EngineError as error:
        right.error(problem_words(error.problem))
        return
    said, share = int(probabilities.argmax()), float(probabilities.max())
    percent = whole_per_cent(share)
    if 100 * share < threshold:
        sentence = (
            f"**I don't know.** Its best guess is {a_bold(said)}, with "
            f"{per_cent(share, 1)}: less than {threshold}\N{NO-BREAK SPACE}%."
        )
    else:
        sentence = (
            f"It reads {a_bold(said)} with {percent}: the threshold of "
            f"{threshold}\N{NO-BREAK SPACE}% lets that pass."
        )
    with right:
        announce(sentence.replace("*", ""), key="said_scribble")
        st.markdown(sentence)
        bars, seen = beside_picture(_WIDTH)
        with bars:
            show.chart(
                probability_bars(probabilities),
                key="robust_scribble",
                alt=f"Ten bars: {all_ten(probabilities)}.",
            )
        with seen:
            st.caption("What it receives")
            show.digit(
                digit,
                alt="Your drawing as 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels",
                width=_WIDTH,
            )
