"""Sliding windows: kernel or pool size, strides, padding, and the shape of the output."""

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers.base import Shape
from digitlab.specs import IMAGE_SHAPE
from digitlab.specs.checks import check_choice, check_count

Pair = tuple[int, int]

_PADDINGS = ("valid", "same")


def check_window(size: Pair, strides: Pair, padding: str) -> None:
    """Refuse settings that no window over an image of a digit has."""
    for pair in (size, strides):
        if len(pair) != 2:
            raise UploadError(UploadProblem.WINDOW_PAIRS)
        for number in pair:
            check_count("The size of a window and its strides", number, 1, IMAGE_SHAPE[0])
    check_choice("The padding", padding, _PADDINGS)


def check_image(kind: str, shape: Shape) -> None:
    """Refuse a shape that is not (rows, columns, channels)."""
    if len(shape) != 3:
        raise UploadError(UploadProblem.NO_PICTURE, kind=kind, shape=shape)


def output_sides(kind: str, shape: Shape, size: Pair, strides: Pair, padding: str) -> Pair:
    """Rows and columns of the output of a sliding window."""
    check_image(kind, shape)
    positions = (
        shape[:2] if padding == "same" else [s - k + 1 for s, k in zip(shape, size, strict=False)]
    )
    rows, columns = (-(-side // stride) for side, stride in zip(positions, strides, strict=True))
    if min(rows, columns) < 1:
        raise UploadError(UploadProblem.NOTHING_LEFT, kind=kind, shape=shape)
    return rows, columns
