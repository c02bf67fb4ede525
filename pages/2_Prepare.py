"""Four steps from a picture and its label to what a network takes."""

import numpy as np
import streamlit as st

from digitlab import snippets
from digitlab.figures import preparation
from digitlab.preprocess.arrays import cast, one_hot, scale
from digitlab.ui import show
from digitlab.ui.frame import close_page, open_page
from digitlab.ui.prepared import show_arrays
from digitlab.ui.reshaping import reshape_step
from digitlab.ui.sample import choose_sample, images, labels

MB = "\N{NO-BREAK SPACE}MB"

lab, data = open_page("Prepare")
st.markdown(
    "A network calculates with decimal numbers and wants them small and in a fixed order. Four "
    "steps bring the digits there. Choose a digit and watch what each step does to it; the Keras "
    "code of the step stands below."
)

choice, first = st.columns([2, 5], gap="medium")
with choice:
    look = choose_sample(lab, "prepare")
    pixels, label = images(look, data)[look.index], labels(look, data)[look.index]
    show.digit(pixels, alt=f"The picture {look.sample}, a handwritten {label}.", width=140)
    st.markdown(f"`{look.sample}`, label **{label}**")
floats = cast(pixels)
scaled = scale(floats)
with first:
    st.subheader("1. Cast: whole numbers become decimals", anchor=False)
    st.markdown(
        "The pixels come as `uint8`: whole numbers from 0 to 255, one **byte** each. There is no "
        "0.5 among them, and step 2 needs such numbers. `float32` has them, for four bytes each."
    )
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    train, test = data.x_train.nbytes / 1e6, data.x_test.nbytes / 1e6
    grows = floats.itemsize // pixels.itemsize
    st.markdown(
        "| | Before | After |\n|---|---:|---:|\n"
        f"| Kind of number, `dtype` | {pixels.dtype} | {floats.dtype} |\n"
        f"| Darkest pixel: row {row}, column {column} | {pixels.max()} | {floats.max()} |\n"
        f"| Memory for `x_train` | {train:.1f}{MB} | {grows * train:.1f}{MB} |\n"
        f"| Memory for `x_test` | {test:.1f}{MB} | {grows * test:.1f}{MB} |"
    )
    st.code(snippets.CAST)

st.subheader("2. Scale: from 0–255 to 0–1", anchor=False)
st.markdown(
    "Divide every pixel by 255. The digit looks the same, only the ruler has changed. Why bother? "
    "With inputs in the hundreds, the sums inside a network get so large that it hardly learns. "
    f"Below are the {np.count_nonzero(pixels)} pixels of `{look.sample}` that hold ink; the other "
    f"{np.count_nonzero(pixels == 0)} are 0 and stay 0."
)
for place, when, values, top in zip(
    st.columns(2), ("Before", "After"), (floats, scaled), (255, 1), strict=True
):
    spread = f"{when}: values from 0 to {values.max():.4g}"
    with place:
        show.chart(
            preparation.histogram(values, top, spread),
            key=f"histogram_{when.lower()}",
            alt=f"{spread}. How many of the inked pixels have which value; the bars have the same "
            "heights before and after.",
        )
st.code(snippets.SCALE)

reshape_step(lab.run.network, look.sample, pixels)

st.subheader("4. One-hot: the label becomes ten numbers", anchor=False)
st.markdown(
    "The network will give ten answers, one for each digit. So the label must say what all ten "
    "should be: 1 for the right digit, 0 for the others. This is **one-hot encoding**: of ten "
    "numbers, one is *hot*."
)
vector = one_hot(label)
before, after = st.columns([2, 8])
before.metric(f"Before: y_{look.subset}[{look.index}]", int(label))
with after:
    show.chart(
        preparation.one_hot(vector),
        key="one_hot",
        alt=f"Ten numbers, places 0 to 9. Place {label} holds 1, the others hold 0.",
    )
st.code(snippets.ONE_HOT)

show_arrays(data, lab.run.network)

close_page(
    lab,
    "Prepare",
    seen=f"your {label}, {pixels.size} whole numbers up to {pixels.max()}, became "
    f"{pixels.size} decimals up to {scaled.max():.3g}, and its label became {vector.astype(int)}.",
)
