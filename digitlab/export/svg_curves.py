"""The curves of a training as a picture for print: inline SVG, no script."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from digitlab.export.report_words import curve_words, way_words
from digitlab.figures.style.theme import ACCENT, MISTAKE
from digitlab.records.training import EpochRecord
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_WIDTH, _HEIGHT = 340, 165
_LEFT, _TOP, _BOTTOM = 46, 10, 34  # what is left around the axes for words
_INSIDE = 6  # so that the first sign does not lie on the axis
_LABEL_GAP = 13  # between two lines of text
_LABEL_BEGINS, _LETTER = 7, 5.6  # where a curve's name begins after its end; width of a letter
_LEAST_RIGHT, _MOST_RIGHT = 64, 140
_MOST_SIGNS = 25  # more epochs have a sign at the last one only
_TICK_STEPS = (1, 2, 2.5, 5, 10)
_LARGE = 1e5  # a number on the axis from here on has an exponent

_AXES = Markup("""\
<svg viewBox="0 0 {width} {height}" role="img" aria-label="{alt}">
<g class="axes">{ticks}</g>
{curves}
<text x="{middle:.0f}" y="{bottom}" text-anchor="middle">{epoch}</text>
</svg>""")
_LINE = Markup('<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
_TEXT = Markup('<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>')
_PATH = Markup('<path d="{d}" fill="none" stroke="{color}" stroke-width="2"{dash}/>')
_CIRCLE = Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>')
_SQUARE = Markup(
    '<rect x="{left:.1f}" y="{top:.1f}" width="6" height="6" fill="#fff" stroke="{color}"/>'
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Axes:
    """Where a value stands in the picture.

    Attributes:
        epochs: the last one on the axis.
        top: the value at the end of the upright axis.
        right: what is left for the names of the curves.
    """

    epochs: int
    top: float
    right: float

    @property
    def end(self) -> float:
        """Where the axis of the epochs ends."""
        return _WIDTH - self.right

    def place(self, point: Point) -> Point:
        """Of an epoch and its value."""
        return self.x(point[0]), self.y(point[1])

    def x(self, epoch: float) -> float:
        """Of an epoch, counted from 1."""
        share = 0.5 if self.epochs == 1 else (epoch - 1) / (self.epochs - 1)
        return _LEFT + _INSIDE + share * (self.end - _LEFT - 2 * _INSIDE)

    def y(self, value: float) -> float:
        """Of a value."""
        return _HEIGHT - _BOTTOM - value / self.top * (_HEIGHT - _TOP - _BOTTOM)


def svg(history: Sequence[EpochRecord], name: str, title: str, epochs: int, top: float) -> Markup:
    """One quantity over the epochs: training solid, validation dashed, each named at its end.

    Args:
        history: the finished epochs; what is no number is left out.
        name: "loss" or the metric, as Keras logs it.
        title: the same in words.
        epochs: how many were asked for; the axis shows them all.
        top: the end of the upright axis, unless a curve goes higher.
    """
    training, validation = (_finite(history, log) for log in (name, f"val_{name}"))
    names = say("training"), say("validation")
    right = _LABEL_BEGINS + _LETTER * max(map(len, names)) + 3
    axes = Axes(
        epochs,
        max([top, *(value for _, value in (*training, *validation))]),
        min(max(right, _LEAST_RIGHT), _MOST_RIGHT),
    )
    drawn = [
        (label, [axes.place(point) for point in points], color, sign, dash)
        for label, points, color, sign, dash in (
            (names[0], training, ACCENT, _CIRCLE, ""),
            (names[1], validation, MISTAKE, _SQUARE, Markup(' stroke-dasharray="6 4"')),
        )
        if points
    ]
    curves = [_curve(points, color, sign, dash) for _, points, color, sign, dash in drawn]
    labels = _labels([(label, points[-1]) for label, points, *_ in drawn])
    return _AXES.format(
        width=_WIDTH,
        height=_HEIGHT,
        alt=curve_words(title, way_words(training, validation)),
        ticks=_joined([*_epoch_ticks(axes), *_value_ticks(axes)]),
        curves=_joined([*curves, *labels]),
        middle=(_LEFT + axes.end) / 2,
        bottom=_HEIGHT - 3,
        epoch=say("epoch"),
    )


def _finite(history: Sequence[EpochRecord], log: str) -> list[Point]:
    values = [(record.epoch + 1, record.logs.get(log, math.nan)) for record in history]
    return [(epoch, value) for epoch, value in values if math.isfinite(value)]


def _curve(points: Sequence[Point], color: str, sign: Markup, dash: str) -> Markup:
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    marked = points if len(points) <= _MOST_SIGNS else points[-1:]
    signs = [sign.format(x=x, y=y, left=x - 3, top=y - 3, color=color) for x, y in marked]
    return _joined([_PATH.format(d=d, color=color, dash=dash), *signs])


def _labels(ends: Sequence[tuple[str, Point]]) -> list[Markup]:
    """The curves' names at their ends, apart from each other and within the picture."""
    room = _LABEL_GAP * (len(ends) - 1)  # that the names below need
    highest: float = _TOP
    labels: list[Markup] = []
    for label, (x, y) in sorted(ends, key=lambda end: end[1][1]):  # down from the top
        height = max(highest, min(y, _HEIGHT - _BOTTOM - room))
        labels.append(_TEXT.format(x=x + _LABEL_BEGINS, y=height + 4, anchor="start", text=label))
        highest, room = height + _LABEL_GAP, room - _LABEL_GAP
    return labels


def _epoch_ticks(axes: Axes) -> Iterable[Markup]:
    step, axis = max(1, round(axes.epochs / 5)), _HEIGHT - _BOTTOM
    yield _LINE.format(x1=_LEFT, y1=axis, x2=axes.end, y2=axis)
    for epoch in range(1 if step == 1 else step, axes.epochs + 1, step):
        x = axes.x(epoch)
        yield _LINE.format(x1=x, y1=axis, x2=x, y2=axis + 3)
        yield _TEXT.format(x=x, y=axis + 15, anchor="middle", text=epoch)


def _value_ticks(axes: Axes) -> Iterable[Markup]:
    top = axes.top
    power = 10 ** math.floor(math.log10(top / 5))
    step = next(multiple * power for multiple in _TICK_STEPS if multiple * power >= 0.999 * top / 5)
    for number in range(int(top / step * 1.001) + 1):
        y = axes.y(number * step)
        yield _LINE.format(x1=_LEFT, y1=y, x2=axes.end, y2=y)
        yield _TEXT.format(x=_LEFT - 5, y=y + 4, anchor="end", text=_tick(number * step))


def _tick(value: float) -> str:
    return significant(value, 3) if value < _LARGE else f"{value:.3g}"


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
