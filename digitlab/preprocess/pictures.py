"""Pictures as files: those that strangers upload, opened with care, and the lab's own."""

import io
import math
import threading

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PIL.ExifTags import Base

from digitlab import limits

LONGEST_SIDE = 1000
"""Pictures are reduced to this: more than enough for one digit, and quick to work on."""

NO_PICTURE = "That file is no picture. Choose a PNG or JPEG of one digit."
DAMAGED = "That picture is damaged or not complete. Save or send it once more, or choose another."
TOO_HEAVY = f"That file is larger than {limits.MAX_UPLOAD_MEGABYTES} MB. Choose a smaller picture."
TOO_LARGE = (
    f"That picture has more than {limits.MAX_PICTURE_PIXELS // 1_000_000} million pixels. "
    "Choose a smaller one, or cut out the digit."
)
BUSY = "The lab reads other pictures at this moment. Choose yours again in a few seconds."

_BAND_ROWS = 256
"""Of a large picture, changed at once: 6 MB of one with 25 million pixels."""

_turns = threading.BoundedSemaphore(limits.PICTURES_AT_ONCE)


class PictureError(ValueError):
    """The file can't be used; the message tells the learner what to do instead."""


def read_picture(content: bytes) -> NDArray[np.uint8]:
    """The pixels of an uploaded PNG or JPEG, the right way up.

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
    if not _turns.acquire(timeout=limits.PICTURE_SECONDS):
        raise PictureError(BUSY)
    try:
        # A JPEG is unpacked at half, a quarter or an eighth of its size, in less time.
        image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        image = _reduced(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BOX)
        return np.asarray(image if image.mode == "L" else image.convert("RGBA"))
    except Exception as error:  # Pillow raises errors of many kinds on damaged files
        raise PictureError(DAMAGED) from error
    finally:
        _turns.release()


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Grey pixels (h, w) as a PNG file."""
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
    """The picture the right way up in a plain mode, at most twice `LONGEST_SIDE` long.

    A band at a time: a large picture changed as a whole takes several times its own memory.
    """
    exif = Image.Exif()
    exif[Base.Orientation] = image.getexif().get(Base.Orientation, 1)
    factor = math.ceil(max(image.size) / (2 * LONGEST_SIDE))
    rows = _BAND_ROWS * factor if factor > 1 else image.height
    bands = []
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        bands.append(_as_plain_mode(band).reduce(factor))
    whole = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for number, band in enumerate(bands):
        whole.paste(band, (0, number * _BAND_ROWS))
    # Phones store a photo as the sensor lies, and how to turn it beside it.
    whole.info["exif"] = exif.tobytes()
    return ImageOps.exif_transpose(whole)


def _as_plain_mode(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be reduced without mixing palette numbers."""
    if image.mode.startswith("I"):  # 16 bits a pixel: convert("L") would clip, not scale
        deep = np.asarray(image.convert("I")).clip(0, 65535)
        return Image.fromarray((deep >> 8).astype(np.uint8))
    if image.mode == "P" or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image
