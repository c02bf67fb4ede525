"""Where the ink is: from the pixels of a drawing or a photo to ink on paper.

A drawing has paper of exactly one colour. A photo has shadows, noise and dirt, and its paper
is as bright as the lamp makes it, so the brightness of the paper has to be estimated at each pixel.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from skimage.filters import apply_hysteresis_threshold, threshold_otsu

from digitlab.preprocess.light import (
    Floats,
    Mask,
    Pixels,
    border,
    brightness,
    dark_on_light,
    downsampled,
    is_drawn,
)
from digitlab.preprocess.no_digit import DrawingError, NoDigit
from digitlab.preprocess.sheet import find_sheet

FAINTEST = 0.12
"""In a photo, ink takes at least this share of the paper's light, or it is taken for shade."""

FAINTEST_DRAWN = 0.03
"""The same in a drawing, which has no shade."""

WORK_SIDE = 400
"""Larger pictures are downsampled to this: enough for 28 pixels, and noise averages out."""

WIDEST_STROKE = 0.16
"""In a photo, in parts of its longer side: what is wider is shadow."""

FAINT_PART = 0.5
"""The lower threshold of the hysteresis, as a share of the upper: a pen may press less."""

MOST_INK = 0.6
"""Of the picture: with more ink than this, there is no digit on paper."""


@dataclass(frozen=True, eq=False)
class Ink:
    """Ink on paper.

    Attributes:
        amount: 0 for paper to 1 for ink, (h, w); more than 0.5 is a line.
        zoom: how many pixels of the picture one of `amount` is wide.
        sheet: the brightness of the sheet that was cut out of a darker table, (h, w) in pixels of
            the picture; None if there is no table.
    """

    amount: Floats
    zoom: float
    sheet: Floats | None = None

    @property
    def lines(self) -> Mask:
        """Where there is a line."""
        return self.amount > 0.5


def find_ink(pixels: Pixels) -> Ink:
    """How much ink is on each pixel, without uneven lighting, noise, and a table around a sheet.

    Args:
        pixels: as for `digitlab.preprocess.drawing.drawing_to_digit`.

    Raises:
        DrawingError: if no ink stands out, or it is nearly everywhere.
        ValueError: if `pixels` is no such array.
    """
    light = brightness(pixels)
    if np.ptp(light) == 0:
        raise DrawingError(NoDigit.EMPTY if light.max() > 0.5 else NoDigit.ONE_COLOUR)
    if is_drawn(light):
        return _of_drawing(light)
    sheet = find_sheet(light)
    if sheet is not None:
        try:
            return _of_photo(sheet, sheet)
        except DrawingError:
            pass  # what was taken for a sheet holds no digit
    return _of_photo(light)


def _of_drawing(light: Floats) -> Ink:
    light = dark_on_light(light)
    width = light.shape[1]
    # A line of a single pixel would become faint as it is downsampled; so it is made wider before.
    factor = -(-max(light.shape) // WORK_SIDE)
    light = downsampled(ndimage.minimum_filter(light, factor), WORK_SIDE)
    contrast = 1 - light / max(float(np.median(border(light))), 1 / 255)
    return Ink(_lines(contrast, FAINTEST_DRAWN), width / light.shape[1])


def _of_photo(light: Floats, sheet: Floats | None = None) -> Ink:
    width = light.shape[1]
    light = downsampled(dark_on_light(light), WORK_SIDE)
    if np.mean(light < (light.min() + np.median(border(light))) / 2) > MOST_INK:
        raise DrawingError(NoDigit.FULL)
    light = ndimage.gaussian_filter(light, 1.5)
    # A shadow darkens ink and paper alike: their ratio stays.
    contrast = 1 - light / np.maximum(_paper_of_photo(light), 1 / 255)
    return Ink(_lines(contrast, FAINTEST), width / light.shape[1], sheet)


def _lines(contrast: Floats, faintest: float) -> Floats:
    """From the contrast with the paper at each pixel to the amount of ink, 0 to 1."""
    usual = np.median(contrast)
    if usual > contrast.max() / 2:
        raise DrawingError(NoDigit.FULL)
    contrast = contrast - usual
    noise = float(np.median(np.abs(contrast)))
    if contrast.max() < max(faintest, 6 * noise):
        raise DrawingError(NoDigit.FAINT)
    high = float(threshold_otsu(contrast))
    if high <= 0:
        raise DrawingError(NoDigit.FULL)
    low = min(high, max(FAINT_PART * high, 8 * noise))
    lines = apply_hysteresis_threshold(contrast, low, high)
    if lines.mean() > MOST_INK:
        raise DrawingError(NoDigit.FULL)
    # Dilated a little, so that lines keep their soft edges.
    ink = np.clip(contrast / (2 * low), 0, 1)
    return np.where(ndimage.binary_dilation(lines), ink, 0)


def _paper_of_photo(light: Floats) -> Floats:
    """The brightness of the paper at each pixel, as if nothing were written on it."""
    size = round(WIDEST_STROKE * max(light.shape)) + 1
    # The margin keeps the shadow in a corner of the picture from being taken for a stroke.
    closed = ndimage.grey_closing(np.pad(light, size, mode="edge"), size)
    paper: Floats = closed[size:-size, size:-size]
    return paper
