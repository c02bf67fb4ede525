"""Which picture is looked at: a test digit or the learner's drawing, with the network's answer."""

import secrets
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.preprocess import DrawingError, drawing_to_digits
from digitlab.records.networks import Network
from digitlab.specs import SET_SIZES
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import read_digits
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit
from digitlab.ui.widgets.layout import picture_beside
from digitlab.wording.choices import a_bold
from digitlab.wording.descriptions import percent
from digitlab.wording.reasons import problem_words

_TEST, _OWN = "A test digit", "My drawing"
_WIDTH = 112


@dataclass(frozen=True, eq=False)
class Sample:
    """A picture that the network is asked for.

    Attributes:
        pixels: uint8 (28, 28).
        probabilities: the ten probabilities.
        name: how it is called in a sentence.
        index: of the test digit; None for a drawing.
        label: what the writer meant, if that is known.
    """

    pixels: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    name: str
    index: int | None = None
    label: int | None = None

    @property
    def answer(self) -> int:
        """The most probable digit."""
        return int(self.probabilities.argmax())

    @property
    def chance(self) -> str:
        """How probable it is, in words."""
        return percent(self.probabilities[self.answer])


def choose(
    lab: Lab, data: Dataset, network: Network, probabilities: NDArray[np.float32]
) -> Sample | None:
    """The controls, the picture and the answer; None while there is no picture.

    Args:
        lab: the session.
        data: the digits.
        network: that is looked into.
        probabilities: to all test digits, (10000, 10).
    """
    picture, beside = picture_beside(_WIDTH)
    controls, words = beside.columns([7, 6], gap="medium")
    with controls, st.container(horizontal=True, vertical_alignment="bottom"):
        own = _choose_source(lab)
        if not own:
            _choose_number(lab, data, probabilities)
    with words:
        sample = _drawing(lab, network) if own else _test_digit(lab, data, probabilities)
        if sample is not None:
            _say(sample)
    if sample is not None:
        with picture:
            show.digit(sample.pixels, alt=f"The picture: {sample.name}.", width=_WIDTH)
    return sample


def _choose_source(lab: Lab) -> bool:
    """Whether the drawing is looked at."""
    now = _OWN if lab.inside_own == lab.selection.test_index else _TEST
    key = control_key("inside_source", now)
    st.segmented_control(
        "Look at",
        (_TEST, _OWN),
        default=now,
        required=True,
        key=key,
        on_change=_take_source,
        args=(lab, key),
    )
    return now == _OWN


def _take_source(lab: Lab, key: str) -> None:
    lab.inside_own = lab.selection.test_index if st.session_state[key] == _OWN else None


def _choose_number(lab: Lab, data: Dataset, probabilities: NDArray[np.float32]) -> None:
    index = choose_test_digit(lab, "inside")
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != data.y_test)
    opened = is_taken(lab)
    following = [*wrong[wrong > index], *wrong]
    with st.container(horizontal=True):
        st.button(
            "Another one",
            icon=":material/casino:",
            key="inside_other",
            on_click=_take_any,
            args=(lab,),
        )
        st.button(
            "Next mistake",
            icon=":material/skip_next:",
            key="inside_wrong",
            on_click=look_at_test_digit,
            args=(lab, int(following[0]) if following else index),
            disabled=not (following and opened),
            help="The next test digit that your network reads wrongly."
            if opened
            else "After the exam on Evaluate: before it, the mistakes are not shown.",
        )


def _take_any(lab: Lab) -> None:
    look_at_test_digit(lab, secrets.randbelow(SET_SIZES["test"]))


def look_at_test_digit(lab: Lab, index: int) -> None:
    """Look at this test digit from now on."""
    lab.inside_own = None
    lab.select_samples(replace(lab.selection, test_index=index))


def _test_digit(lab: Lab, data: Dataset, probabilities: NDArray[np.float32]) -> Sample:
    index = lab.selection.test_index
    name, label = f"test digit {index}", int(data.y_test[index])
    return Sample(data.x_test[index], probabilities[index], name, index, label)


def _drawing(lab: Lab, network: Network) -> Sample | None:
    pixels = lab.sketch.pixels
    try:
        drawn = drawing_to_digits(pixels, complete=True).digits if pixels is not None else ()
    except DrawingError:
        drawn = ()
    if not drawn:
        st.info("There is no digit on your canvas yet. Draw one, then come back.")
        link(path.step("Draw"), "Draw a digit", ":material/draw:")
        return None
    digit = drawn[0].digit
    try:
        probabilities = read_digits(network, digit[None])[0]
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None
    return Sample(
        digit,
        probabilities,
        "your drawing" if len(drawn) == 1 else "the first digit of your drawing",
    )


def _say(sample: Sample) -> None:
    verdict = ""
    if sample.label is not None:
        right = sample.label == sample.answer
        verdict = " ✓ That is right." if right else f" ✗ It is {a_bold(sample.label)}."
    st.markdown(
        f"Your network reads {sample.name} as {a_bold(sample.answer)}: {sample.chance}.{verdict}"
    )
    second, third = np.argsort(sample.probabilities)[-2:-4:-1]
    st.caption(
        f"Then come {second} with {percent(sample.probabilities[second])} and {third} with "
        f"{percent(sample.probabilities[third])}."
    )
