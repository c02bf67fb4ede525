"""Ready-made drawings that are no digits: letters and figures of a few lines."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitlab.preprocess.drawing import drawing_to_digit

Line = list[tuple[float, float]]  # x to the right, y down, on a square of 100 × 100

_SIDE = 280  # pixels, as the canvas has
_BRUSH = 20
_FINER = 4  # drawn larger and reduced: Pillow's lines have steps


def _round_line(turns: float, radius: tuple[float, float], points: int = 90) -> Line:
    """Around the middle, from the first radius to the second."""
    first, last = radius
    return [
        (
            50 + (first + (last - first) * part) * math.cos(2 * math.pi * turns * part),
            50 + (first + (last - first) * part) * math.sin(2 * math.pi * turns * part),
        )
        for part in (number / points for number in range(points + 1))
    ]


def _star() -> Line:
    corners = [math.radians(144 * number - 90) for number in range(6)]
    return [(50 + 42 * math.cos(angle), 50 + 42 * math.sin(angle)) for angle in corners]


SCRIBBLES: dict[str, list[Line]] = {
    "letter A": [[(18, 90), (50, 10), (82, 90)], [(31, 60), (69, 60)]],
    "letter H": [[(22, 10), (22, 90)], [(78, 10), (78, 90)], [(22, 50), (78, 50)]],
    "letter X": [[(20, 12), (80, 88)], [(80, 12), (20, 88)]],
    "spiral": [_round_line(2.5, (2, 42))],
    "star": [_star()],
    "cross": [[(50, 10), (50, 90)], [(12, 50), (88, 50)]],
}
"""Their lines, by their names."""


def picture(lines: list[Line]) -> NDArray[np.uint8]:
    """Lines as they look on the canvas: uint8 (280, 280), 0 is ink and 255 is paper."""
    side, width = _FINER * _SIDE, _FINER * _BRUSH
    image = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(image)
    for line in lines:
        # The margin keeps the ends of the lines on the paper.
        points = [(side * (0.1 + 0.008 * x), side * (0.1 + 0.008 * y)) for x, y in line]
        pen.line(points, fill=0, width=width, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=0)
    return np.asarray(image.resize((_SIDE, _SIDE), Image.Resampling.BOX))


@cache
def received() -> NDArray[np.uint8]:
    """What a network receives of each: uint8 (n, 28, 28), 0 is paper, in the order of the names."""
    digits = np.stack([drawing_to_digit(picture(lines)).digit for lines in SCRIBBLES.values()])
    digits.flags.writeable = False
    return digits
