"""What is said of what the network reads."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.stability import SURE, Reading
from digitlab.preprocess import Ambiguity
from digitlab.wording.choices import a_bold
from digitlab.wording.numerals import per_cent

_ALL_BUT_CERTAIN = 0.995

DOUBTS = {
    Ambiguity.APART: "The lab is in doubt here: these may be strokes of one digit. If so, join "
    "them.",
    Ambiguity.TOGETHER: "The lab is in doubt here: this is wide for one digit. If it is two, "
    "leave more room between them.",
}


def in_one(reading: Reading) -> str:
    """What it reads in one digit, and whether that stays when the digit moves."""
    if reading.sure:
        return f"It reads {a_bold(reading.answer)} and is sure: {_percent(reading.share)}."
    if reading.share < SURE:
        second = int(np.argsort(reading.probabilities)[-2])
        return (
            f"It reads {a_bold(reading.answer)}, but is not sure: {_percent(reading.share)}. It "
            f"could be {a_bold(second)} too."
        )
    if reading.others:
        move, said = next(iter(reading.others.items()))
        but = f"one pixel further {move}, it reads the same digit as {a_bold(said)}"
    else:
        but = f"over five places one pixel apart it is {_percent(reading.steady_share)} on average"
    return (
        f"It reads {a_bold(reading.answer)} with {_percent(reading.share)}, but is not sure: {but}."
    )


def of_several(readings: Sequence[Reading]) -> str:
    """What it reads in several digits, from left to right."""
    number = "".join(str(reading.answer) for reading in readings)
    each = ", ".join(
        f"{a_bold(reading.answer)} "
        f"({_percent(reading.share)}{'' if reading.sure else ', not sure'})"
        for reading in readings
    )
    return f"These are {len(readings)} digits. It reads **{number}**, one by one: {each}."


def share_of(probabilities: NDArray[np.float32]) -> str:
    """The most probable of ten, and how probable it is."""
    best = int(probabilities.argmax())
    return f"{a_bold(best)}, {_percent(float(probabilities[best]))}"


def about_moves(reading: Reading) -> str:
    """Why the digit is moved, and what that says of this one."""
    why = (
        "For you it is the same digit. For your network other pixels are dark now, so its answer "
        "may change. "
    )
    average = f"{_percent(reading.steady_share)} for the {reading.answer} on average"
    if reading.others:
        return f"{why}Here it changes: {average} over the five places."
    if reading.sure:
        return f"{why}Here it stays: {average} over the five places."
    return (
        f"{why}Here all five answers are the same, but with {average} only. The lab calls it sure "
        f"from {per_cent(SURE)} on."
    )


def _percent(share: float) -> str:
    return f"over {per_cent(0.99)}" if share >= _ALL_BUT_CERTAIN else per_cent(share)
