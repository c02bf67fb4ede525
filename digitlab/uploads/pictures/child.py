"""The process that reads one picture: `python -m digitlab.uploads.pictures.child`.

The file comes on stdin. On stdout goes one line of JSON, the shape of the pixels or the code of a
refusal, and after the shape the pixels themselves, a byte a number. See `isolated` for the other
end.
"""

import sys

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.uploads.pictures.errors import PictureError, PictureProblem
from digitlab.uploads.pictures.heic import read_heic
from digitlab.uploads.pictures.kinds import HEIC, kind_of
from digitlab.uploads.pictures.unpacking import OPENED_APART, unpack
from digitlab.uploads.sandbox.answers import answer, refuse
from digitlab.uploads.sandbox.confined import confine


def main() -> None:
    """Read, and answer."""
    confine(limits.PICTURE_MEGABYTES, limits.PICTURE_SECONDS)
    try:
        pixels = read(sys.stdin.buffer.read())
    except PictureError as error:
        refuse(error.problem, error.values)
    except MemoryError:
        refuse(PictureProblem.UNUSUAL)
    else:
        answer({"shape": pixels.shape}, [pixels])


def read(content: bytes) -> NDArray[np.uint8]:
    """The pixels of a picture that is not opened in the lab's own process; see `read_picture`.

    Raises:
        PictureError: if it can't be read.
    """
    return read_heic(content) if kind_of(content) == HEIC else unpack(content, OPENED_APART)


if __name__ == "__main__":
    main()
