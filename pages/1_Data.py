"""Look at the digits: one of them, many of them, and the arrays that hold them."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures import samples, sets
from digitlab.ui.data.tensors import explore
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_digit, choose_sample, images, labels
from digitlab.wording.descriptions import a

SHOWN = 40  # of one digit at a time

lab, data = open_page("Data")
st.markdown(
    "A network learns from examples. Here they are: **MNIST**, 70,000 digits that people wrote by "
    "hand, each one a picture of 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 grey dots, the "
    "**pixels**. You see a picture, the computer a table of numbers; both are the same digit."
)

choice, numbers = st.columns([3, 7], gap="medium")
with choice:
    look = choose_sample(lab, "data")
    pictures, meant = images(look, data), labels(look, data)
    pixels, label = pictures[look.index], meant[look.index]
    inked = np.count_nonzero(pixels)
    show.digit(pixels, alt=f"The picture {look.sample}, a handwritten {label}.")
    st.markdown(
        f"Its **label**, what the writer meant: **{label}**. In code the picture is "
        f"`{look.sample}`: number {look.index}, counted from 0, of the "
        + (
            "**training set**, the digits to learn from."
            if look.subset == "train"
            else "**test set**, the digits for the exam at the end."
        )
    )
with numbers:
    show.chart(
        samples.numbers(pixels, f"{look.sample}: 0 paper, 255 ink"),
        key="numbers",
        alt=f"The 28 rows and 28 columns of numbers of {look.sample}: {inked} of the 784 are not "
        f"0, the largest is {pixels.max()}.",
    )
if "sample" not in lab.lesson.locked:
    show.your_turn(
        "Some of the 7s further down look more like a 1. Find one, type its number above, and "
        "read its label."
    )
show.code("\n".join((snippets.LOAD, snippets.look(look.subset, look.index))), key="data")

st.header("Many hands", anchor=False)
st.markdown(
    "No two people write the same 7, and no rule covers them all. That is why the network gets "
    "examples instead of rules. Under each picture stands its number."
)
digit = choose_digit(lab)
indices = np.flatnonzero(meant == digit)
page = st.pagination(-(-len(indices) // SHOWN), key=f"page_{look.subset}_{digit}")
shown = indices[SHOWN * (page - 1) : SHOWN * page]
show.gallery(
    pictures[shown],
    captions=[str(index) for index in shown],
    alts=[f"x_{look.subset}[{index}], a handwritten {digit}" for index in shown],
    width=56,
)

averages, counts = st.columns(2, gap="large")
in_train, in_test = sets.class_counts(data)
with averages:
    st.markdown(
        f"Lay all {in_train[digit]:,} training {digit}s on top of each other and you get the "
        f"**average {digit}**. It is dark where most writers have ink and pale where only some do."
    )
    show.digit(sets.average_digits(data)[digit], alt=f"The average {digit} of the training set.")
    show.strip(sets.average_digits(data), alt="The ten averages, from 0 to 9.", width=32)
with counts:
    show.chart(
        sets.counts(in_train, in_test),
        key="counts",
        alt="Digits in the training set, 0 to 9: "
        + ", ".join(f"{count:,}" for count in in_train)
        + "; in the test set: "
        + ", ".join(f"{count:,}" for count in in_test),
    )
show.piece(snippets.one_digit(digit))

explore(lab, data)


close_page(
    lab,
    "Data",
    seen=f"{look.sample} is {a(label)}, and to the network it is 784 numbers, {inked} of them not "
    "0.",
)
