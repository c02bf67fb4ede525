"""Where the ink is: from the pixels of a drawing or a photo to ink on paper.

A drawing has paper of exactly one colour. A photo has shadows, noise and dirt, and its paper
is as bright as the lamp makes it, so the paper has to be worked out for every place.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

FAINTEST = 0.12
"""Ink takes at least this share of the paper's light, or it is taken for shade."""

DIRT = 0.08
"""Pieces smaller than this share of the largest one are dirt."""

WORK_SIDE = 400
"""Larger pictures are reduced to this: enough for 28 pixels, and a photo's noise averages out."""

WIDEST_STROKE = 0.16
"""In a photo, in parts of its longer side: what is wider is shadow."""

EMPTY = "The canvas is empty. Draw one digit, large and in the middle."
ONE_COLOUR = "The picture is all one colour. Draw one digit, large and in the middle."
FAINT = "No digit stands out from the paper. Write one large digit with a thick, dark pen."
FULL = "There is ink nearly everywhere. Clear it, and draw one digit with empty paper around it."

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]


class DrawingError(ValueError):
    """There is no digit to read; the message tells the learner what to do."""


def find_ink(pixels: Pixels) -> Floats:
    """How much ink is on each pixel, freed from uneven lighting, noise and dirt.

    Args:
        pixels: as for `digitlab.preprocess.drawing.drawing_to_digit`.

    Returns:
        0 for paper to 1 for ink, (h, w), reduced in proportion to at most `WORK_SIDE`.

    Raises:
        DrawingError: if no ink stands out, or it is nearly everywhere.
        ValueError: if `pixels` is no such array.
    """
    light = _reduced(dark_on_light(pixels), WORK_SIDE)
    if np.ptp(light) == 0:
        raise DrawingError(EMPTY if light.max() > 0.5 else ONE_COLOUR)
    paper: Floats | np.float64 = np.median(_border(light))
    if np.mean(light < (light.min() + paper) / 2) > 0.6:
        raise DrawingError(FULL)
    if not _is_drawn(light):
        light = ndimage.gaussian_filter(light, 1.5)
        paper = _paper_of_photo(light)
    # A shadow darkens ink and paper alike: their ratio stays.
    contrast = 1 - light / np.maximum(paper, 1 / 255)
    contrast -= np.median(contrast)
    if contrast.max() < max(FAINTEST, 6 * np.median(np.abs(contrast))):
        raise DrawingError(FAINT)
    ink = np.clip(contrast / contrast.max(), 0, 1)
    if np.mean(_border(ink) > 0.5) > 0.2:
        raise DrawingError(FULL)
    return _without_dirt(ink)


def dark_on_light(pixels: Pixels) -> Floats:
    """Brightness 0 to 1, (h, w), turned round where need be so that ink is darker than paper.

    Raises:
        ValueError: if `pixels` is no uint8 array of grey, RGB or RGBA pixels.
    """
    light = _brightness(pixels)
    small = _reduced(light, 64)
    # Ink is what differs most from the paper around it.
    paper = np.median(_border(small)) if _is_drawn(small) else ndimage.median_filter(small, 17)
    return light if (paper - small).max() >= (small - paper).max() else 1 - light


def _brightness(pixels: Pixels) -> Floats:
    """Brightness 0 to 1, (h, w), as if transparent pixels lay on paper."""
    shape = pixels.shape
    if pixels.dtype != np.uint8 or 0 in shape or not (len(shape) == 2 or shape[2:] in ((3,), (4,))):
        expected = "uint8 of shape (h, w), (h, w, 3) or (h, w, 4)"
        raise ValueError(f"Pixels must be {expected}; these are {pixels.dtype} of shape {shape}.")
    if len(shape) == 2:
        return pixels / 255
    light: Floats = pixels[..., :3] @ np.array([0.299, 0.587, 0.114]) / 255  # ITU-R BT.601
    if shape[2] == 3:
        return light
    alpha = pixels[..., 3] / 255
    solid = _border(alpha) > 0.5
    if solid.mean() > 0.5:
        paper = float(np.median(_border(light)[solid]))
    else:  # Ink on glass: white goes under dark ink, black under light ink.
        paper = float((light * alpha).sum() <= 0.5 * alpha.sum())
    return light * alpha + paper * (1 - alpha)


def _border(picture: Floats) -> Floats:
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def _reduced(light: Floats, side: int) -> Floats:
    image = Image.fromarray(light.astype(np.float32))
    image.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(image, dtype=np.float64)


def _is_drawn(light: Floats) -> bool:
    """Whether much of the picture has the very colour of its border, as no photo has."""
    return float(np.mean(np.abs(light - np.median(_border(light))) < 1.5 / 255)) > 0.3


def _paper_of_photo(light: Floats) -> Floats:
    """The brightness of the paper at each pixel, as if nothing were written on it."""
    size = round(WIDEST_STROKE * max(light.shape)) + 1
    # The margin keeps the shadow in a corner of the picture from being taken for a stroke.
    closed = ndimage.grey_closing(np.pad(light, size, mode="edge"), size)
    paper: Floats = closed[size:-size, size:-size]
    return paper


def _without_dirt(ink: Floats) -> Floats:
    pieces, _ = ndimage.label(ink > 0.5, np.ones((3, 3)))
    sizes = np.bincount(pieces.ravel())
    sizes[0] = 0  # the paper
    kept = (sizes >= DIRT * sizes.max())[pieces]
    # Grown a little, so that strokes keep their soft edges.
    return np.where(ndimage.binary_dilation(kept, iterations=2), ink, 0)
