"""Pictures whose decoders are large are read in a process of its own, where they hurt nobody.

libtiff, libwebp and libheif are written in C. A file made for them could crash them, keep them
busy or fill the memory; then the reader ends, and the visitor gets a sentence.
"""

import logging
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.uploads.pictures.errors import REFUSALS, PictureError, PictureProblem
from digitlab.uploads.pictures.reducing import LONGEST_SIDE
from digitlab.uploads.sandbox import answers, asking

logger = logging.getLogger(__name__)

READER = asking.reader("digitlab.uploads.pictures.child")

_MOST_BYTES = 4 * LONGEST_SIDE**2 + 1024
"""Of an answer: the pixels, and a line with their shape."""

_COLOURS = (4,)


def read_isolated(content: bytes, reader: Sequence[str] = READER) -> NDArray[np.uint8]:
    """The pixels of a picture, read by another process within limits; see `read_picture`.

    Raises:
        PictureError: if it can't be read, for whatever reason.
    """
    try:
        answer = asking.ask(reader, content, most=_MOST_BYTES, seconds=limits.PICTURE_SECONDS)
    except asking.SlowReaderError as error:
        raise PictureError(PictureProblem.TOO_SLOW) from error
    except asking.ReaderError as error:
        logger.warning("The reader of a picture gave no answer. %s", error)
        raise PictureError(PictureProblem.DAMAGED) from error
    try:
        header, numbers = answers.parse(answer)
        refused = answers.refusal(header, REFUSALS)
        if refused is None:
            return _pixels(header, numbers)
    except Exception as error:  # the reader itself could have been taken over
        logger.warning("The reader of a picture gave no sense.", exc_info=error)
        raise PictureError(PictureProblem.DAMAGED) from error
    problem, values = refused
    raise PictureError(problem, **values)


def _pixels(header: dict[str, object], numbers: bytes) -> NDArray[np.uint8]:
    """The reader's answer, checked once more."""
    shape = header["shape"]
    if not isinstance(shape, list) or not all(isinstance(side, int) for side in shape):
        raise PictureError(PictureProblem.DAMAGED)
    height, width, *colours = shape
    if not (0 < height <= LONGEST_SIDE and 0 < width <= LONGEST_SIDE):
        raise PictureError(PictureProblem.DAMAGED)
    if tuple(colours) not in ((), _COLOURS) or len(numbers) != math.prod(shape):
        raise PictureError(PictureProblem.DAMAGED)
    return np.frombuffer(numbers, np.uint8).reshape(shape)
