"""The door for pictures: whose turn it is, what a file is, and who unpacks it."""

import contextlib
import io
import threading
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitlab import limits
from digitlab.uploads.pictures.errors import PictureError, PictureProblem, PicturesBusyError
from digitlab.uploads.pictures.isolated import read_isolated
from digitlab.uploads.pictures.kinds import kind_of
from digitlab.uploads.pictures.unpacking import OPENED_HERE, unpack

_turns = threading.BoundedSemaphore(limits.PICTURES_AT_ONCE)


@contextlib.contextmanager
def turn_for_picture() -> Iterator[None]:
    """Room for one large picture from its file to its digit; others wait, in all threads.

    To unpack it takes 70 to 220 MB for a moment, to find its ink 60 MB.

    Raises:
        PicturesBusyError: if others' pictures take too long; the same file may do later.
    """
    if not _turns.acquire(timeout=limits.PICTURE_WAIT_SECONDS):
        raise PicturesBusyError
    try:
        yield
    finally:
        _turns.release()


def read_picture(content: bytes) -> NDArray[np.uint8]:
    """The pixels of an uploaded PNG, JPEG, HEIC, WebP, GIF, BMP or TIFF, the right way up.

    Of a film or of several pages the first picture counts (of a HEIC the one that it names first).
    Where several may be read at once, call it in a `turn_for_picture`.

    Returns:
        uint8 RGBA of shape (h, w, 4), or grey (h, w) where the picture is grey throughout;
        the longer side at most `LONGEST_SIDE`.

    Raises:
        PictureError: if it is none of these, damaged, or past a limit.
    """
    if len(content) > limits.MAX_UPLOAD_MEGABYTES * 1024 * 1024:
        raise PictureError(PictureProblem.TOO_HEAVY)
    if kind_of(content) in OPENED_HERE:
        return unpack(content, OPENED_HERE)
    return read_isolated(content)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels, grey (h, w) or in colours (h, w, 3 or 4), as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()
