"""A large picture becomes a small one in a plain mode, strip by strip."""

import math
from typing import Protocol

import numpy as np
from PIL import Image

from digitlab.uploads.pictures.errors import PictureError, PictureProblem

LONGEST_SIDE = 1000
"""Pictures are reduced to this: more than enough for one digit, and quick to work on."""

_STRIP = 64
"""Rows of the reduced picture that are made at once."""

Range = tuple[float, float]


class Source(Protocol):
    """Where strips of a picture come from: a Pillow image, or the rows of another decoder."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""

    def crop(self, box: tuple[int, int, int, int], /) -> Image.Image:
        """The part from left and top up to right and bottom."""


def reduced(source: Source) -> Image.Image:
    """The same picture in grey or true colours, its longer side at most `LONGEST_SIDE`.

    One of 25 million pixels takes 100 MB as it is unpacked, and would take as much once more in
    another mode. So it gets there in strips, each reduced before the next.

    Raises:
        PictureError: if its numbers have no lowest and highest.
    """
    (width, height), longest = source.size, max(source.size)
    extent = _extent(source)
    if longest <= LONGEST_SIDE:
        return _plain(source.crop((0, 0, width, height)), extent)
    factor = max(1, longest // (2 * LONGEST_SIDE))
    mode = _reducible(source.crop((0, 0, 1, 1)), extent).mode
    small = Image.new(mode, (math.ceil(width / factor), math.ceil(height / factor)))
    for top in range(0, height, _STRIP * factor):
        strip = source.crop((0, top, width, min(top + _STRIP * factor, height)))
        small.paste(_reducible(strip, extent).reduce(factor), (0, top // factor))
    size = [max(1, round(side * LONGEST_SIDE / longest)) for side in (width, height)]
    box = (0, 0, width / factor, height / factor)
    return small.resize(size, Image.Resampling.BOX, box)


def _extent(source: Source) -> Range | None:
    """Lowest and highest number, where a number has no brightness of its own: TIFFs of 32 bits."""
    if not isinstance(source, Image.Image) or source.mode not in ("I", "F"):
        return None
    low, high = np.asarray(source.getextrema(), np.float64)
    if not np.isfinite([low, high]).all():
        raise PictureError(PictureProblem.UNUSUAL)
    return float(low), float(high)


def _reducible(image: Image.Image, extent: Range | None) -> Image.Image:
    """The same picture in a mode whose numbers can be averaged: alpha weights the colours."""
    plain = _plain(image, extent)
    return plain.convert("RGBa") if plain.mode == "RGBA" else plain


def _plain(image: Image.Image, extent: Range | None) -> Image.Image:
    """The same picture in grey or true colours."""
    if extent is not None:
        low, high = extent
        numbers = np.nan_to_num(np.asarray(image, dtype=np.float32), nan=low)
        share = (numbers - low) / ((high - low) or 1.0)
        return Image.fromarray((255 * share.clip(0, 1)).round().astype(np.uint8))
    if image.mode.startswith("I"):  # 16 bits a pixel: convert("L") would clip, not scale
        deep = np.asarray(image.convert("I")).clip(0, 65535)
        return Image.fromarray((deep >> 8).astype(np.uint8))
    if (
        image.mode == "LAB"
    ):  # Pillow mixes its colours with a printer's profile only: lightness does
        return image.getchannel("L")
    if image.mode in ("P", "PA", "LA", "La") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image
