"""The first step of Prepare: whole numbers become decimals."""

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.preprocess.arrays import cast
from digitlab.specs import RunSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say


def cast_step(spec: RunSpec, data: Dataset, subject: Subject) -> str:
    """Show what the cast does to a picture and to the arrays; what the learner has seen.

    Args:
        spec: of the run. What spoils its training digits comes before the first step.
        data: all digits.
        subject: the digit.
    """
    spoiled = st.container()  # there in any case, for the keyboard: see ablation_line
    if code := snippets.spoil(spec):
        with spoiled:
            st.markdown(say("You changed the training digits. This code runs before step 1:"))
            show.piece(code)
    pixels = subject.pixels
    floats = cast(pixels)
    st.header(say("1. Cast: whole numbers become decimals"), anchor=False)
    st.markdown(
        say(
            "At first each pixel is a `uint8`: a whole number from 0 to 255 that takes one "
            "**byte** of memory. But step 2 needs numbers such as 0.5. A `float32` can be 0.5. It "
            "takes four bytes."
        )
    )
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    grows = floats.itemsize // pixels.itemsize
    darkest = say("Darkest pixel: row {row}, column {column}", row=row, column=column)
    st.markdown(
        f"| {say('Property')} | {say('Before')} | {say('After')} |\n|---|---:|---:|\n"
        f"| {say('Kind of number, `dtype`')} | `{pixels.dtype}` | `{floats.dtype}` |\n"
        f"| {darkest} | {pixels.max()} | {floats.max()} |\n"
        f"{_memory_row('x_train', data.x_train.nbytes, grows)}\n"
        f"{_memory_row('x_test', data.x_test.nbytes, grows)}"
    )
    st.markdown(say("This code uses the arrays from the page **Data**."))
    show.piece(snippets.CAST)
    name = f"`{subject.name}`"
    return say(
        "The darkest pixel of {name} was the whole number {before}. Now it is the decimal number "
        "{after}. It takes {times} times as much memory.",
        name=name,
        before=pixels.max(),
        after=floats.max(),
        times=grows,
    )


def _memory_row(name: str, size: int, grows: int) -> str:
    before, after = (
        say("{size}\N{NO-BREAK SPACE}MB", size=decimal(times * size / 1e6, 1))
        for times in (1, grows)
    )
    code = f"`{name}`"
    return f"| {say('Memory for {name}', name=code)} | {before} | {after} |"
