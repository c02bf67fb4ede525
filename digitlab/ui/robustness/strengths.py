"""All strengths of each change at once: accuracy over strength, as a background task."""

import zlib
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.layers import Conv2D, DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.stack import Architecture
from digitlab.compute.admission import Urgency
from digitlab.compute.tasks import distorted_accuracy
from digitlab.figures.robustness import accuracy_over_strength
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.records.networks import Network
from digitlab.specs import NetworkSpec
from digitlab.ui.robustness.distortions import show_code
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.progress import background_task
from digitlab.wording.drawings.distortions import distortion_words, strength_label
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import whole
from digitlab.wording.say import say
from digitlab.wording.shares import hundredths

_TOLD = {"shift": 3, "turn": 30, "thickness": 2, "noise": 30}  # strengths that the words name
_HARDLY = 0.02  # of the share read correctly: chance alone changes as much
_SHARE = st.column_config.NumberColumn(format="%.3f")

_CONVOLUTIONS = (Conv2D, DepthwiseConv2D, SeparableConv2D)


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
    show_code(network)
    return seen


def _ask(network: Network, owner: str, kind: str, strength: int) -> float:
    with queue().asking.question(network, Urgency.BACKGROUND, owner) as ask:
        return distorted_accuracy.share_right(ask, network.architecture, kind, strength)


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
    with fold(say("All numbers of these curves")):
        rows = [
            (strength_label(kind), strength, share)
            for kind, shares in survey.items()
            for strength, share in zip(DISTORTIONS[kind].strengths, shares, strict=True)
        ]
        kinds, strengths, shares = zip(*rows, strict=True)
        show.table(
            {say("Change"): kinds, say("Strength"): strengths, right: shares},
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
