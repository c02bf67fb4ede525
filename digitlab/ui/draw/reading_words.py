"""What is said of what the network reads."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.stability import SURE, Reading
from digitlab.preprocess import Ambiguity
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import Message, say, say_message, to_say

_ALL_BUT_CERTAIN = 0.995

DOUBTS: Final[dict[Ambiguity, Message]] = {
    Ambiguity.APART: to_say(
        "The lab is not sure here: these may be strokes of one digit. If so, join them."
    ),
    Ambiguity.TOGETHER: to_say(
        "The lab is not sure here: this is wide for one digit. If it is two digits, leave more "
        "space between them."
    ),
}

MOVED: Final[dict[str, Message]] = {
    "up": to_say("up: {reading}"),
    "down": to_say("down: {reading}"),
    "left": to_say("left: {reading}"),
    "right": to_say("right: {reading}"),
}
"""Below a digit that has moved by one pixel, by the names of `stability.MOVES`."""

MOVED_ALOUD: Final[dict[str, Message]] = {
    "up": to_say("One pixel further up: {reading}"),
    "down": to_say("One pixel further down: {reading}"),
    "left": to_say("One pixel further left: {reading}"),
    "right": to_say("One pixel further right: {reading}"),
}

_ANOTHER: Final[dict[str, Message]] = {
    "up": to_say(
        "It reads the digit **{answer}** with {share}, but it is not sure. If the digit moves one "
        "pixel up, the answer is **{other}**."
    ),
    "down": to_say(
        "It reads the digit **{answer}** with {share}, but it is not sure. If the digit moves one "
        "pixel down, the answer is **{other}**."
    ),
    "left": to_say(
        "It reads the digit **{answer}** with {share}, but it is not sure. If the digit moves one "
        "pixel to the left, the answer is **{other}**."
    ),
    "right": to_say(
        "It reads the digit **{answer}** with {share}, but it is not sure. If the digit moves one "
        "pixel to the right, the answer is **{other}**."
    ),
}


def in_one(reading: Reading) -> str:
    """What it reads in one digit, and whether that stays when the digit moves."""
    answer, share = reading.answer, _percent(reading.share)
    if reading.sure:
        return say(
            "It reads the digit **{answer}** and is sure: {share}.", answer=answer, share=share
        )
    if reading.share < SURE:
        return say(
            "It reads the digit **{answer}**, but it is not sure: {share}. It could also be "
            "**{second}**.",
            answer=answer,
            share=share,
            second=int(np.argsort(reading.probabilities)[-2]),
        )
    if reading.others:
        move, other = next(iter(reading.others.items()))
        return say_message(_ANOTHER[move], answer=answer, share=share, other=other)
    return say(
        "It reads the digit **{answer}** with {share}, but it is not sure. The lab also moves the "
        "digit one pixel up, down, left and right. The mean over all five places is {mean}.",
        answer=answer,
        share=share,
        mean=_percent(reading.steady_share),
    )


def of_several(readings: Sequence[Reading]) -> str:
    """What it reads in several digits, from left to right."""
    each = [
        f"**{reading.answer}** ({_percent(reading.share)})"
        if reading.sure
        else say(
            "**{answer}** ({share}, not sure)",
            answer=reading.answer,
            share=_percent(reading.share),
        )
        for reading in readings
    ]
    return say(
        "These are {count} digits. It reads **{number}**, one by one: {each}.",
        count=len(readings),
        number="".join(str(reading.answer) for reading in readings),
        each=with_commas(each),
    )


def share_of(probabilities: NDArray[np.float32]) -> str:
    """The most probable of ten, and how probable it is."""
    best = int(probabilities.argmax())
    return f"**{best}**, {_percent(float(probabilities[best]))}"


def about_moves(reading: Reading) -> str:
    """Why the digit is moved, and what that says of this one."""
    why = say(
        "For you it is the same digit. For your network other pixels are dark now, so its answer "
        "may change."
    )
    return f"{why} {_this_one(reading)}"


def _this_one(reading: Reading) -> str:
    mean, answer = _percent(reading.steady_share), reading.answer
    if reading.others:
        return say(
            "Here it changes. The mean probability of {answer} over the five places is {mean}.",
            answer=answer,
            mean=mean,
        )
    if reading.sure:
        return say(
            "Here it stays. The mean probability of {answer} over the five places is {mean}.",
            answer=answer,
            mean=mean,
        )
    return say(
        "Here all five answers are the same. But the mean probability of {answer} is only {mean}. "
        "The lab calls the network sure from {least} on.",
        answer=answer,
        mean=mean,
        least=per_cent(SURE),
    )


def _percent(share: float) -> str:
    if share < _ALL_BUT_CERTAIN:
        return per_cent(share)
    return say("over {share}", share=per_cent(0.99))
