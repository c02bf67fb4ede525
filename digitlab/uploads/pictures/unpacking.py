"""From a file to few pixels, with Pillow: by named formats, and never before its size is known."""

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from digitlab import limits
from digitlab.uploads.pictures import tiff
from digitlab.uploads.pictures.errors import PictureError, PictureProblem
from digitlab.uploads.pictures.kinds import kind_of
from digitlab.uploads.pictures.reducing import LONGEST_SIDE, reduced

OPENED_HERE = ("PNG", "JPEG")
"""In the lab's own process: small decoders, long tried by browsers. MPO, the two pictures in one
JPEG of some phones, comes with JPEG."""

OPENED_APART = ("WEBP", "GIF", "BMP", "TIFF")
"""In a process of its own. What is in neither list, is never opened: EPS would run a program."""

_MOST_PIXELS = {"WEBP": limits.MAX_WEBP_PIXELS, "TIFF": limits.MAX_TIFF_PIXELS}
_WEBP_SIDE = 0x3FFF  # fourteen bits


def unpack(content: bytes, formats: tuple[str, ...]) -> NDArray[np.uint8]:
    """The first picture in a file, the right way up.

    Args:
        content: the file.
        formats: `OPENED_HERE` or `OPENED_APART`; no other decoder sees the file.

    Returns:
        uint8, RGBA (h, w, 4) or grey (h, w), the longer side at most `LONGEST_SIDE`.

    Raises:
        PictureError: if it is damaged, unusual, or past a limit.
    """
    kind = kind_of(content)
    most = _MOST_PIXELS.get(kind, limits.MAX_PICTURE_PIXELS)
    if kind == "WEBP":  # its decoder takes memory for all pixels as it opens the file
        check_size(_webp_size(content), most)
    image = _open(content, formats, most)
    # Only the header has been read so far: a decompression bomb is never unpacked.
    check_size(image.size, most)
    if kind == "TIFF":
        tiff.check(image, most)
    return finished(lambda: _turned(image))


def check_size(size: tuple[int, int], most: int = limits.MAX_PICTURE_PIXELS) -> None:
    """See that a picture is not too large to be unpacked.

    Raises:
        PictureError: if it has more pixels, or a side of more than the lab takes.
    """
    if size[0] * size[1] > most:
        raise PictureError(PictureProblem.TOO_LARGE, most=most)
    if max(size) > limits.MAX_PICTURE_SIDE:
        raise PictureError(PictureProblem.TOO_LONG)


def finished(unpacked: Callable[[], Image.Image]) -> NDArray[np.uint8]:
    """The pixels of what is unpacked now, RGBA or grey.

    Raises:
        PictureError: if it can't be unpacked.
    """
    try:
        small = unpacked()
        return np.asarray(small if small.mode == "L" else small.convert("RGBA"))
    except PictureError:
        raise
    except Exception as error:  # decoders raise errors of many kinds on damaged files
        raise PictureError(PictureProblem.DAMAGED) from error


def _open(content: bytes, formats: tuple[str, ...], most: int) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(PictureProblem.TOO_LARGE, most=most) from error
    except Exception as error:
        raise PictureError(PictureProblem.UNUSUAL) from error


def _turned(image: Image.Image) -> Image.Image:
    """Phones store a photo as the sensor lies, and how to turn it beside it."""
    # A JPEG is unpacked at half, a quarter or an eighth of its size, in less time.
    if max(image.size) > LONGEST_SIDE:
        image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    image.load()  # a TIFF turns itself here, and forgets how
    small = reduced(image)
    small.info = {}  # a copy of the file's words, which would be read once more
    small.getexif()[ExifTags.Base.Orientation] = _orientation(image)
    return ImageOps.exif_transpose(small)


def _orientation(image: Image.Image) -> int:
    upright = 1
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, upright))
    except Exception:  # garbage beside a picture leaves it as it is
        return upright


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height as the first chunk of a WebP says; (0, 0) if it is no picture's."""
    part, at = content[12:16], 20  # behind the names and lengths of the file and of the part
    if part == b"VP8X":
        return (
            1 + int.from_bytes(content[at + 4 : at + 7], "little"),
            1 + int.from_bytes(content[at + 7 : at + 10], "little"),
        )
    if part == b"VP8L":
        both = int.from_bytes(content[at + 1 : at + 5], "little")
        return 1 + (both & _WEBP_SIDE), 1 + (both >> 14 & _WEBP_SIDE)
    if part == b"VP8 ":
        width, height = (
            int.from_bytes(content[place : place + 2], "little") for place in (at + 6, at + 8)
        )
        return width & _WEBP_SIDE, height & _WEBP_SIDE
    return 0, 0
