"""From the pixels of a canvas or a photo to 28x28 pixels as MNIST has them.

A network that has only seen MNIST only reads what looks like MNIST, so a drawing goes the way
that MNIST's digits went (http://yann.lecun.com/exdb/mnist): shrunk into 20x20 pixels in
proportion, then laid into 28x28 by its centre of mass. Beyond that recipe, straightening and
evening the lines help, whatever the brush; benchmarks/drawing.py measures the whole.
"""

from dataclasses import dataclass
from math import atan, degrees

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digitlab.numerals import by, per_cent
from digitlab.preprocess.ink import DrawingError, Floats, Pixels, dark_on_light, find_ink
from digitlab.specs import IMAGE_SHAPE

__all__ = ["DrawingError", "DrawnDigit", "Step", "drawing_to_digit", "plain_resize"]

LONGER_SIDE = 19
"""A digit this long stays within MNIST's 20x20, even where its edge falls inside a pixel."""

CENTRE = 14.0
"""Row and column of the mean centre of mass of MNIST's images, counted from 0."""

STROKE = (2.0, 2.5)
"""Lines are made at least and at most this wide, in pixels: where most of MNIST's are."""

STRAIGHTENED = 0.5
"""Share of the slant that is taken out. MNIST's digits lean too: half read best of 0 to 1."""

STEEPEST = 0.8
"""Largest slant believed, in pixels sideways a row: a dash can have any."""

SMALLEST = 0.08
"""What is shorter, in parts of the picture's longer side, is a dot."""

FINE = 8
"""Slant and stroke are worked out on a grid this many times finer than the 28x28."""

DOT = "That is only a dot. Draw one digit, large and in the middle."

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Step:
    """One stage on the way, to show to the learner.

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
    """A drawing as the network receives it.

    Attributes:
        digit: uint8, shape (28, 28); 0 is paper, 255 is ink, as in MNIST.
        steps: how it came about, first to last; the last one shows `digit`.
    """

    digit: Pixels
    steps: tuple[Step, ...]


def drawing_to_digit(pixels: Pixels) -> DrawnDigit:
    """Turn a drawing or a photo of one digit into 28x28 pixels like MNIST's.

    Args:
        pixels: uint8, RGBA (h, w, 4), RGB (h, w, 3) or grey (h, w); dark ink on light paper
            or light on dark. Transparent pixels are paper.

    Raises:
        DrawingError: if there is no digit: the picture is empty, full, or shows a dot.
        ValueError: if `pixels` is no such array.
    """
    ink = find_ink(pixels)
    cut = ink[_box(ink > 0.5)]
    longer = max(cut.shape)
    if longer < SMALLEST * max(ink.shape) or longer < 2 * _stroke_width(cut > 0.5):
        raise DrawingError(DOT)
    upright, slant = _straighten(_enlarge(cut))
    even, width = _even_lines(upright)
    digit = _fit_and_centre(even)
    steps = (
        Step("Find the ink", _tell_share(ink), _picture(ink)),
        Step("Cut it out", _tell_size(pixels, ink, cut), _picture(cut)),
        Step("Straighten it", _tell_slant(slant), _picture(upright)),
        Step("Even the lines", _tell_width(width), _picture(even)),
        Step("Shrink it", _tell_fit(digit), digit[_box(digit > 0)]),
        Step("Centre it", _tell_centre(), digit),
    )
    return DrawnDigit(digit, steps)


def plain_resize(pixels: Pixels) -> Pixels:
    """The whole picture resized to 28x28, and nothing else, for comparison.

    Args:
        pixels: as for `drawing_to_digit`.

    Returns:
        uint8, shape (28, 28); 0 is paper, 255 is ink.

    Raises:
        ValueError: if `pixels` is no such array.
    """
    ink = Image.fromarray(_picture(1 - dark_on_light(pixels)))
    return np.asarray(ink.resize(IMAGE_SHAPE, Image.Resampling.BOX))


def _picture(ink: Floats | Mask) -> Pixels:
    return np.rint(ink * 255.0).astype(np.uint8)


def _box(mask: Mask) -> tuple[slice, slice]:
    """The smallest rectangle around what is True."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _enlarge(cut: Floats) -> Mask:
    """The ink on the fine grid, where the digit is `FINE * LONGER_SIDE` long."""
    zoom = FINE * LONGER_SIDE / max(cut.shape)
    height, width = (max(1, round(side * zoom)) for side in cut.shape)
    image = Image.fromarray(cut.astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC)) > 0.5


def _straighten(mask: Mask) -> tuple[Mask, float]:
    """Push each row sideways, further the further it is from the middle.

    Returns:
        The mask, and the slant it had: pixels to the left for each row down.
    """
    rows, columns = np.nonzero(mask)
    down = rows - rows.mean()
    slant = float(down @ columns / max(1, down @ down))  # least squares
    slant = min(max(slant, -STEEPEST), STEEPEST)
    columns = columns - np.rint(STRAIGHTENED * slant * down).astype(int)
    columns -= columns.min()
    upright = np.zeros((len(mask), columns.max() + 1), dtype=np.bool_)
    upright[rows, columns] = True
    return upright, -slant


def _stroke_width(mask: Mask) -> float:
    """Mean width of the lines in pixels.

    Across a line w wide, the mean distance to the nearest paper is w/4 (and half a pixel,
    as distances count from the middles of pixels).
    """
    distances = ndimage.distance_transform_edt(np.pad(mask, 1))
    return 4 * (float(distances[distances > 0].mean()) - 0.5)


def _even_lines(mask: Mask) -> tuple[Mask, float]:
    """Make lines thicker or thinner until they are as wide as `STROKE` allows.

    Returns:
        The mask, and the width the lines had in pixels of the 28x28.
    """
    mask = np.pad(mask, 2 * FINE)
    width = _stroke_width(mask) / FINE
    change = FINE * (min(max(width, STROKE[0]), STROKE[1]) - width) / 2  # on either side
    if change > 0:
        mask = ndimage.distance_transform_edt(~mask) <= change
    elif change < 0:
        mask = ndimage.distance_transform_edt(mask) > -change
    return mask[_box(mask)], width


def _fit_and_centre(mask: Mask) -> Pixels:
    """Shrink to `LONGER_SIDE` and put the centre of mass at `CENTRE`, in one resampling.

    One, because moving by parts of a pixel afterwards would blur the digit a second time.
    """
    step = max(mask.shape) / LONGER_SIDE
    side = IMAGE_SHAPE[0] * step
    margin = int(side)
    top, left = (
        places.mean() + 0.5 + margin - (CENTRE + 0.5) * step for places in np.nonzero(mask)
    )
    image = Image.fromarray(_picture(np.pad(mask, margin)))
    box = (left, top, left + side, top + side)
    return np.asarray(image.resize(IMAGE_SHAPE, Image.Resampling.BOX, box))


def _tell_share(ink: Floats) -> str:
    return f"Ink covers {per_cent(float(np.mean(ink > 0.5)), 1)} of your picture. All the rest is paper."


def _tell_size(pixels: Pixels, ink: Floats, cut: Floats) -> str:
    height, width = pixels.shape[:2]
    zoom = width / ink.shape[1]  # ink is reduced where the picture is large
    size = by(round(cut.shape[1] * zoom), round(cut.shape[0] * zoom))
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
    height, width = digit[_box(digit > 0)].shape
    return f"Shrunk to {by(width, height)} pixels, as MNIST's digits fit into 20\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}20."


def _tell_centre() -> str:
    return (
        f"Its centre of mass comes to row {CENTRE:.0f}, column {CENTRE:.0f} of 28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28. "
        "This is what the network gets."
    )
