"""What the ready drawings are called."""

from typing import Final

from digitlab.preprocess.ready_drawings import CROSSED_ZERO, LONG_ONE
from digitlab.wording.say import Message, say_message, to_say

_NAMES: Final[dict[str, Message]] = {
    "7 with a bar": to_say("7 with a bar"),
    "1 with a foot": to_say("1 with a foot"),
    LONG_ONE: to_say("1 with a long line at the top"),
    CROSSED_ZERO: to_say("0 with a line through it"),
    "small 3 in a corner": to_say("small 3 in a corner"),
}
"""Of those that are no plain digit, by their names in `READY`."""


def ready_name(name: str) -> str:
    """What a ready drawing is called; a plain digit is the digit itself.

    >>> ready_name("7"), ready_name(CROSSED_ZERO)
    ('7', '0 with a line through it')
    """
    return say_message(_NAMES[name]) if name in _NAMES else name
