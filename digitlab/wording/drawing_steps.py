"""What happened in each stage from a drawing to a digit, with the numbers of this drawing."""

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
from digitlab.wording.numerals import by, per_cent

_NAMES: dict[type[Step], str] = {
    SheetFound: "Find the sheet",
    InkFound: "Find the ink",
    DigitTaken: "Take the digit",
    CutOut: "Cut it out",
    Straightened: "Straighten it",
    LinesEvened: "Even the lines",
    Shrunk: "Shrink it",
    Centred: "Centre it",
}


def step_name(step: Step) -> str:
    """What is done in a stage, in two or three words."""
    return _NAMES[type(step)]


def step_caption(step: Step) -> str:
    """What happened in a stage, in one or two sentences."""
    match step:
        case SheetFound():
            return (
                f"The sheet fills {by(*step.sheet)} of {by(*step.picture)} pixels. The darker "
                "table around it is left out."
            )
        case InkFound():
            where = "sheet" if step.on_sheet else "picture"
            return f"Ink covers {per_cent(step.share, 1)} of your {where}. All the rest is paper."
        case DigitTaken():
            return _taken(step)
        case CutOut():
            return f"Your digit fills {by(*step.digit)} of {by(*step.picture)} pixels."
        case Straightened():
            return _straightened(step.degrees)
        case LinesEvened():
            return _evened(step.width)
        case Shrunk():
            return f"Shrunk to {by(*step.digit)} pixels, as MNIST's digits fit into {by(20, 20)}."
        case Centred():
            return (
                f"Its centre of mass comes to row {CENTRE:.0f}, column {CENTRE:.0f} of "
                f"{by(28, 28)}. This is what the network gets."
            )
    raise TypeError(f"No caption for {type(step).__name__}.")


def _taken(step: DigitTaken) -> str:
    """Which of the digits this is, and what was left out."""
    sentences = []
    if step.count > 1:
        sentences.append(f"Digit {step.place + 1} of {step.count}, from the left.")
    left_out = ["the frame around it"] * step.frame
    left_out += ["what the edge of the picture cuts off"] * step.cut_off
    if left_out:
        sentences.append(f"Left out: {' and '.join(left_out)}.")
    return " ".join(sentences)


def _straightened(degrees: int) -> str:
    if not degrees:
        return "It stands upright."
    side = "right" if degrees > 0 else "left"
    return f"It leans {abs(degrees)}° to the {side}: half is taken out."


def _evened(width: float) -> str:
    least, most = STROKE
    if least <= width <= most:
        return f"Its lines will be {width:.1f} pixels wide, as many in MNIST are: they stay."
    thin, thick = MNIST_STROKE
    change = f"thicker: {least:.1f}" if width < least else f"thinner: {most:.1f}"
    return (
        f"Its lines would be {width:.1f} pixels wide. Nine of ten digits in MNIST have lines "
        f"of {thin:g} to {thick:g}. The lab makes them {change}."
    )
