"""What the network says to a letter, a star or a scribble of the learner's own."""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.compute.errors import EngineError
from digitlab.export import snippets
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
from digitlab.ui.widgets.answer import PICTURE_WIDTH, show_answer
from digitlab.ui.widgets.canvas import drawing_canvas
from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.numerals import per_cent, short_per_cent
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.shares import whole_per_cent

_NAMES: Final[dict[str, Message]] = {
    "letter A": to_say("letter A"),
    "letter H": to_say("letter H"),
    "letter X": to_say("letter X"),
    "spiral": to_say("spiral"),
    "star": to_say("star"),
    "cross": to_say("cross"),
}
"""Of each of `SCRIBBLES`."""


def show_scribbles(lab: Lab, network: Network, known: NDArray[np.float32]) -> str:
    """Ready-made scribbles, and a canvas; returns what was seen.

    Args:
        lab: the session.
        network: that reads them.
        known: its answers to the test digits, shape (10000, 10).
    """
    st.markdown(
        say(
            "None of these pictures is a digit. What does your network answer? With a threshold it "
            "can say *I don't know*."
        )
    )
    threshold = choose_threshold(known)
    try:
        probabilities = read_digits(network, received())
    except EngineError as error:
        st.error(problem_words(error.problem))
        return ""
    captions = [
        _verdict(say_message(_NAMES[name]), ten, threshold)
        for name, ten in zip(SCRIBBLES, probabilities, strict=True)
    ]
    show.gallery(received(), captions, captions, width=PICTURE_WIDTH)
    doubted = int((probabilities.max(axis=1) < threshold / 100).sum())
    surest = int(probabilities.max(axis=1).argmax())
    said, percent = (
        int(probabilities[surest].argmax()),
        whole_per_cent(float(probabilities[surest].max())),
    )
    name = say_message(_NAMES[[*SCRIBBLES][surest]])
    st.markdown(
        say(
            "It says *I don't know* to **{doubted}** of the {count} pictures. It is most sure "
            "about this one: {name}. Its largest probability is {chance}, for the digit "
            "**{answer}**.",
            doubted=doubted,
            count=len(probabilities),
            name=name,
            answer=said,
            chance=percent,
        )
        + f" {_why(network)}"
    )
    st.header(say("Now draw one yourself"), anchor=False)
    _draw_one(lab, threshold)
    show.code(snippets.read_drawing(network.architecture, network.preprocessing), folded=True)
    return say(
        "Your network knows digits only. Its most probable answer for one picture ({name}) is "
        "{answer}: {chance}.",
        name=name,
        answer=said,
        chance=percent,
    )


def _why(network: Network) -> str:
    """Why it answers with a digit: its ten numbers are shares of all."""
    if stack_of(network.architecture).gives_sigmoids:
        return say(
            "**Why?** It never learned to say *that is no digit*. The lab divides its ten numbers "
            "by their sum. So {all} goes to the ten digits, for every picture.",
            all=per_cent(1),
        )
    return say(
        "**Why?** It never learned to say *that is no digit*. **Softmax** divides {all} among the "
        "ten digits, for every picture.",
        all=per_cent(1),
    )


def _empty() -> str:
    return say(
        "Draw a letter, a face, anything but a digit. Draw it large, with empty paper around it."
    )


def _verdict(name: str, probabilities: NDArray[np.float32], threshold: int) -> str:
    said, share = int(probabilities.argmax()), float(probabilities.max())
    percent = whole_per_cent(share)
    if 100 * share < threshold:
        exact = per_cent(share, 1)  # 79.6 % must not stand there as 80 %, with a threshold of 80
        return say("{name}: I don't know (the largest: {chance})", name=name, chance=exact)
    return say("{name}: read as {answer} ({chance})", name=name, answer=said, chance=percent)


@st.fragment
def _draw_one(lab: Lab, threshold: int) -> None:
    """A canvas of this page's own and, after each stroke, what the network says."""
    network = need_network(lab)  # here: what a fragment is given, its session holds
    left, right = side_by_side(SIDE, SIDE)
    with left:
        drawing_canvas(lab.owner, lab.scribble, lab.scribble.brush, SCRIBBLE)
    if lab.scribble.pixels is None:
        show_no_reading(right, _empty(), "scribble")
        return
    try:
        digit = drawing_to_digit(lab.scribble.pixels).digit
        probabilities = read_digits(network, digit[None])[0]
    except DrawingError:
        show_no_reading(right, _empty(), "scribble")  # its own words ask for a digit
        return
    except EngineError as error:
        right.error(problem_words(error.problem))
        return
    said, share = int(probabilities.argmax()), float(probabilities.max())
    if 100 * share < threshold:
        sentence = say(
            "**I don't know.** Its best guess is **{answer}** with {chance}. That is less than the "
            "threshold of {threshold}.",
            answer=said,
            chance=per_cent(share, 1),
            threshold=short_per_cent(threshold / 100),
        )
    else:
        sentence = say(
            "It reads **{answer}** with {chance}. The threshold of {threshold} allows this.",
            answer=said,
            chance=whole_per_cent(share),
            threshold=short_per_cent(threshold / 100),
        )
    with right:
        announce(sentence.replace("*", ""), key="said_scribble")
        st.markdown(sentence)
        show_answer(probabilities, digit, "scribble")
