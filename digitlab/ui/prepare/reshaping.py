"""The third step of Prepare, which depends on the network: laid out as a row, or kept square."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures import preparation, samples
from digitlab.preprocess.arrays import network_input
from digitlab.specs import IMAGE_SHAPE, RunSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.numerals import by


def reshape_step(spec: RunSpec, subject: Subject) -> str:
    """Show how a picture (28, 28) is brought into the shape that this network takes.

    Args:
        spec: its network is dense, or has convolutions.
        subject: the picture.

    Returns:
        What the learner has seen.
    """
    if spec.network.convolutions:
        _keep(spec, subject)
    else:
        _lay_out(spec, subject)
    show.piece(snippets.reshape(spec.network))
    return (
        f"the shape of `{subject.name}` was {subject.pixels.shape}. After this step it is "
        f"{spec.network.input_shape}."
    )


def _lay_out(spec: RunSpec, subject: Subject) -> None:
    name, pixels = subject.name, subject.pixels
    height, width = IMAGE_SHAPE
    values = network_input(pixels[np.newaxis], spec.network, spec.preparation.preprocessing)
    top = 1 if spec.preparation.scale else 255
    st.header("3. Reshape: the picture becomes one row", anchor=False)
    st.markdown(
        "The first layer of your network takes a line of numbers, not a table. So row 1 is put "
        f"behind row 0, row 2 behind row 1, and so on: {by(height, width)} = {pixels.size} in one "
        f"row, a **vector**. The pixel in row *r*, column *c* lands at place {width} · *r* + *c*."
    )
    before, after = st.columns([2, 3], gap="medium")
    with before:
        row = st.slider("Row", 0, height - 1, 14, key="reshape_row", persist_state="session")
        show.chart(
            samples.cut(pixels, f"Before: row {row} of {name}", row, height=210),
            key="reshape_before",
            alt=f"The picture {name} with a frame around row {row}.",
        )
    with after:
        first, last = width * row, width * row + width - 1
        inked = np.count_nonzero(pixels[row])
        show.chart(
            preparation.laid_out(values[0].reshape(height, width), row, top),
            key="reshape_after",
            alt=f"After: all {pixels.size} pixels in one row. Row {row} of the picture is now at "
            f"places {first} to {last}; {inked} of them hold ink.",
        )
    show.your_turn(
        "At which place does the pixel in row 20, column 3 land? Work it out, then move the "
        "slider to row 20 and point at the fourth place."
    )


def _keep(spec: RunSpec, subject: Subject) -> None:
    name, pixels = subject.name, subject.pixels
    height, width = IMAGE_SHAPE
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    reshaped = network_input(pixels[np.newaxis], spec.network, spec.preparation.preprocessing)[0]
    st.header("3. Reshape: the picture stays a picture", anchor=False)
    st.markdown(
        "Your network begins with a **convolution**, which compares neighbouring pixels. So the "
        "rows stay under each other, and the picture is *not* laid out as one row of "
        f"{pixels.size}. It only gets one more axis, for the **channels**: a colour photo has "
        "three, red, green and blue; our grey digits have one."
    )
    st.markdown(
        "| What | Before | After |\n|---|---|---|\n"
        f"| Shape of `{name}` | {pixels.shape} | {reshaped.shape} |\n"
        f"| Its darkest pixel: row {row}, column {column} | {reshaped[row, column, 0]:.3g} "
        f"| [{reshaped[row, column, 0]:.3g}] |"
    )
    show.your_turn(
        "How many numbers does the picture hold after this step? "
        f"{by(height, width)}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}1: more than before, fewer, or "
        "the same? The shapes in the table tell."
    )
