"""Spoil the test digits: ten at once, and accuracy over strength as a background task."""

import zlib
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.layers import Conv2D
from digitlab.architecture.stack import Architecture
from digitlab.compute import distorted_accuracy
from digitlab.compute.admission import Urgency
from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.figures.robustness import accuracy_over_strength
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.records.networks import Network
from digitlab.specs import CLASSES, NetworkSpec
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import read_digits
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.progress import background_task
from digitlab.wording.distortions import distortion_words
from digitlab.wording.numerals import hundredths, whole_per_cent
from digitlab.wording.reasons import problem_words
from digitlab.wording.say import say

_DIGIT_WIDTH = 112
_TOLD = {"shift": 3, "turn": 30, "thickness": 2, "noise": 30}  # strengths that the words name
_HARDLY = 0.02  # of the share read correctly: chance alone changes as much
_SHARE = st.column_config.NumberColumn(format="%.3f")


def spoil_digits(data: Dataset, network: Network, known: NDArray[np.float32]) -> str:
    """Ten spoiled digits with the answers; returns what was seen.

    Args:
        data: the digits.
        network: that reads them.
        known: its answers to the test digits as they are, shape (10000, 10).
    """
    st.markdown(
        "A digit that is shifted or turned a little is still the same digit to you. "
        "Choose what happens to these ten test digits, and move the slider."
    )
    seen = _show_ten(data, network, known)
    _show_code(network)
    return seen


def spoil_many(lab: Lab, network: Network, known: NDArray[np.float32]) -> str:
    """Accuracy over strength, as a background task; returns what was seen.

    Args:
        lab: the session.
        network: that reads them.
        known: its answers to the test digits as they are, shape (10000, 10).
    """
    st.markdown(
        f"Now the first {limits.SPOILED_DIGITS:,} test digits, spoiled in all four ways, each at "
        "seven or eight strengths."
    )
    if not after_exam(lab, say("This count would tell the test score of your network.")):
        return ""
    name = f"robustness_{zlib.crc32(known.tobytes())}"
    survey = background_task(
        lab,
        name,
        "Spoil them all",
        lambda: distorted_accuracy.survey(partial(_ask, network, lab.owner)),
    )
    seen = _show_survey(survey, network.architecture) if survey is not None else ""
    _show_code(network)
    return seen


def _show_code(network: Network) -> None:
    show.code(robustness.spoil(network.preprocessing), folded=True)
    st.caption(
        "Turning and other lines take one more package: `scipy.ndimage` has `rotate`, "
        "`grey_dilation` and `grey_erosion`."
    )


def _ask(network: Network, owner: str, kind: str, strength: int) -> float:
    with queue().asking.question(network, Urgency.BACKGROUND, owner) as ask:
        return distorted_accuracy.share_right(ask, network.architecture, kind, strength)


def _show_ten(data: Dataset, network: Network, known: NDArray[np.float32]) -> str:
    controls, pictures = st.columns([1, 3], gap="medium")
    with controls:
        kind, strength = _choose()
    distortion = DISTORTIONS[kind]
    # The first of each digit.
    indices = [int(np.flatnonzero(data.y_test == digit)[0]) for digit in range(CLASSES)]
    spoiled = distortion.apply(data.x_test[indices], strength)
    try:
        probabilities = read_digits(network, spoiled)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return ""
    right = int((probabilities.argmax(axis=1) == np.arange(CLASSES)).sum())
    before = int((known[indices].argmax(axis=1) == np.arange(CLASSES)).sum())
    how = distortion_words(kind, strength) if strength else "not spoiled"
    with pictures:
        captions = [_verdict(digit, answer) for digit, answer in enumerate(probabilities)]
        alts = [f"The digit {digit}, {how}: {words}" for digit, words in enumerate(captions)]
        show.gallery(spoiled, captions, alts, width=_DIGIT_WIDTH)
        if strength:
            st.markdown(f"It reads **{before}** of these ten as they are, and **{right}** {how}.")
        else:
            st.markdown(f"It reads **{right}** of these ten as they are.")
    return f"of ten test digits your network reads {right}, {how}."


def _choose() -> tuple[str, int]:
    """The name of the distortion, and its strength."""
    kind = st.radio(
        "What happens to them",
        DISTORTIONS,
        format_func=lambda kind: DISTORTIONS[kind].name,
        key="robust_kind",
        persist_state="session",
    )
    chosen = DISTORTIONS[kind]
    strength = st.slider(
        f"{chosen.name}, {chosen.unit}",
        chosen.lowest,
        chosen.highest,
        chosen.usual,
        chosen.step,
        key=f"robust_{kind}",
        persist_state="session",
    )
    return kind, strength


def _verdict(digit: int, probabilities: NDArray[np.float32]) -> str:
    read, percent = int(probabilities.argmax()), whole_per_cent(float(probabilities.max()))
    sign = "✓" if read == digit else "✗"
    return f"{sign} read as {read} ({percent})"


def _show_survey(survey: Mapping[str, Sequence[float]], architecture: Architecture) -> str:
    """The curves and why they fall; returns what was seen."""
    plain = survey["shift"][0]
    told = {kind: _at(survey, kind, strength) for kind, strength in _TOLD.items()}
    words = [f"{hundredths(told[kind])} when {_how(kind)}" for kind in told]
    show.chart(
        accuracy_over_strength(survey),
        key="robust_survey",
        alt="Four curves of the share read correctly over the strength of a distortion. Of 100 "
        f"digits it reads {hundredths(plain)} as they are, {', '.join(words)}.",
    )
    st.caption("The dotted line is guessing: 10 of 100.")
    st.markdown(
        f"It reads **{hundredths(plain)}** of 100 as they are; {', '.join(words[:-1])} and "
        f"{words[-1]}. The fewest when **{_how(min(told, key=lambda kind: told[kind]))}**."
    )
    st.markdown(_why(architecture, plain, told["shift"]))
    with st.expander("All numbers of these curves"):
        for column, (kind, shares) in zip(st.columns(len(survey)), survey.items(), strict=True):
            distortion = DISTORTIONS[kind]
            with column:
                show.table(
                    {
                        f"{distortion.name}, {distortion.unit}": distortion.strengths,
                        "Share right": shares,
                    },
                    column_config={"Share right": _SHARE},
                )
    return f"of 100 digits your network reads {hundredths(plain)} as they are, {', '.join(words)}."


def _at(survey: Mapping[str, Sequence[float]], kind: str, strength: int) -> float:
    return survey[kind][DISTORTIONS[kind].strengths.index(strength)]


def _how(kind: str) -> str:
    return distortion_words(kind, _TOLD[kind])


def _why(architecture: Architecture, plain: float, shifted: float) -> str:
    """A reason for what shifting does, as far as the layers give one."""
    shift = (
        f"A shift by {_TOLD['shift']} pixels takes it from {hundredths(plain)} to "
        f"{hundredths(shifted)} of 100."
    )
    if isinstance(architecture, NetworkSpec):
        convolves = bool(architecture.convolutions)
    else:
        convolves = any(isinstance(layer, Conv2D) for layer in architecture.layers)
    if plain - shifted < _HARDLY:
        return f"A shift by {_TOLD['shift']} pixels hardly changes what it reads."
    if convolves:
        return (
            f"**Why?** {shift} Its convolutions look for the same small patterns everywhere in the "
            "picture, but the dense layer behind them has a weight of its own for each place."
        )
    return (
        f"**Why?** {shift} Its first dense layer has a weight of its own for each pixel: what it "
        "learned of ink in one place, it did not learn for the place beside it. And MNIST's digits "
        "all stand in the middle."
    )
