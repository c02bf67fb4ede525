"""From the cropped ink of one digit to 28x28 pixels as MNIST has them."""

import numpy as np
from PIL import Image
from scipy import ndimage

from digitlab.preprocess.light import Floats, Mask, Pixels
from digitlab.specs import IMAGE_SHAPE

LONGER_SIDE = 19
"""A digit this long stays within MNIST's 20x20, even where its edge falls inside a pixel."""

CENTRE = 14.0
"""Row and column of the mean centre of mass of MNIST's images, counted from 0."""

STROKE = (2.0, 2.5)
"""Lines are made at least and at most this wide, in pixels: the lab's own range."""

MNIST_STROKE = (1.5, 3.7)
"""So wide, in pixels, `stroke_width` finds the lines of nine of ten training digits (all but 5 % at
either end), with 2.4 in the middle."""

DESKEWED = 0.5
"""Share of the slant that is taken out. MNIST's digits lean too: half read best of 0 to 1."""

STEEPEST = 0.8
"""Largest slant believed, in pixels sideways a row: a dash can have any."""

FINE = 8
"""Slant and stroke are worked out on a grid this many times finer than the 28x28."""


def as_pixels(ink: Floats | Mask) -> Pixels:
    """Ink of 0 to 1 as uint8, 0 to 255."""
    if ink.dtype == np.bool_:
        return np.where(ink, np.uint8(255), np.uint8(0))
    return np.rint(ink * 255.0).astype(np.uint8)


def bounding_box(mask: Mask) -> tuple[slice, slice]:
    """The bounding box of what is True: rows and columns."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def upsampled(cut: Floats) -> Mask:
    """The ink on the fine grid, where the digit is `FINE * LONGER_SIDE` long.

    Args:
        cut: 0 to 1, (h, w); more than 0.5 is a line, and there is one.
    """
    zoom = FINE * LONGER_SIDE / max(cut.shape)
    height, width = (max(1, round(side * zoom)) for side in cut.shape)
    if zoom <= 0.5:  # a line of a single pixel would become faint as it is downsampled
        cut = ndimage.maximum_filter(cut, 3)
    image = Image.fromarray(cut.astype(np.float32))
    fine = np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))
    mask: Mask = fine > min(0.5, fine.max() / 2)
    return mask


def deskewed(mask: Mask) -> tuple[Mask, float]:
    """Shear the rows against the slant.

    Returns:
        The mask, and the slant it had: pixels to the left for each row down.
    """
    rows, columns = np.nonzero(mask)
    down = rows - rows.mean()
    slant = float(down @ columns / max(1, down @ down))  # least squares
    slant = min(max(slant, -STEEPEST), STEEPEST)
    columns = columns - np.rint(DESKEWED * slant * down).astype(int)
    columns -= columns.min()
    upright = np.zeros((len(mask), columns.max() + 1), dtype=np.bool_)
    upright[rows, columns] = True
    return upright, -slant


def stroke_width(mask: Mask) -> float:
    """Mean stroke width in pixels.

    Across a line w wide, the mean distance to the nearest paper is w/4 (and half a pixel,
    as distances count from the middles of pixels).
    """
    return _width(_to_paper(mask))


def _to_paper(mask: Mask) -> Floats:
    """How far each pixel is from the nearest paper, which is also all around: (h, w)."""
    distances: Floats = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    return distances


def _width(distances: Floats) -> float:
    """The mean stroke width, from what `_to_paper` gives."""
    return 4 * (float(distances[distances > 0].mean()) - 0.5)


def with_even_strokes(mask: Mask) -> tuple[Mask, float]:
    """Dilate or erode until the stroke width is within `STROKE`.

    Returns:
        The mask, and the width the lines had in pixels of the 28x28.
    """
    distances = _to_paper(mask)
    width = _width(distances) / FINE
    change = FINE * (min(max(width, STROKE[0]), STROKE[1]) - width) / 2  # on either side
    if change > 0:
        mask = ndimage.distance_transform_edt(~np.pad(mask, 2 * FINE)) <= change
    elif change < 0:
        mask = distances > -change
    return mask[bounding_box(mask)], width


def scaled_and_centred(mask: Mask) -> Pixels:
    """Shrink to `LONGER_SIDE` and put the centre of mass at `CENTRE`, in one resampling.

    One, because moving by parts of a pixel afterwards would blur the digit a second time.
    """
    step = max(mask.shape) / LONGER_SIDE
    side = IMAGE_SHAPE[0] * step
    margin = int(side)
    top, left = (
        indices.mean() + 0.5 + margin - (CENTRE + 0.5) * step for indices in np.nonzero(mask)
    )
    image = Image.fromarray(as_pixels(np.pad(mask, margin)))
    box = (left, top, left + side, top + side)
    return np.asarray(image.resize(IMAGE_SHAPE, Image.Resampling.BOX, box))
