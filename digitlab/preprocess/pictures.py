"""Pictures as files: those that strangers upload, opened with care, and the lab's own."""

import contextlib
import io
import threading
from collections.abc import Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from digitlab import limits

LONGEST_SIDE = 1000
"""Pictures are reduced to this: more than enough for one digit, and quick to work on."""

NO_PICTURE = "That file is no picture. Choose a PNG or JPEG of one digit."
DAMAGED = "That picture is damaged or not complete. Save or send it once more, or choose another."
TOO_HEAVY = f"That file is larger than {limits.MAX_UPLOAD_MEGABYTES}\N{NO-BREAK SPACE}MB. Choose a smaller picture."
TOO_LARGE = (
    f"That picture has more than {limits.MAX_PICTURE_PIXELS // 1_000_000} million pixels. "
    "Choose a smaller one, or cut out the digit."
)

TOO_LONG = (
    f"That picture is more than {limits.MAX_PICTURE_SIDE:,} pixels long. Choose another one, or cut "
    "out the digit."
)
BUSY = "The lab reads the pictures of others just now. Try again in a few seconds."

_STRIP = 64
"""Rows of the reduced picture that are made at once."""

_turns = threading.BoundedSemaphore(limits.PICTURES_AT_ONCE)


class PictureError(ValueError):
    """The file can't be used; the message tells the learner what to do instead."""


class PicturesBusyError(PictureError):
    """There was no turn for this picture."""


@contextlib.contextmanager
def turn_for_picture() -> Iterator[None]:
    """Room for one large picture from its file to its digit; others wait, in all threads.

    To unpack it takes 70 to 220 MB for a moment, to find its ink 60 MB.

    Raises:
        PicturesBusyError: if others' pictures take too long; the same file may do later.
    """
    if not _turns.acquire(timeout=limits.PICTURE_WAIT_SECONDS):
        raise PicturesBusyError(BUSY)
    try:
        yield
    finally:
        _turns.release()


def read_picture(content: bytes) -> NDArray[np.uint8]:
    """The pixels of an uploaded PNG or JPEG, the right way up.

    Where several may be read at once, call it in a `turn_for_picture`.

    Returns:
        uint8 RGBA of shape (h, w, 4), or grey (h, w) where the picture is grey throughout;
        the longer side at most `LONGEST_SIDE`.

    Raises:
        PictureError: if it is no PNG or JPEG, damaged, or past a limit.
    """
    if len(content) > limits.MAX_UPLOAD_MEGABYTES * 1024 * 1024:
        raise PictureError(TOO_HEAVY)
    image = _open(content)
    # Only the header has been read so far: a decompression bomb is never unpacked.
    if image.width * image.height > limits.MAX_PICTURE_PIXELS:
        raise PictureError(TOO_LARGE)
    if max(image.size) > limits.MAX_PICTURE_SIDE:
        raise PictureError(TOO_LONG)
    try:
        small = _turned(_reduced(image), like=image)
        return np.asarray(small if small.mode == "L" else small.convert("RGBA"))
    except Exception as error:  # Pillow raises errors of many kinds on damaged files
        raise PictureError(DAMAGED) from error


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels, grey (h, w) or in colours (h, w, 3 or 4), as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def _open(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(TOO_LARGE) from error
    except Exception as error:
        raise PictureError(NO_PICTURE) from error


def _reduced(image: Image.Image) -> Image.Image:
    """The same picture in a plain mode, its longer side at most `LONGEST_SIDE`.

    One of 25 million pixels takes 100 MB as it is unpacked, and would take as much once more in
    another mode. So it gets there in strips, each reduced before the next.
    """
    if max(image.size) <= LONGEST_SIDE:
        return _as_plain_mode(image)
    twice = 2 * LONGEST_SIDE
    # A JPEG is unpacked at half, a quarter or an eighth of its size, in less time.
    image.draft(None, (twice, twice))
    (width, height), longest = image.size, max(image.size)
    factor = max(1, longest // twice)
    mode = _reducible(image.crop((0, 0, 1, 1))).mode
    small = Image.new(mode, (ceil(width / factor), ceil(height / factor)))
    for top in range(0, height, _STRIP * factor):
        strip = image.crop((0, top, width, min(top + _STRIP * factor, height)))
        small.paste(_reducible(strip).reduce(factor), (0, top // factor))
    size = [max(1, round(side * LONGEST_SIDE / longest)) for side in (width, height)]
    box = (0, 0, width / factor, height / factor)
    return small.resize(size, Image.Resampling.BOX, box)


def _reducible(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose numbers can be mixed: colours count as far as they are seen."""
    plain = _as_plain_mode(image)
    return plain.convert("RGBa") if plain.mode == "RGBA" else plain


def _as_plain_mode(image: Image.Image) -> Image.Image:
    """The same picture in grey or true colours."""
    if image.mode.startswith("I"):  # 16 bits a pixel: convert("L") would clip, not scale
        deep = np.asarray(image.convert("I")).clip(0, 65535)
        return Image.fromarray((deep >> 8).astype(np.uint8))
    if image.mode in ("P", "LA") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def _turned(image: Image.Image, like: Image.Image) -> Image.Image:
    """Phones store a photo as the sensor lies, and how to turn it beside it."""
    if orientation := like.getexif().get(ExifTags.Base.Orientation):
        image.getexif()[ExifTags.Base.Orientation] = orientation
    return ImageOps.exif_transpose(image)
