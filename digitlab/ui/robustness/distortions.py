"""Ten test digits, spoiled as the learner chooses, and what the network reads in them."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.records.networks import Network
from digitlab.specs import CLASSES
from digitlab.ui.session.waiting import read_digits
from digitlab.ui.widgets import show
from digitlab.wording.drawings.distortions import distortion_name, distortion_words, strength_label
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import say
from digitlab.wording.shares import whole_per_cent

_DIGIT_WIDTH = 112


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
    show_code(network)
    return seen


def show_code(network: Network) -> None:
    """What changes the digits in plain Python.

    Args:
        network: that reads them.
    """
    show.code(robustness.spoil(network.preprocessing), folded=True)
    st.caption(
        say(
            "To turn the digits and to change their lines you need one more package: "
            "`scipy.ndimage` has `rotate`, `grey_dilation` and `grey_erosion`."
        )
    )


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
