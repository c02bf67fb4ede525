"""Pictures as files: those that strangers upload, opened with care, and the lab's own."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

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
    try:
        image = _as_plain_mode(image)
        # A JPEG is unpacked at half, a quarter or an eighth of its size, in less time.
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BOX)
        # Phones store a photo as the sensor lies, and how to turn it beside it.
        image = ImageOps.exif_transpose(image)
        return np.asarray(image if image.mode == "L" else image.convert("RGBA"))
    except Exception as error:  # Pillow raises errors of many kinds on damaged files
        raise PictureError(DAMAGED) from error


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


def _as_plain_mode(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be reduced without mixing palette numbers."""
    if image.mode.startswith("I"):  # 16 bits a pixel: convert("L") would clip, not scale
        deep = np.asarray(image.convert("I")).clip(0, 65535)
        return Image.fromarray((deep >> 8).astype(np.uint8))
    if image.mode == "P" or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image
