"""What the network reads in a picture, and how the picture became its input."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.descriptions import all_ten
from digitlab.figures.evaluation import probability_bars
from digitlab.numerals import by, per_cent
from digitlab.preprocess import DrawnDigit, png
from digitlab.training.errors import EngineError
from digitlab.training.networks import Network
from digitlab.ui import show
from digitlab.ui.announcing import announce
from digitlab.ui.layout import beside_picture
from digitlab.ui.names import a_bold
from digitlab.ui.state import Lab
from digitlab.ui.waiting import read_digits

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_SURE, _ALL_BUT_CERTAIN = 0.8, 0.995
_STEP_WIDTH = 140  # two side by side on a phone


def show_no_reading(place: "DeltaGenerator", words: str, source: str) -> None:
    """Say in `place` why nothing is read. What is read later is then said aloud from the first time on."""
    with place:
        announce("", key=f"said_{source}")
        st.info(words)


def show_reading(
    lab: Lab,
    network: Network,
    drawn: DrawnDigit,
    place: "DeltaGenerator",
    source: str,
    resized: NDArray[np.uint8] | None,
) -> None:
    """The answer in `place`, and below how the pixels became the network's input."""
    images = [drawn.digit] if resized is None else [drawn.digit, resized]
    try:
        answers = read_digits(network, np.stack(images))
    except EngineError as error:
        place.error(str(error))
        return
    sentence = _sentence(answers[0])
    with place:
        announce(sentence.replace("*", ""), key=f"said_{source}")
        st.markdown(sentence)
        bars, received = beside_picture(_STEP_WIDTH)
        with bars:
            figure = probability_bars(answers[0])
            show.chart(figure, key=f"bars_{source}", alt=f"Ten bars: {all_ten(answers[0])}.")
        with received:
            st.caption("What it receives")
            show.digit(
                drawn.digit,
                alt=f"Your digit as {by(28, 28)} pixels",
                width=_STEP_WIDTH,
            )
            st.download_button(
                "digit.png",
                png(drawn.digit),
                "digit.png",
                "image/png",
                key=f"received_{source}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                help=f"These {by(28, 28)} pixels as a file, for the code below and the notebook.",
            )
    if resized is not None:
        st.markdown(f"**Resized, and nothing else:** {_sentence(answers[1])}")
        show.digit(
            resized,
            alt=f"The whole picture shrunk to {by(28, 28)} pixels",
            width=_STEP_WIDTH,
        )
    _show_steps(drawn)
    if "Draw" not in lab.seen:
        lab.seen.add("Draw")
        st.rerun()  # the page's end and the tick in the sidebar follow


def _sentence(answers: NDArray[np.float32]) -> str:
    second, first = np.argsort(answers)[-2:]
    certain = answers[first] >= _ALL_BUT_CERTAIN
    percent = f"over {per_cent(0.99)}" if certain else per_cent(answers[first])
    if answers[first] >= _SURE:
        return f"It reads {a_bold(first)} and is sure: {percent}."
    return (
        f"It reads {a_bold(first)}, but is not sure: {percent}. It could be {a_bold(second)} too."
    )


def _show_steps(drawn: DrawnDigit) -> None:
    st.markdown("**From your pixels to what the network receives**")
    show.gallery(
        [show.squared(step.pixels) for step in drawn.steps],
        captions=[f"{number}. {step.caption}" for number, step in enumerate(drawn.steps, start=1)],
        alts=[f"{step.name}: {step.caption}" for step in drawn.steps],
        width=_STEP_WIDTH,
    )
