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
    as_pixels,
    bounding_box,
    deskewed,
    scaled_and_centred,
    stroke_width,
    upsampled,
    with_even_strokes,
)
from digitlab.preprocess.steps import (
    Centred,
    CutOut,
    DigitTaken,
    InkFound,
    LinesEvened,
    SheetFound,
    Shrunk,
    Size,
    Step,
    Straightened,
)
from digitlab.specs import IMAGE_SHAPE

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
    search = find_digits(ink.amount, complete)
    # A dot beside a digit is not read.
    readable = [digit for digit in search.digits if _refusal(digit) is None]
    if not readable:
        _check(search.digits[0])
    first = _first_steps(pixels, ink)
    digits = [
        _shaped(pixels, ink, digit, (*first, *_taken(search, digit, index, len(readable))))
        for index, digit in enumerate(readable)
    ]
    return DrawnDigits(tuple(digits), search.ambiguities)


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
    return _shaped(pixels, ink, own, _first_steps(pixels, ink))


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
    share = float(np.mean(ink.lines))
    ink_found = InkFound(as_pixels(ink.amount), share, on_sheet=ink.sheet is not None)
    if ink.sheet is None:
        return (ink_found,)
    shown = as_pixels(1 - downsampled(ink.sheet, _SHOWN))
    return SheetFound(shown, Size.of(ink.sheet), Size.of(pixels)), ink_found


def _taken(search: FoundDigits, own: Floats, index: int, count: int) -> tuple[DigitTaken, ...]:
    """The step that takes one digit of so many; empty if it is all the ink that there is."""
    step = DigitTaken(as_pixels(own), index, count, search.frames > 0, search.cut_off > 0)
    return (step,) if count > 1 or step.frame or step.cut_off else ()


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
    pixels: Pixels,
    ink: Ink,
    own: Floats,
    before: tuple[Step, ...],
) -> DrawnDigit:
    """One digit, from its own ink.

    Args:
        pixels: of the picture.
        ink: all that is in it.
        own: that of this digit alone.
        before: the steps until its ink is found.
    """
    cut = own[bounding_box(own > 0.5)]
    upright, slant = deskewed(upsampled(cut))
    even, width = with_even_strokes(upright)
    digit = scaled_and_centred(even)
    size = Size(*(round(side * ink.zoom) for side in Size.of(cut)))
    shrunk = digit[bounding_box(digit > 0)]
    steps = (
        *before,
        CutOut(as_pixels(cut), size, Size.of(pixels)),
        Straightened(as_pixels(upright), round(degrees(atan(slant)))),
        LinesEvened(as_pixels(even), width),
        Shrunk(shrunk, Size.of(shrunk)),
        Centred(digit),
    )
    return DrawnDigit(digit, steps)
