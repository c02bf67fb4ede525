"""Spoil the test digits: ten at once, and accuracy over strength as a background task."""

import zlib
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.layers import Conv2D, DepthwiseConv2D, SeparableConv2D
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
from digitlab.wording.drawings.distortions import distortion_name, distortion_words, strength_label
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import whole
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import say
from digitlab.wording.shares import hundredths, whole_per_cent

_DIGIT_WIDTH = 112
_TOLD = {"shift": 3, "turn": 30, "thickness": 2, "noise": 30}  # strengths that the words name
_HARDLY = 0.02  # of the share read correctly: chance alone changes as much
_SHARE = st.column_config.NumberColumn(format="%.3f")

_CONVOLUTIONS = (Conv2D, DepthwiseConv2D, SeparableConv2D)


def spoil_digits(data: Dataset, network: Network, known: NDArray[np.float32]) -> str:
    """Ten spoiled digits with the answers; returns what was seen.

    Args:
        data: the digits.
        network: that reads them.
        known: its answers to the test digits as they are, shape (10000, 10).
    """
    st.markdown(
        say(
            "You shift or turn a digit a little. For you it is still the same digit. Choose what "
            "happens to these ten test digits, and move the slider."
        )
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
        say(
            "Here the lab changes the first {count} test digits in all four ways. Each way has "
            "seven or eight strengths.",
            count=whole(limits.SPOILED_DIGITS),
        )
    )
    if not after_exam(lab, say("This count would tell the test score of your network.")):
        return ""
    name = f"robustness_{zlib.crc32(known.tobytes())}"
    survey = background_task(
        lab,
        name,
        say("Change them all"),
        lambda: distorted_accuracy.survey(partial(_ask, network, lab.owner)),
    )
    seen = _show_survey(survey, network.architecture) if survey is not None else ""
    _show_code(network)
    return seen


def _show_code(network: Network) -> None:
    show.code(robustness.spoil(network.preprocessing), folded=True)
    st.caption(
        say(
            "To turn the digits and to change their lines you need one more package: "
            "`scipy.ndimage` has `rotate`, `grey_dilation` and `grey_erosion`."
        )
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
    how = distortion_words(kind, strength) if strength else ""
    with pictures:
        captions = [_verdict(digit, answer) for digit, answer in enumerate(probabilities)]
        alts = [_alt(digit, how, words) for digit, words in enumerate(captions)]
        show.gallery(spoiled, captions, alts, width=_DIGIT_WIDTH)
        if strength:
            st.markdown(
                say(
                    "It reads **{before}** of these ten digits as they are, and **{right}** after "
                    "this change: {change}.",
                    before=before,
                    right=right,
                    change=how,
                )
            )
        else:
            st.markdown(say("It reads **{right}** of these ten digits as they are.", right=right))
    if strength:
        return say(
            "Your network reads {right} of ten test digits after this change: {change}.",
            right=right,
            change=how,
        )
    return say("Your network reads {right} of ten test digits as they are.", right=right)


def _alt(digit: int, change: str, verdict: str) -> str:
    if change:
        return say(
            "The digit {digit} after this change: {change}. {verdict}",
            digit=digit,
            change=change,
            verdict=verdict,
        )
    return say("The digit {digit} as it is. {verdict}", digit=digit, verdict=verdict)


def _choose() -> tuple[str, int]:
    """The name of the distortion, and its strength."""
    kind = st.radio(
        say("What happens to the digits?"),
        [*DISTORTIONS],
        format_func=distortion_name,
        key="robust_kind",
        persist_state="session",
    )
    chosen = DISTORTIONS[kind]
    strength = st.slider(
        strength_label(kind),
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
    if read == digit:
        return say("✓ read as {answer} ({chance})", answer=read, chance=percent)
    return say("✗ read as {answer} ({chance})", answer=read, chance=percent)


def _show_survey(survey: Mapping[str, Sequence[float]], architecture: Architecture) -> str:
    """The curves and why they fall; returns what was seen."""
    plain = survey["shift"][0]
    told = {kind: _at(survey, kind, strength) for kind, strength in _TOLD.items()}
    each = [
        say("{change}: {right} of 100", change=_how(kind), right=hundredths(share))
        for kind, share in told.items()
    ]
    as_they_are = say("It reads **{right}** of 100 digits as they are.", right=hundredths(plain))
    show.chart(
        accuracy_over_strength(survey),
        key="robust_survey",
        alt=say(
            "Four curves. Each shows the share of right answers over the strength of a change. "
            "As they are: {plain} of 100. {changes}.",
            plain=hundredths(plain),
            changes=with_commas(each),
        ),
    )
    st.caption(say("The dotted line is a network that guesses: 10 of 100."))
    worst = min(told, key=lambda kind: told[kind])
    fewest = say("This change is the hardest for it: **{change}**.", change=_how(worst))
    st.markdown(f"{as_they_are} {fewest}\n\n" + "\n".join(f"- {words}" for words in each))
    st.markdown(_why(architecture, plain, told["shift"]))
    right = say("Share of right answers")
    with st.expander(say("All numbers of these curves")):
        for column, (kind, shares) in zip(st.columns(len(survey)), survey.items(), strict=True):
            with column:
                show.table(
                    {strength_label(kind): DISTORTIONS[kind].strengths, right: shares},
                    column_config={right: _SHARE},
                )
    return say(
        "Your network reads {plain} of 100 digits as they are, and {right} of 100 after this "
        "change: {change}.",
        plain=hundredths(plain),
        right=hundredths(told[worst]),
        change=_how(worst),
    )


def _at(survey: Mapping[str, Sequence[float]], kind: str, strength: int) -> float:
    return survey[kind][DISTORTIONS[kind].strengths.index(strength)]


def _how(kind: str) -> str:
    return distortion_words(kind, _TOLD[kind])


def _why(architecture: Architecture, plain: float, shifted: float) -> str:
    """A reason for what shifting does, as far as the layers give one."""
    shift = say(
        "A shift by {pixels} pixels takes your network from {plain} to {shifted} of 100.",
        pixels=_TOLD["shift"],
        plain=hundredths(plain),
        shifted=hundredths(shifted),
    )
    if isinstance(architecture, NetworkSpec):
        convolves = bool(architecture.convolutions)
    else:
        convolves = any(isinstance(layer, _CONVOLUTIONS) for layer in architecture.layers)
    if plain - shifted < _HARDLY:
        return say(
            "A shift by {pixels} pixels changes very little in what it reads.",
            pixels=_TOLD["shift"],
        )
    if convolves:
        reason = say(
            "Its convolutions look for the same small patterns everywhere in the picture. But what "
            "comes after them can depend on the place."
        )
    else:
        reason = say(
            "Its first dense layer has its own weight for each pixel. What it learned about ink in "
            "one place does not help in the place beside it. And all digits of MNIST are in the "
            "middle."
        )
    return f"{say('**Why?**')} {shift} {reason}"
