"""Why there is no digit to read, in words: on a canvas, and in a picture from a file."""

from digitlab import limits
from digitlab.preprocess.no_digit import NoDigit

_ON_CANVAS = {
    NoDigit.EMPTY: "The canvas is empty. Draw one digit, large and in the middle.",
    NoDigit.ONE_COLOUR: "The picture is all one colour. Draw one digit, large and in the middle.",
    NoDigit.FAINT: "No digit stands out from the paper. Draw one large digit with a thick brush.",
    NoDigit.FULL: (
        "There is ink nearly everywhere. Clear it, and draw one digit with empty paper around it."
    ),
    NoDigit.DOT: "That is only a dot. Draw one digit, large and in the middle.",
    NoDigit.MANY: (
        f"That is more than {limits.MAX_DIGITS} pieces side by side. Clear it, and draw fewer "
        "digits."
    ),
}

_IN_PICTURE = {
    NoDigit.EMPTY: "The picture is white, with nothing on it. Choose a picture of a digit.",
    NoDigit.ONE_COLOUR: "The picture is all one colour. Choose a picture of a digit.",
    NoDigit.FAINT: (
        "No digit stands out from the paper. Write one large digit with a thick, dark pen, and "
        "take the photo in good light."
    ),
    NoDigit.FULL: (
        "There is ink nearly everywhere. Choose a picture of one digit with empty paper around it."
    ),
    NoDigit.DOT: (
        "There is only a dot in the picture. Choose a picture in which the digit is large."
    ),
    NoDigit.MANY: (
        f"There are more than {limits.MAX_DIGITS} pieces side by side. Choose a picture with "
        "fewer digits."
    ),
}


def on_canvas(reason: NoDigit) -> str:
    """What is said below a canvas, with what to do."""
    return _ON_CANVAS[reason]


def in_picture(reason: NoDigit) -> str:
    """What is said of a file, with what to do."""
    return _IN_PICTURE[reason]
