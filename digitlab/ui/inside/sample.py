"""Which picture is looked at: a test digit or the learner's drawing, with the network's answer."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.preprocess import DrawingError, drawing_to_digits
from digitlab.records.networks import Network
from digitlab.specs import SET_SIZES
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import read_digits, while_it_waits
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit
from digitlab.ui.widgets.layout import picture_beside
from digitlab.wording.choices import a_bold
from digitlab.wording.descriptions import percent
from digitlab.wording.reasons import problem_words

T = TypeVar("T")

_TEST, _OWN = "A test digit", "My drawing"
_WIDTH = 112


@dataclass(frozen=True, eq=False)
class Sample:
    """A picture that the network is asked for.

    Attributes:
        pixels: uint8 (28, 28).
        answers: the ten probabilities.
        name: how it is called in a sentence.
        index: of the test digit; None for a drawing.
        label: what the writer meant, if that is known.
    """

    pixels: NDArray[np.uint8]
    answers: NDArray[np.float32]
    name: str
    index: int | None = None
    label: int | None = None

    @property
    def answer(self) -> int:
        """The most probable digit."""
        return int(self.answers.argmax())

    @property
    def chance(self) -> str:
        """How probable it is, in words."""
        return percent(self.answers[self.answer])


def ask(task: Callable[..., T], network: Network, *arguments: Any) -> T | None:
    """What a worker finds out; None, and a sentence on the page, if there is no answer."""
    return ask_in_parts(lambda ask, _, *rest: ask(task, *rest), network, *arguments)


def ask_in_parts(found: Callable[..., T], network: Network, *arguments: Any) -> T | None:
    """What is put together from several answers of a worker; None as in `ask`.

    Args:
        found: called with a function that asks, the architecture and the arguments.
        network: that is asked.
        arguments: the rest.
    """
    try:
        with (
            while_it_waits() as (owner, waits),
            queue().asking.question(network, owner=owner, waits=waits) as ask,
        ):
            return found(ask, network.architecture, *arguments)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None


def one_hot(lab: Lab) -> bool:
    """Whether the labels became ten numbers each before the training."""
    return bool(lab.uploaded) or lab.trained is None or lab.trained.spec.preparation.one_hot


def show_code(lab: Lab, code: str) -> None:
    """The Keras code of a view."""
    show.code(code)
    if lab.inside_own == lab.selection.test_index:
        st.caption(
            f"The code looks at test digit {lab.selection.test_index}. For your drawing, read `digit.png` as the page "
            "Draw shows, and put it in the place of the digit."
        )


def choose(
    lab: Lab, data: Dataset, network: Network, answers: NDArray[np.float32]
) -> Sample | None:
    """The controls, the picture and the answer; None while there is no picture.

    Args:
        lab: the session.
        data: the digits.
        network: that is looked into.
        answers: to all test digits, (10000, 10).
    """
    picture, beside = picture_beside(_WIDTH)
    controls, words = beside.columns([7, 6], gap="medium")
    with controls, st.container(horizontal=True, vertical_alignment="bottom"):
        own = _choose_source(lab)
        if not own:
            _choose_number(lab, data, answers)
    with words:
        sample = _drawing(lab, network) if own else _test_digit(lab, data, answers)
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


def _choose_number(lab: Lab, data: Dataset, answers: NDArray[np.float32]) -> None:
    index = choose_test_digit(lab, "inside")
    wrong = np.flatnonzero(answers.argmax(axis=1) != data.y_test)
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
            disabled=not following,
            help="The next test digit that your network reads wrongly.",
        )


def _take_any(lab: Lab) -> None:
    look_at_test_digit(lab, secrets.randbelow(SET_SIZES["test"]))


def look_at_test_digit(lab: Lab, index: int) -> None:
    """Look at this test digit from now on."""
    lab.inside_own = None
    lab.select_samples(replace(lab.selection, test_index=index))


def _test_digit(lab: Lab, data: Dataset, answers: NDArray[np.float32]) -> Sample:
    index = lab.selection.test_index
    name, label = f"test digit {index}", int(data.y_test[index])
    return Sample(data.x_test[index], answers[index], name, index, label)


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
        answers = read_digits(network, digit[None])[0]
    except EngineError as error:
        st.error(problem_words(error.problem))
        return None
    return Sample(
        digit, answers, "your drawing" if len(drawn) == 1 else "the first digit of your drawing"
    )


def _say(sample: Sample) -> None:
    verdict = ""
    if sample.label is not None:
        right = sample.label == sample.answer
        verdict = " ✓ That is right." if right else f" ✗ It is {a_bold(sample.label)}."
    st.markdown(
        f"Your network reads {sample.name} as {a_bold(sample.answer)}: {sample.chance}.{verdict}"
    )
    second, third = np.argsort(sample.answers)[-2:-4:-1]
    st.caption(
        f"Then come {second} with {percent(sample.answers[second])} and {third} with "
        f"{percent(sample.answers[third])}."
    )
