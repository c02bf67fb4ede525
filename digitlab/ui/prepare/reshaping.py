"""The third step of Prepare, which depends on the network: laid out as a row, or kept square."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures import preparation, samples
from digitlab.preprocess.arrays import network_input
from digitlab.specs import IMAGE_SHAPE, RunSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.numerals import by, significant
from digitlab.wording.say import say


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
    name = f"`{subject.name}`"
    return say(
        "The shape of {name} was {before}. Now it is {after}.",
        name=name,
        before=subject.pixels.shape,
        after=spec.network.input_shape,
    )


def _lay_out(spec: RunSpec, subject: Subject) -> None:
    name, pixels = subject.name, subject.pixels
    height, width = IMAGE_SHAPE
    values = network_input(pixels[np.newaxis], spec.network, spec.preparation.preprocessing)
    top = 1 if spec.preparation.scale else 255
    st.header(say("3. Reshape: the picture becomes one row"), anchor=False)
    st.markdown(
        say(
            "The first layer of your network takes one row of numbers, not a table. So this step "
            "puts row 1 behind row 0, row 2 behind row 1, and so on. The result is a **vector** "
            "with {size} = {count} numbers. A pixel in row *r* and column *c* is now at the place "
            "{width} × *r* + *c*.",
            size=by(height, width),
            count=pixels.size,
            width=width,
        )
    )
    before, after = st.columns([2, 3], gap="medium")
    with before:
        row = st.slider(say("Row"), 0, height - 1, 14, key="reshape_row", persist_state="session")
        show.chart(
            samples.cut(
                pixels, say("Before: row {row} of {name}", row=row, name=name), row, height=210
            ),
            key="reshape_before",
            alt=say("The picture {name} with a frame around row {row}.", name=name, row=row),
        )
    with after:
        show.chart(
            preparation.laid_out(values[0].reshape(height, width), row, top),
            key="reshape_after",
            alt=say(
                "All {count} pixels in one row. Row {row} of the picture is now at the places "
                "{first} to {last}. {inked} of these pixels have ink.",
                count=pixels.size,
                row=row,
                first=width * row,
                last=width * row + width - 1,
                inked=np.count_nonzero(pixels[row]),
            ),
        )
    show.your_turn(
        say(
            "At which place is the pixel in row 20 and column 3 after this step? Calculate it. "
            "Then move the slider to row 20, and point at the fourth pixel of this row."
        )
    )


def _keep(spec: RunSpec, subject: Subject) -> None:
    pixels = subject.pixels
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    reshaped = network_input(pixels[np.newaxis], spec.network, spec.preparation.preprocessing)[0]
    darkest = significant(reshaped[row, column, 0], 3)
    st.header(say("3. Reshape: the picture stays a picture"), anchor=False)
    st.markdown(
        say(
            "Your network begins with a **convolution**. This layer looks at small windows of "
            "the picture. So the picture does not become one row. It keeps its rows and columns. "
            "It only gets one more axis, for the **channels**. A colour photo has three channels: "
            "red, green and blue. Our grey digits have one channel."
        )
    )
    code = f"`{subject.name}`"
    shape = say("Shape of {name}", name=code)
    pixel = say("Its darkest pixel: row {row}, column {column}", row=row, column=column)
    st.markdown(
        f"| {say('Property')} | {say('Before')} | {say('After')} |\n|---|---|---|\n"
        f"| {shape} | {pixels.shape} | {reshaped.shape} |\n"
        f"| {pixel} | {darkest} | [{darkest}] |"
    )
    show.your_turn(
        say(
            "The picture has {size} numbers after this step. Are these more numbers than before, "
            "fewer, or as many? Compare the two shapes in the table.",
            size=by(*IMAGE_SHAPE, 1),
        )
    )
