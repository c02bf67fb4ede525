"""Which picture is looked at: a test digit or the learner's drawing, with the network's answer."""

import secrets
from dataclasses import dataclass, replace
from typing import Final

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
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import percent

_TEST, _OWN = "test", "own"
_SOURCES: Final[dict[str, Message]] = {_TEST: to_say("A test digit"), _OWN: to_say("My drawing")}
_WIDTH = 112

_READS: Final[dict[str, Message]] = {
    "test": to_say("Your network reads test digit {index} as **{answer}**: {chance}."),
    "drawing": to_say("Your network reads your drawing as **{answer}**: {chance}."),
    "first": to_say(
        "Your network reads the first digit of your drawing as **{answer}**: {chance}."
    ),
}
"""What it answers, by the kind of the picture."""

_ALTS: Final[dict[str, Message]] = {
    "test": to_say("The picture of test digit {index}."),
    "drawing": to_say("The picture of your drawing."),
    "first": to_say("The picture of the first digit of your drawing."),
}


@dataclass(frozen=True, eq=False)
class Sample:
    """A picture that the network is asked for.

    Attributes:
        pixels: uint8 (28, 28).
        probabilities: the ten probabilities.
        kind: "test", a test digit; "drawing"; or "first", the first digit of a drawing.
        index: of the test digit; None for a drawing.
        label: what the writer meant, if that is known.
    """

    pixels: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    kind: str
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
            alt = say_message(_ALTS[sample.kind], index=sample.index)
            show.digit(sample.pixels, alt=alt, width=_WIDTH)
    return sample


def _choose_source(lab: Lab) -> bool:
    """Whether the drawing is looked at."""
    now = _OWN if lab.inside_own == lab.selection.test_index else _TEST
    key = control_key("inside_source", now)
    st.segmented_control(
        say("Look at"),
        [*_SOURCES],
        default=now,
        format_func=lambda source: say_message(_SOURCES[source]),
        wrap=True,
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
            say("Another one"),
            icon=":material/casino:",
            key="inside_other",
            on_click=_take_any,
            args=(lab,),
        )
        st.button(
            say("Next mistake"),
            icon=":material/skip_next:",
            key="inside_wrong",
            on_click=look_at_test_digit,
            args=(lab, int(following[0]) if following else index),
            disabled=not (following and opened),
            help=say("Go to the next test digit that your network reads wrongly.")
            if opened
            else say("The lab shows the mistakes after the exam on Evaluate."),
        )


def _take_any(lab: Lab) -> None:
    look_at_test_digit(lab, secrets.randbelow(SET_SIZES["test"]))


def look_at_test_digit(lab: Lab, index: int) -> None:
    """Look at this test digit from now on."""
    lab.inside_own = None
    lab.select_samples(replace(lab.selection, test_index=index))


def _test_digit(lab: Lab, data: Dataset, probabilities: NDArray[np.float32]) -> Sample:
    index = lab.selection.test_index
    return Sample(data.x_test[index], probabilities[index], "test", index, int(data.y_test[index]))


def _drawing(lab: Lab, network: Network) -> Sample | None:
    pixels = lab.sketch.pixels
    try:
        drawn = drawing_to_digits(pixels, complete=True).digits if pixels is not None else ()
    except DrawingError:
        drawn = ()
    if not drawn:
        st.info(say("Your canvas has no digit yet. Draw one, then come back."))
        link(path.step("Draw"), say("Draw a digit"), ":material/draw:")
        return None
    digit = drawn[0].digit
    try:
        probabilities = read_digits(network, digit[None])[0]
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None
    return Sample(digit, probabilities, "drawing" if len(drawn) == 1 else "first")


def _say(sample: Sample) -> None:
    sentences = [
        say_message(
            _READS[sample.kind], index=sample.index, answer=sample.answer, chance=sample.chance
        )
    ]
    if sample.label is not None:
        wrong = say("✗ It is the digit **{label}**.", label=sample.label)
        sentences.append(say("✓ That is right.") if sample.label == sample.answer else wrong)
    st.markdown(" ".join(sentences))
    second, third = np.argsort(sample.probabilities)[-2:-4:-1]
    st.caption(
        say(
            "The next digits are {second} with {second_chance} and {third} with {third_chance}.",
            second=second,
            second_chance=percent(sample.probabilities[second]),
            third=third,
            third_chance=percent(sample.probabilities[third]),
        )
    )
