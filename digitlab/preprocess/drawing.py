"""From the pixels of a canvas or a photo to digits of 28x28 pixels as MNIST has them.

A network that has only seen MNIST only reads what looks like MNIST, so a drawing goes the way
that MNIST's digits went (http://yann.lecun.com/exdb/mnist): shrunk into 20x20 pixels in
proportion, then laid into 28x28 by its centre of mass. Beyond that recipe, straightening and
an even stroke width help, whatever the brush; benchmarks/drawing.py and benchmarks/pictures.py
measure all of it.
"""

from dataclasses import dataclass, field
from math import atan, degrees

import numpy as np
from PIL import Image

from digitlab.preprocess.components import (
    Ambiguity,
    FoundDigits,
    find_digits,
    find_single_digit,
)
from digitlab.preprocess.ink import Ink, find_ink
from digitlab.preprocess.light import Floats, Pixels, border, brightness, dark_on_light, downsampled
from digitlab.preprocess.no_digit import DrawingError, NoDigit
from digitlab.preprocess.shaping import (
    CENTRE,
    STROKE,
    as_pixels,
    bounding_box,
    deskewed,
    scaled_and_centred,
    stroke_width,
    upsampled,
    with_even_strokes,
)
from digitlab.specs import IMAGE_SHAPE
from digitlab.wording.numerals import by, per_cent

__all__ = [
    "Ambiguity",
    "DrawingError",
    "DrawnDigit",
    "DrawnDigits",
    "NoDigit",
    "Step",
    "drawing_to_digit",
    "drawing_to_digits",
    "plain_resize",
]

_SHOWN = 280  # pixels of the picture of a sheet: the page shows it smaller

SMALLEST = 0.08
"""What is shorter, in parts of the picture's longer side, is a dot."""

MOST_AT_EDGE = 0.2
"""Of the picture's edge: where more of it is ink, there is no digit on paper."""


@dataclass(frozen=True, eq=False)
class Step:
    """One step of the preprocessing, to show to the learner.

    Attributes:
        name: two or three words.
        caption: what happened, with the numbers of this drawing.
        pixels: uint8, two dimensions; 0 is paper, 255 is ink.
    """

    name: str
    caption: str
    pixels: Pixels


@dataclass(frozen=True, eq=False)
class DrawnDigit:
    """A digit of a drawing as the network receives it.

    Attributes:
        digit: uint8, shape (28, 28); 0 is paper, 255 is ink, as in MNIST.
        steps: how it came about, first to last; the last one shows `digit`.
    """

    digit: Pixels
    steps: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class DrawnDigits:
    """All digits of a drawing.

    Attributes:
        digits: from left to right, at least one.
        ambiguities: what may be wrong.
    """

    digits: tuple[DrawnDigit, ...]
    ambiguities: frozenset[Ambiguity] = field(default_factory=frozenset)


def drawing_to_digits(pixels: Pixels, complete: bool = False) -> DrawnDigits:
    """Turn a drawing or a photo of digits in a row into 28x28 pixels each, like MNIST's.

    Args:
        pixels: uint8, RGBA (h, w, 4), RGB (h, w, 3) or grey (h, w); dark ink on light paper
            or light on dark. Transparent pixels are paper.
        complete: whether nothing was cut off, as on a canvas. Else what the edge of the picture
            cuts off is left out where there is a complete digit.

    Raises:
        DrawingError: if there is no digit: the picture is empty, full, or shows a dot.
        ValueError: if `pixels` is no such array.
    """
    ink = find_ink(pixels)
    found = find_digits(ink.amount, complete)
    # A dot beside a digit is not read.
    readable = [digit for digit in found.digits if _refusal(digit) is None]
    if not readable:
        _check(found.digits[0])
    first = _first_steps(pixels, ink)
    digits = [
        _shaped(pixels, ink, digit, first, _tell_taken(found, index, len(readable)))
        for index, digit in enumerate(readable)
    ]
    return DrawnDigits(tuple(digits), found.ambiguities)


def drawing_to_digit(pixels: Pixels) -> DrawnDigit:
    """All that is drawn as one digit, however many pieces it has and whatever is around it.

    Args:
        pixels: as for `drawing_to_digits`.

    Raises:
        DrawingError: as there.
        ValueError: as there.
    """
    ink = find_ink(pixels)
    own = find_single_digit(ink.amount)
    _check(own)
    return _shaped(pixels, ink, own, _first_steps(pixels, ink), "")


def plain_resize(pixels: Pixels) -> Pixels:
    """The picture resized to 28x28, and nothing else, for comparison.

    Args:
        pixels: as for `drawing_to_digits`.

    Returns:
        uint8, shape (28, 28); 0 is paper, 255 is ink.

    Raises:
        ValueError: if `pixels` is no such array.
    """
    ink = Image.fromarray(as_pixels(1 - dark_on_light(brightness(pixels))))
    return np.asarray(ink.resize(IMAGE_SHAPE, Image.Resampling.BOX))


def _first_steps(pixels: Pixels, ink: Ink) -> tuple[Step, ...]:
    """What all digits of a picture have in common, once: a session keeps it."""
    find_the_ink = Step("Find the ink", _tell_share(ink), as_pixels(ink.amount))
    if ink.sheet is None:
        return (find_the_ink,)
    shown = as_pixels(1 - downsampled(ink.sheet, _SHOWN))
    return Step("Find the sheet", _tell_sheet(pixels, ink.sheet), shown), find_the_ink


def _refusal(own: Floats) -> NoDigit | None:
    """Why this ink is no digit; None if it can be one."""
    lines = own > 0.5
    if np.mean(border(own) > 0.5) > MOST_AT_EDGE:
        return NoDigit.FULL
    cut = lines[bounding_box(lines)]
    longer = max(cut.shape)
    if longer < SMALLEST * max(own.shape) or longer < 2 * stroke_width(cut):
        return NoDigit.DOT
    return None


def _check(own: Floats) -> None:
    if (reason := _refusal(own)) is not None:
        raise DrawingError(reason)


def _shaped(
    pixels: Pixels, ink: Ink, own: Floats, first: tuple[Step, ...], taken: str
) -> DrawnDigit:
    """One digit, from its own ink.

    Args:
        pixels: of the picture.
        ink: all that is in it.
        own: that of this digit alone.
        first: the steps until all ink is found.
        taken: what was left out of all ink; "" if nothing was.
    """
    cut = own[bounding_box(own > 0.5)]
    upright, slant = deskewed(upsampled(cut))
    even, width = with_even_strokes(upright)
    digit = scaled_and_centred(even)
    steps = [
        *first,
        *([Step("Take the digit", taken, as_pixels(own))] if taken else []),
        Step("Cut it out", _tell_size(pixels, ink, cut), as_pixels(cut)),
        Step("Straighten it", _tell_slant(slant), as_pixels(upright)),
        Step("Even the lines", _tell_width(width), as_pixels(even)),
        Step("Shrink it", _tell_fit(digit), digit[bounding_box(digit > 0)]),
        Step("Centre it", _tell_centre(), digit),
    ]
    return DrawnDigit(digit, tuple(steps))


def _tell_sheet(pixels: Pixels, sheet: Floats) -> str:
    (height, width), (all_height, all_width) = sheet.shape, pixels.shape[:2]
    return (
        f"The sheet fills {by(width, height)} of {by(all_width, all_height)} pixels. The darker "
        "table around it is left out."
    )


def _tell_share(ink: Ink) -> str:
    share = per_cent(float(np.mean(ink.lines)), 1)
    paper = "sheet" if ink.sheet is not None else "picture"
    return f"Ink covers {share} of your {paper}. All the rest is paper."


def _tell_taken(found: FoundDigits, index: int, count: int) -> str:
    """Which of so many digits this is, and what was left out."""
    which = f"Digit {index + 1} of {count}, from the left. " if count > 1 else ""
    return f"{which}{_tell_left_out(found)}".rstrip()


def _tell_left_out(found: FoundDigits) -> str:
    left_out = [
        words
        for count, words in (
            (found.frames, "the frame around it"),
            (found.cut_off, "what the edge of the picture cuts off"),
        )
        if count
    ]
    if not left_out:
        return ""
    return f"Left out: {' and '.join(left_out)}."


def _tell_size(pixels: Pixels, ink: Ink, cut: Floats) -> str:
    height, width = pixels.shape[:2]
    size = by(*(round(side * ink.zoom) for side in reversed(cut.shape)))
    return f"Your digit fills {size} of {by(width, height)} pixels."


def _tell_slant(slant: float) -> str:
    angle = round(degrees(atan(slant)))
    if not angle:
        return "It stands upright."
    return f"It leans {abs(angle)}° to the {'right' if angle > 0 else 'left'}: half is taken out."


def _tell_width(width: float) -> str:
    if STROKE[0] <= width <= STROKE[1]:
        return f"Its lines will be {width:.1f} pixels wide, about as in MNIST: they stay."
    what = "thicker" if width < STROKE[0] else "thinner"
    return f"Its lines would be {width:.1f} pixels wide. MNIST's are about 2: made {what}."


def _tell_fit(digit: Pixels) -> str:
    height, width = digit[bounding_box(digit > 0)].shape
    return f"Shrunk to {by(width, height)} pixels, as MNIST's digits fit into {by(20, 20)}."


def _tell_centre() -> str:
    return (
        f"Its centre of mass comes to row {CENTRE:.0f}, column {CENTRE:.0f} of {by(28, 28)}. "
        "This is what the network gets."
    )
