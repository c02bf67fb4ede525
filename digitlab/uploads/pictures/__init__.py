"""Pictures as files: those that strangers upload, opened with care, and the lab's own.

The first bytes tell what a file is (`kinds`). PNG and JPEG are unpacked where the lab runs; the
decoders of the other kinds are larger or take more memory, so theirs run in a process of its own
with limits of time and memory (`isolated`, `child`). Both reduce the picture as they unpack it
(`unpacking`, `reducing`, `tiff`, `heic`).
"""

from digitlab.uploads.pictures.errors import PictureError, PictureProblem, PicturesBusyError
from digitlab.uploads.pictures.reading import png, read_picture, turn_for_picture

__all__ = [
    "PictureError",
    "PictureProblem",
    "PicturesBusyError",
    "png",
    "read_picture",
    "turn_for_picture",
]
