"""Why there is no digit to read, in words: on a canvas, and in a picture from a file."""

from typing import Final

from digitlab import limits
from digitlab.preprocess.no_digit import NoDigit
from digitlab.wording.say import Message, say_message, to_say

_ON_CANVAS: Final[dict[NoDigit, Message]] = {
    NoDigit.EMPTY: to_say("The canvas is empty. Draw one large digit in the middle."),
    NoDigit.ONE_COLOUR: to_say(
        "The whole picture has one colour. Draw one large digit in the middle."
    ),
    NoDigit.FAINT: to_say(
        "The lab sees no digit on the paper. Draw one large digit with a thick brush."
    ),
    NoDigit.FULL: to_say(
        "There is ink nearly everywhere. Clear the canvas. Then draw one digit with empty paper "
        "around it."
    ),
    NoDigit.DOT: to_say("This is only a dot. Draw one large digit in the middle."),
    NoDigit.MANY: to_say(
        "There are more than {most} pieces side by side. Clear the canvas. Then draw fewer digits."
    ),
}

_IN_PICTURE: Final[dict[NoDigit, Message]] = {
    NoDigit.EMPTY: to_say("The picture is white and empty. Choose a picture of a digit."),
    NoDigit.ONE_COLOUR: to_say("The whole picture has one colour. Choose a picture of a digit."),
    NoDigit.FAINT: to_say(
        "The lab sees no digit on the paper. Write one large digit with a thick, dark pen, and "
        "take the photo in good light."
    ),
    NoDigit.FULL: to_say(
        "There is ink nearly everywhere. Choose a picture of one digit with empty paper around it."
    ),
    NoDigit.DOT: to_say(
        "There is only a dot in the picture. Choose a picture in which the digit is large."
    ),
    NoDigit.MANY: to_say(
        "There are more than {most} pieces side by side. Choose a picture with fewer digits."
    ),
}


def on_canvas(reason: NoDigit) -> str:
    """What is said below a canvas, with what to do."""
    return say_message(_ON_CANVAS[reason], most=limits.MAX_DIGITS)


def in_picture(reason: NoDigit) -> str:
    """What is said of a file, with what to do."""
    return say_message(_IN_PICTURE[reason], most=limits.MAX_DIGITS)
