"""The parts of Draw: a canvas or an uploaded picture, the answer, and the steps between."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.figures.evaluation import probability_bars
from digitlab.preprocess import (
    DrawingError,
    DrawnDigit,
    PictureError,
    drawing_to_digit,
    plain_resize,
    read_picture,
)
from digitlab.training.records import TrainedNetwork
from digitlab.training.workers import EngineError
from digitlab.ui import show
from digitlab.ui.canvas import drawing_canvas, png
from digitlab.ui.shared import queue
from digitlab.ui.state import Lab, Sketch

_SURE, _ALL_BUT_CERTAIN = 0.8, 0.995
_STEP_WIDTH = 140  # two side by side on a phone


@st.fragment
def draw_and_read(lab: Lab, trained: TrainedNetwork) -> None:
    """The canvas and, after each stroke, what the network reads."""
    sketch = lab.sketch
    left, right = st.columns([2, 3], gap="large")
    with left:
        brush = st.session_state.get("brush", sketch.brush)
        drawing_canvas(sketch, brush)
        with st.container(horizontal=True):
            st.button("Clear", icon=":material/delete:", on_click=_clear, args=(lab,))
            if sketch.pixels is not None:
                st.download_button(
                    "Save", png(sketch.pixels), "drawing.png", "image/png", icon=":material/save:"
                )
        sketch.brush = st.slider("Brush", 8, 40, sketch.brush, key="brush")
        compare = st.toggle("What a plain resize would have read", key="compare_drawing")
    if sketch.pixels is None:
        right.info("The canvas is empty. Draw one digit, large and in the middle.")
    else:
        lab.seen.add("Draw")
        _show_reading(sketch.pixels, trained, compare, right, "drawing")


@st.fragment
def upload_and_read(trained: TrainedNetwork) -> None:
    """A picture of a digit from a file, read in the same way."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        file = st.file_uploader(
            f"A PNG or JPEG of one digit, up to {limits.MAX_UPLOAD_MEGABYTES} MB",
            type=["png", "jpg", "jpeg"],
            key="upload",
            help="White paper or black ground, a photo or a scan: both are read.",
        )
        compare = st.toggle("What a plain resize would have read", key="compare_upload")
    if file is None:
        right.info(
            "Write one digit on white paper with a thick pen, take a photo and choose it here."
        )
        return
    try:
        pixels = read_picture(file.getvalue())
    except PictureError as error:
        right.error(str(error))
        return
    _show_reading(pixels, trained, compare, right, "upload")


def _clear(lab: Lab) -> None:
    lab.sketch = Sketch(generation=lab.sketch.generation + 1, brush=lab.sketch.brush)


def _show_reading(
    pixels: NDArray[np.uint8],
    trained: TrainedNetwork,
    compare: bool,
    place: "st.delta_generator.DeltaGenerator",
    key: str,
) -> None:
    """The answer in `place`, and below how the pixels became the network's input."""
    try:
        drawn = drawing_to_digit(pixels)
        images = np.stack([drawn.digit, plain_resize(pixels)])
        answers = queue().predict(trained, images)
    except DrawingError as error:
        place.info(str(error))
        return
    except EngineError as error:
        place.error(str(error))
        return
    with place:
        st.markdown(_sentence(answers[0]))
        show.chart(
            probability_bars(answers[0]),
            key=f"bars_{key}",
            alt=f"Ten bars. {_sentence(answers[0])}",
        )
    if compare:
        _show_plain(images[1], answers[1])
    _show_steps(drawn)


def _sentence(answers: NDArray[np.float32]) -> str:
    second, first = np.argsort(answers)[-2:]
    percent = f"{100 * answers[first]:.0f} %" if answers[first] < _ALL_BUT_CERTAIN else "over 99 %"
    if answers[first] >= _SURE:
        return f"It reads a **{first}** and is sure: {percent}."
    return f"It reads a **{first}**, but is not sure: {percent}. It could also be a **{second}**."


def _show_plain(digit: NDArray[np.uint8], answers: NDArray[np.float32]) -> None:
    st.markdown(f"**Resized, and nothing else:** {_sentence(answers)}")
    show.digit(digit, alt="The whole picture shrunk to 28 × 28 pixels", width=_STEP_WIDTH)


def _show_steps(drawn: DrawnDigit) -> None:
    st.markdown("**From your pixels to what the network receives**")
    show.gallery(
        [show.squared(step.pixels) for step in drawn.steps],
        captions=[f"{number}. {step.caption}" for number, step in enumerate(drawn.steps, start=1)],
        alts=[f"{step.name}: {step.caption}" for step in drawn.steps],
        width=_STEP_WIDTH,
    )
