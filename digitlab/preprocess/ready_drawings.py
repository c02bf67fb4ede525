"""Drawings of digits that are ready: for those who can't or don't want to draw, and to compare."""

from itertools import pairwise
from typing import Any

Stroke = tuple[tuple[float, float], ...]

LONG_ONE, CROSSED_ZERO = "1 with a long upstroke", "0 with a stroke through it"
"""Written as MNIST's writers hardly did."""

_RING: Stroke = (
    (140, 60),
    (96, 78),
    (80, 140),
    (96, 204),
    (140, 222),
    (184, 202),
    (198, 140),
    (182, 78),
    (140, 60),
)
_SEVEN: Stroke = ((84, 72), (140, 70), (196, 66), (166, 126), (140, 178), (126, 226))

READY: dict[str, tuple[Stroke, ...]] = {
    "0": (_RING,),
    "1": (((148, 58), (142, 140), (136, 224)),),
    "2": (
        (
            (88, 100),
            (104, 66),
            (146, 56),
            (182, 78),
            (182, 118),
            (142, 166),
            (88, 220),
            (140, 214),
            (200, 218),
        ),
    ),
    "3": (
        (
            (92, 76),
            (140, 56),
            (186, 80),
            (180, 116),
            (132, 136),
            (186, 156),
            (194, 196),
            (146, 226),
            (88, 208),
        ),
    ),
    "4": (
        ((112, 60), (94, 112), (84, 152), (140, 152), (206, 148)),
        ((176, 64), (170, 140), (164, 226)),
    ),
    "5": (
        (
            (186, 62),
            (140, 62),
            (104, 66),
            (98, 126),
            (142, 118),
            (186, 142),
            (190, 188),
            (150, 222),
            (88, 214),
        ),
    ),
    "6": (
        (
            (170, 58),
            (122, 92),
            (92, 150),
            (98, 204),
            (142, 224),
            (182, 202),
            (184, 164),
            (146, 146),
            (100, 172),
        ),
    ),
    "7": (_SEVEN,),
    "8": (
        (
            (172, 82),
            (134, 60),
            (100, 86),
            (120, 122),
            (168, 160),
            (180, 200),
            (138, 224),
            (98, 198),
            (112, 158),
            (162, 122),
            (172, 82),
        ),
    ),
    "9": (
        (
            (178, 92),
            (138, 64),
            (98, 88),
            (100, 128),
            (138, 144),
            (174, 116),
            (178, 92),
            (176, 150),
            (162, 226),
        ),
    ),
    "7 with a bar": (_SEVEN, ((100, 146), (146, 142), (190, 140))),
    "1 with a foot": (
        ((104, 102), (146, 58), (144, 140), (142, 222)),
        ((96, 224), (142, 222), (190, 222)),
    ),
    LONG_ONE: (((86, 131), (158, 64)), ((158, 64), (158, 221))),
    CROSSED_ZERO: (_RING, ((200, 50), (76, 232))),
    "small 3 in a corner": (
        ((30, 34), (46, 28), (62, 38), (58, 50), (44, 56), (62, 62), (66, 76), (48, 86), (28, 80)),
    ),
}
"""Strokes by what they show, on the canvas of 280 × 280 pixels. Each is a curve."""


def as_strokes(name: str, brush: int) -> list[dict[str, Any]]:
    """A ready drawing as the canvas keeps strokes.

    Args:
        name: one of `READY`.
        brush: width in pixels.
    """
    return [
        {
            "type": "Path",
            "path": _curve(stroke),
            "fill": None,
            "stroke": "#000000",
            "strokeWidth": brush,
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
        }
        for stroke in READY[name]
    ]


def _curve(stroke: Stroke) -> list[list[Any]]:
    """Quadratic curves between the midpoints of a stroke: the canvas rounds strokes like this."""
    midpoints = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in pairwise(stroke)]
    curves = zip(stroke[1:-1], midpoints[1:], strict=True)
    return [
        ["M", *stroke[0]],
        ["L", *midpoints[0]],
        *(["Q", *control, *midpoint] for control, midpoint in curves),
        ["L", *stroke[-1]],
    ]
