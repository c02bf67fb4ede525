"""Changes of the digits, in words: what they are called, and what was done."""

from typing import Final

from digitlab.wording.numerals import short_per_cent
from digitlab.wording.say import Message, say, say_count, say_message, to_say

_NAMES: Final[dict[str, Message]] = {
    "shift": to_say("Shift"),
    "turn": to_say("Turn"),
    "thickness": to_say("Thickness"),
    "noise": to_say("Noise"),
}
_STRENGTHS: Final[dict[str, Message]] = {
    "shift": to_say("Shift, pixels"),
    "turn": to_say("Turn, degrees"),
    "thickness": to_say("Thickness, pixels"),
    "noise": to_say("Noise, % of full ink"),
}


def distortion_name(kind: str) -> str:
    """What a distortion is called; `kind` is a name of `DISTORTIONS`."""
    return say_message(_NAMES[kind])


def strength_label(kind: str) -> str:
    """The same with the unit of its strength."""
    return say_message(_STRENGTHS[kind])


def distortion_words(kind: str, strength: int) -> str:
    r"""What is done to the digits, as a name for it.

    Args:
        kind: a name of `DISTORTIONS`.
        strength: other than 0.

    >>> distortion_words("thickness", -1), distortion_words("turn", 30)
    ('lines 1 pixel thinner', 'turn by 30°')
    """
    size = abs(strength)
    if kind == "shift":
        return say_count("shift by {count} pixel", "shift by {count} pixels", size)
    if kind == "turn":
        return say("turn by {degrees}°", degrees=strength)
    if kind == "noise":
        return say("noise of {share}", share=short_per_cent(strength / 100))
    if strength > 0:
        return say_count("lines {count} pixel thicker", "lines {count} pixels thicker", size)
    return say_count("lines {count} pixel thinner", "lines {count} pixels thinner", size)
