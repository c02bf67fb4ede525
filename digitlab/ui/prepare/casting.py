"""The first step of Prepare: whole numbers become decimals."""

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.preprocess.arrays import cast
from digitlab.specs import RunSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.widgets import show

_MB = "\N{NO-BREAK SPACE}MB"


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
            st.markdown("Before the four steps, the training digits are spoiled:")
            show.piece(code)
    pixels = subject.pixels
    floats = cast(pixels)
    st.header("1. Cast: whole numbers become decimals", anchor=False)
    st.markdown(
        "The pixels come as `uint8`: whole numbers from 0 to 255, one **byte** each. There is no "
        "0.5 among them, and step 2 needs such numbers. `float32` has them, for four bytes each."
    )
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    train, test = data.x_train.nbytes / 1e6, data.x_test.nbytes / 1e6
    grows = floats.itemsize // pixels.itemsize
    st.markdown(
        "| What | Before | After |\n|---|---:|---:|\n"
        f"| Kind of number, `dtype` | {pixels.dtype} | {floats.dtype} |\n"
        f"| Darkest pixel: row {row}, column {column} | {pixels.max()} | {floats.max()} |\n"
        f"| Memory for `x_train` | {train:.1f}{_MB} | {grows * train:.1f}{_MB} |\n"
        f"| Memory for `x_test` | {test:.1f}{_MB} | {grows * test:.1f}{_MB} |"
    )
    st.markdown("This code goes on from the arrays that **Data** loaded.")
    show.piece(snippets.CAST)
    return (
        f"the darkest pixel of `{subject.name}` was the whole number {pixels.max()}. It became the "
        f"decimal number {floats.max()}, which takes {grows} times as much memory."
    )
