"""Four steps from a picture and its label to what a network takes."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.preprocess.arrays import cast
from digitlab.ui.ablation.line import ablation_line, way_to_ablations
from digitlab.ui.prepare.arrays import prepared_words, show_arrays
from digitlab.ui.prepare.reshaping import reshape_step
from digitlab.ui.prepare.steps import one_hot_step, scale_step
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_sample, images, labels

MB = "\N{NO-BREAK SPACE}MB"

lab, data = open_page("Prepare")
st.markdown(
    "A network calculates with decimal numbers and wants them small and in a fixed order. Four "
    "steps bring the digits there. Choose a digit and watch what each step does to it; the code "
    "of the step stands below it. The code goes on from the arrays that **Data** loaded."
)
ablation_line(lab, "prepare")
steps = lab.spec.preparation
above_steps = st.container()  # there in any case, for the keyboard: see ablation_line
if spoiled := snippets.spoil(lab.spec):
    above_steps.markdown("Before the four steps, the training digits are spoiled:")
    above_steps.code(spoiled)

choice, first = st.columns([2, 5], gap="medium")
with choice:
    look = choose_sample(lab, "prepare")
    pixels, label = images(look, data)[look.index], labels(look, data)[look.index]
    show.digit(pixels, alt=f"The picture {look.sample}, a handwritten {label}.", width=140)
    st.markdown(f"`{look.sample}`, label **{label}**")
floats = cast(pixels)
with first:
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
        f"| Memory for `x_train` | {train:.1f}{MB} | {grows * train:.1f}{MB} |\n"
        f"| Memory for `x_test` | {test:.1f}{MB} | {grows * test:.1f}{MB} |"
    )
    show.piece(snippets.CAST)

scale_step(not steps.scale, look.sample, pixels)
reshape_step(lab.spec, look.sample, pixels)
one_hot_step(not steps.one_hot, f"y_{look.subset}[{look.index}]", label)
show_arrays(data, lab.spec)
way_to_ablations()

close_page(lab, "Prepare", seen=prepared_words(steps, pixels, label))
