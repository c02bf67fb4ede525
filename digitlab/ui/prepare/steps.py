"""The steps of Prepare that a run can leave out: scaling and one-hot."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures import preparation
from digitlab.preprocess.arrays import cast, one_hot, scale
from digitlab.specs import PrepSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.prepare.words import label_words
from digitlab.ui.widgets import show

_LEFT_OUT = ":material/construction: You left this step out, so there is no code for it."


def scale_step(steps: PrepSpec, subject: Subject) -> str:
    """Show what the division by 255 does to a picture, or that it is left out.

    Returns:
        What the learner has seen.
    """
    left_out, pixels = not steps.scale, subject.pixels
    st.header("2. Scale: from 0–255 to 0–1", anchor=False)
    st.markdown(
        "Divide every pixel by 255. The digit looks the same; only the scale has changed. Why "
        "bother? Without it, the sums in the first layer would be 255 times as large, and the "
        "usual learning rates are made for small numbers. "
        f"Below are the {np.count_nonzero(pixels)} pixels of `{subject.name}` that hold ink; the "
        f"other {np.count_nonzero(pixels == 0)} are 0 and stay 0."
    )
    before = cast(pixels)
    after, top = (before, 255) if left_out else (scale(before), 1)
    for place, when, values, most in zip(
        st.columns(2), ("Before", "After"), (before, after), (255, top), strict=True
    ):
        spread = f"{when}: values from 0 to {values.max():.4g}"
        with place:
            show.chart(
                preparation.histogram(values, most, spread),
                key=f"histogram_{when.lower()}",
                alt=f"{spread}. How many of the inked pixels have which value; the bars have the "
                "same heights before and after.",
            )
    if left_out:
        st.markdown(_LEFT_OUT)
    else:
        show.piece(snippets.SCALE)
    return (
        f"the numbers of `{subject.name}` went up to {pixels.max()}. After this step they go up to "
        f"{after.max():.4g}."
    )


def one_hot_step(steps: PrepSpec, subject: Subject) -> str:
    """Show what becomes of a label, or that it stays what it is; what the learner has seen."""
    label = subject.label
    st.header("4. One-hot: the label becomes ten numbers", anchor=False)
    st.markdown(
        "The network will give ten answers, one for each digit. So the label must say what all ten "
        "should be: 1 for the right digit, 0 for the others. This is **one-hot encoding**: of ten "
        "numbers, one is *hot*."
    )
    before, after = st.columns([1, 3])
    before.metric(f"Before: {subject.label_name}", label)
    if not steps.one_hot:
        after.metric(f"After: {subject.label_name}", label)
        st.markdown(_LEFT_OUT)
    else:
        with after:
            show.chart(
                preparation.one_hot(one_hot(np.asarray(label, np.uint8))),
                key="one_hot",
                alt=f"Ten numbers, places 0 to 9. Place {label} holds 1, the others hold 0.",
            )
        show.piece(snippets.ONE_HOT)
    return f"the label of `{subject.name}` {label_words(steps, label)}."
