"""The steps of Prepare that a run can leave out: scaling and one-hot."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.export import snippets
from digitlab.figures import preparation
from digitlab.preprocess.arrays import cast, one_hot, scale
from digitlab.specs import PrepSpec
from digitlab.ui.prepare.subject import Subject
from digitlab.ui.prepare.words import label_seen
from digitlab.ui.widgets import show
from digitlab.wording.numerals import significant
from digitlab.wording.say import say


def scale_step(steps: PrepSpec, subject: Subject) -> str:
    """Show what the division by 255 does to a picture, or that it is left out.

    Returns:
        What the learner has seen.
    """
    pixels, name = subject.pixels, f"`{subject.name}`"
    st.header(say("2. Scale: from 0–255 to 0–1"), anchor=False)
    st.markdown(
        say(
            "This step divides every pixel by 255. The digit looks the same. Why is this step "
            "useful? Without it, each pixel would add 255 times as much to the sums in the first "
            "layer. The usual learning rates are made for small numbers. The charts show the "
            "{inked} pixels of {name} that have ink. The other {paper} pixels are 0 before and "
            "after.",
            inked=np.count_nonzero(pixels),
            name=name,
            paper=np.count_nonzero(pixels == 0),
        )
    )
    before = cast(pixels)
    after, top = (scale(before), 1) if steps.scale else (before, 255)
    left, right = st.columns(2)
    with left:
        largest = significant(before.max())
        title = say("Before: values from 0 to {largest}", largest=largest)
        _histogram(before, 255, title, "histogram_before")
    with right:
        largest = significant(after.max())
        title = say("After: values from 0 to {largest}", largest=largest)
        _histogram(after, top, title, "histogram_after")
    if not steps.scale:
        _say_left_out()
        return say(
            "The numbers of {name} are 0 to {before}. They did not change.",
            name=name,
            before=pixels.max(),
        )
    show.piece(snippets.SCALE)
    return say(
        "The numbers of {name} were 0 to {before}. Now they are 0 to {after}.",
        name=name,
        before=pixels.max(),
        after=significant(after.max()),
    )


def one_hot_step(steps: PrepSpec, subject: Subject) -> str:
    """Show what becomes of a label, or that it stays what it is; what the learner has seen."""
    label, name = subject.label, f"`{subject.label_name}`"
    st.header(say("4. One-hot: the label becomes ten numbers"), anchor=False)
    st.markdown(
        say(
            "The network will give ten answers, one for each digit. So the label must say what "
            "each of the ten answers should be. It is 1 for the right digit and 0 for all the "
            "others. The name of this is **one-hot**: only one of the ten numbers is *hot*."
        )
    )
    before, after = st.columns([1, 3])
    before.metric(say("Before: {name}", name=name), label)
    if not steps.one_hot:
        after.metric(say("After: {name}", name=name), label)
        _say_left_out()
    else:
        with after:
            show.chart(
                preparation.one_hot(one_hot(np.asarray(label, np.uint8))),
                key="one_hot",
                alt=say(
                    "Ten numbers at the places 0 to 9. Place {label} has 1. The other places have "
                    "0.",
                    label=label,
                ),
            )
        show.piece(snippets.ONE_HOT)
    return label_seen(steps, name, label)


def _histogram(values: NDArray[np.float32], most: int, title: str, key: str) -> None:
    show.chart(
        preparation.histogram(values, most, title),
        key=key,
        alt=say(
            "{title}. The bars count the pixels with ink by their value. The bars have the same "
            "heights before and after this step.",
            title=title,
        ),
    )


def _say_left_out() -> None:
    left_out = say("You left this step out, so there is no code for it.")
    st.markdown(f":material/construction: {left_out}")
