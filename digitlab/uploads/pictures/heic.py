"""The photos of iPhones, with libheif. Only `child` may import this: it is a large decoder in C."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitlab.uploads.pictures.errors import PictureError, PictureProblem
from digitlab.uploads.pictures.reducing import reduced
from digitlab.uploads.pictures.unpacking import check_size, finished


class _Rows:
    """Pixels in a decoder's memory, as strips."""

    def __init__(self, data: memoryview, size: tuple[int, int], mode: str, stride: int) -> None:
        self.size = size
        self._mode = mode
        self._rows = np.frombuffer(data, np.uint8).reshape(-1, stride)[: size[1]]

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        left, top, right, bottom = box
        rows = np.ascontiguousarray(self._rows[top:bottom])
        size = (self.size[0], bottom - top)
        strip = Image.frombytes(self._mode, size, rows, "raw", self._mode, rows.shape[1])
        return strip.crop((left, 0, right, bottom - top))


def read_heic(content: bytes) -> NDArray[np.uint8]:
    """The main picture in a HEIC, the right way up: libheif turns it as the file says.

    Returns:
        uint8, RGBA (h, w, 4), the longer side at most `LONGEST_SIDE`.

    Raises:
        PictureError: if it is damaged, past a limit, or there is no libheif.
    """
    try:
        import pi_heif
    except ImportError as error:
        raise PictureError(PictureProblem.NO_HEIC_HERE) from error
    options = pi_heif.options
    options.DECODE_THREADS = 1  # each takes memory, and the lab shares its processors
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    try:
        image = pi_heif.open_heif(content)
        size = image.size
    except Exception as error:
        raise PictureError(PictureProblem.UNUSUAL) from error
    check_size(size)

    def unpacked() -> Image.Image:
        data = image.data  # all pixels, once: Pillow would hold them a second time
        return reduced(_Rows(data, image.size, image.mode, image.stride))

    return finished(unpacked)
