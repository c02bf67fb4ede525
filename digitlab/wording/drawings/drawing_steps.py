"""What happened in each stage from a drawing to a digit, with the numbers of this drawing."""

from typing import Final

from digitlab.preprocess.shaping import CENTRE, MNIST_STROKE, STROKE
from digitlab.preprocess.steps import (
    Centred,
    CutOut,
    DigitTaken,
    InkFound,
    LinesEvened,
    SheetFound,
    Shrunk,
    Step,
    Straightened,
)
from digitlab.wording.numerals import by, decimal, per_cent
from digitlab.wording.say import Message, say, say_message, to_say

_NAMES: Final[dict[type[Step], Message]] = {
    SheetFound: to_say("Find the sheet"),
    InkFound: to_say("Find the ink"),
    DigitTaken: to_say("Take the digit"),
    CutOut: to_say("Cut it out"),
    Straightened: to_say("Straighten it"),
    LinesEvened: to_say("Change the lines"),
    Shrunk: to_say("Make it smaller"),
    Centred: to_say("Move it to the middle"),
}


def step_name(step: Step) -> str:
    """What is done in a stage, in two or three words."""
    return say_message(_NAMES[type(step)])


def step_caption(step: Step) -> str:
    """What happened in a stage, in one or two sentences."""
    match step:
        case SheetFound():
            return say(
                "The sheet fills {sheet} of {picture} pixels. The lab leaves out the darker table "
                "around it.",
                sheet=by(*step.sheet),
                picture=by(*step.picture),
            )
        case InkFound():
            share = per_cent(step.share, 1)
            if step.on_sheet:
                return say("Ink covers {share} of your sheet. All the rest is paper.", share=share)
            return say("Ink covers {share} of your picture. All the rest is paper.", share=share)
        case DigitTaken():
            return _taken(step)
        case CutOut():
            return say(
                "Your digit fills {digit} of {picture} pixels.",
                digit=by(*step.digit),
                picture=by(*step.picture),
            )
        case Straightened():
            return _straightened(step.degrees)
        case LinesEvened():
            return _evened(step.width)
        case Shrunk():
            return say(
                "Now it has {digit} pixels. The digits of MNIST fit into {size} pixels too.",
                digit=by(*step.digit),
                size=by(20, 20),
            )
        case Centred():
            return say(
                "Its centre of mass moves to row {place}, column {place} of {size}. This is what "
                "the network gets.",
                place=decimal(CENTRE, 0),
                size=by(28, 28),
            )
    raise TypeError(f"No caption for {type(step).__name__}.")


def _taken(step: DigitTaken) -> str:
    """Which of the digits this is, and what was left out."""
    sentences = []
    if step.count > 1:
        sentences.append(
            say("Digit {place} of {count}, from the left.", place=step.place + 1, count=step.count)
        )
    if step.frame:
        sentences.append(say("The lab leaves out the frame around it."))
    if step.cut_off:
        sentences.append(say("The lab leaves out what the edge of the picture cuts off."))
    return " ".join(sentences)


def _straightened(degrees: int) -> str:
    if not degrees:
        return say("It stands upright.")
    if degrees > 0:
        return say(
            "It leans {degrees}° to the right. The lab straightens it by half.", degrees=degrees
        )
    return say("It leans {degrees}° to the left. The lab straightens it by half.", degrees=-degrees)


def _evened(width: float) -> str:
    least, most = STROKE
    if least <= width <= most:
        return say(
            "Its lines will be {width} pixels wide, like many in MNIST. They stay as they are.",
            width=decimal(width, 1),
        )
    message = _THICKER if width < least else _THINNER
    thin, thick = MNIST_STROKE
    return say_message(
        message,
        width=decimal(width, 1),
        thin=decimal(thin, 1),
        thick=decimal(thick, 1),
        new=decimal(least if width < least else most, 1),
    )


_THICKER: Final = to_say(
    "Its lines would be {width} pixels wide. In MNIST, 9 of 10 digits have lines of {thin} to "
    "{thick}. The lab makes them thicker: {new}."
)
_THINNER: Final = to_say(
    "Its lines would be {width} pixels wide. In MNIST, 9 of 10 digits have lines of {thin} to "
    "{thick}. The lab makes them thinner: {new}."
)
