"""The curves of a training under way, as a small SVG that is there at once.

Plotly's code has 4.7 MB: a first training is over before a browser has read it. This picture needs
no code. It looks like `figures.training.curves`, which takes its place at the end.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED
from digitlab.figures.training import HALVES, chart_title, loss_top
from digitlab.records.score import DigitSet
from digitlab.records.training import EpochRecord
from digitlab.wording.results.exam import set_name
from digitlab.wording.say import say

HEIGHT = 250
"""Pixels; as high as the figure that follows."""

_TOP, _BOTTOM, _LEFT = 36, 48, 34  # pixels around the two charts
_HEIGHT = HEIGHT - _TOP - _BOTTOM  # of each
_WIDE = 0.88  # of the whole width, for both: on the narrowest phone nothing is cut at the right
_PARTS = 5  # of the upright axis
_GAP = 16  # pixels between two names

Point = tuple[float, float]
Place = Callable[[Point], Point]


def live_curves(history: Sequence[EpochRecord], epochs: int, metric: str, ink: str) -> str:
    """Loss and metric over the epochs, training and validation, as wide as its place.

    Args:
        history: the finished epochs.
        epochs: as asked for; the axes show them all from the start.
        metric: Keras's name of the metric.
        ink: colour of the words.

    Returns:
        A whole SVG file. Its measures across are shares, so the words keep their size.
    """
    tops = (loss_top(history), 1.0)
    charts = [
        _chart(history, epochs, name, most, half, names=name == metric)
        for name, most, half in zip(("loss", metric), tops, HALVES, strict=True)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="{ink}">'
        f'<svg x="{_LEFT}" y="{_TOP}" width="{100 * _WIDE:g}%" height="{_HEIGHT}" '
        f'overflow="visible">{"".join(charts)}'
        "</svg></svg>"
    )


def _chart(
    history: Sequence[EpochRecord],
    epochs: int,
    name: str,
    most: float,
    half: tuple[float, float],
    names: bool,
) -> str:
    """One of the two; `names` writes the curves' names into it, at the bottom."""

    def place(point: Point) -> Point:
        epoch, value = point
        return 100 * (epoch - 0.8) / (epochs - 0.6), _HEIGHT * (1 - value / (1.02 * most))

    curves = [
        (set_name(digits), color, dash, [place(point) for point in _points(history, log)])
        for digits, color, dash, log in (
            (DigitSet.TRAINING, ACCENT, "", name),
            (DigitSet.VALIDATION, MISTAKE, "6 4", f"val_{name}"),
        )
    ]
    parts = [*_axes(epochs, most, place)]
    for _, color, dash, points in curves:
        parts += _curve(points, color, dash)
    if names:
        parts += _names([(label, color) for label, color, _, points in curves if points])
    left, right = half
    return (
        f'<svg x="{100 * left:g}%" width="{100 * (right - left):g}%" height="{_HEIGHT}" '
        f'overflow="visible">{"".join(parts)}'
        f"{_text('50%', -14, chart_title(name), 'middle', size=16)}</svg>"
    )


def _points(history: Sequence[EpochRecord], log: str) -> list[Point]:
    values = [(record.epoch + 1.0, record.logs.get(log, math.nan)) for record in history]
    return [(epoch, value) for epoch, value in values if math.isfinite(value)]


def _axes(epochs: int, most: float, place: Place) -> Iterable[str]:
    for part in range(_PARTS + 1):
        value = most * part / _PARTS
        y = place((1, value))[1]
        yield f'<line x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke="{MUTED}" opacity=".35"/>'
        yield _text("-6", y + 4, f"{value:.3g}", "end")
    for epoch in range(1, epochs + 1, max(1, round(epochs / 5))):
        yield _text(f"{place((epoch, 0))[0]:.2f}%", _HEIGHT + 18, str(epoch), "middle")
    yield _text("50%", _HEIGHT + 38, say("epoch"), "middle")


def _curve(points: list[Point], color: str, dash: str) -> Iterable[str]:
    line = f'stroke="{color}" stroke-width="2.5"' + f' stroke-dasharray="{dash}"' * bool(dash)
    for (x1, y1), (x2, y2) in pairwise(points):
        yield f'<line x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}" {line}/>'
    for x, y in points:
        yield f'<circle cx="{x:.2f}%" cy="{y:.1f}" r="3.5" fill="{color}"/>'


def _names(curves: Sequence[tuple[str, str]]) -> Iterable[str]:
    """Where hardly any curve comes: a metric is low in the first epochs only."""
    for number, (name, color) in enumerate(curves):
        y = _HEIGHT - 8 - _GAP * (len(curves) - 1 - number)
        yield _text("100%", y, name, "end", f' fill="{color}"')


def _text(x: str, y: float, words: str, anchor: str, more: str = "", size: int = 12) -> str:
    return (
        f'<text x="{x}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{more}>'
        f"{escape(words)}</text>"
    )
