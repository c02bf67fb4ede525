"""The curves of a training as a picture for print: inline SVG, no script."""

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from digitlab.figures.style.theme import ACCENT, MISTAKE
from digitlab.records.training import EpochRecord

_WIDTH, _HEIGHT = 340, 165
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 64, 10, 34  # what is left around the axes for words
_LABEL_GAP = 13  # between two lines of text
_MOST_SIGNS = 25  # more epochs have a sign at the last one only
_TICK_STEPS = (1, 2, 2.5, 5, 10)

_AXES = Markup("""\
<svg viewBox="0 0 {width} {height}" role="img" aria-label="{alt}">
<g class="axes">{ticks}</g>
{curves}
<text x="{middle}" y="{bottom}" text-anchor="middle">epoch</text>
</svg>""")
_LINE = Markup('<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
_TEXT = Markup('<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>')
_PATH = Markup('<path d="{d}" fill="none" stroke="{color}" stroke-width="2"{dash}/>')
_CIRCLE = Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>')
_SQUARE = Markup(
    '<rect x="{left:.1f}" y="{top:.1f}" width="6" height="6" fill="#fff" stroke="{color}"/>'
)

Point = tuple[float, float]


def svg(history: Sequence[EpochRecord], name: str, epochs: int, top: float) -> Markup:
    """One quantity over the epochs: training solid, validation dashed, each named at its end.

    Args:
        history: the finished epochs; what is no number is left out.
        name: "loss" or the metric, as Keras logs it.
        epochs: how many were asked for; the axis shows them all.
        top: the end of the upright axis, unless a curve goes higher.
    """
    training, validation = (_finite(history, log) for log in (name, f"val_{name}"))
    top = max([top, *(value for _, value in (*training, *validation))])

    def to_page(point: Point) -> Point:
        return _x(point[0], epochs), _y(point[1], top)

    drawn = [
        (label, [to_page(point) for point in points], color, sign, dash)
        for label, points, color, sign, dash in (
            ("training", training, ACCENT, _CIRCLE, ""),
            ("validation", validation, MISTAKE, _SQUARE, Markup(' stroke-dasharray="6 4"')),
        )
        if points
    ]
    curves = [_curve(points, color, sign, dash) for _, points, color, sign, dash in drawn]
    labels = _labels([(label, points[-1]) for label, points, *_ in drawn])
    return _AXES.format(
        width=_WIDTH,
        height=_HEIGHT,
        alt=_words(name, training, validation),
        ticks=_joined([*_epoch_ticks(epochs), *_value_ticks(top)]),
        curves=_joined([*curves, *labels]),
        middle=(_LEFT + _WIDTH - _RIGHT) // 2,
        bottom=_HEIGHT - 3,
    )


def _finite(history: Sequence[EpochRecord], log: str) -> list[Point]:
    values = [(record.epoch + 1, record.logs.get(log, math.nan)) for record in history]
    return [(epoch, value) for epoch, value in values if math.isfinite(value)]


def _x(epoch: float, epochs: int) -> float:
    share = 0.5 if epochs == 1 else (epoch - 1) / (epochs - 1)
    inside = 6  # so that the first sign does not lie on the axis
    return _LEFT + inside + share * (_WIDTH - _LEFT - _RIGHT - 2 * inside)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


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
        labels.append(_TEXT.format(x=x + 7, y=height + 4, anchor="start", text=label))
        highest, room = height + _LABEL_GAP, room - _LABEL_GAP
    return labels


def _epoch_ticks(epochs: int) -> Iterable[Markup]:
    step, axis = max(1, round(epochs / 5)), _HEIGHT - _BOTTOM
    yield _LINE.format(x1=_LEFT, y1=axis, x2=_WIDTH - _RIGHT, y2=axis)
    for epoch in range(1 if step == 1 else step, epochs + 1, step):
        x = _x(epoch, epochs)
        yield _LINE.format(x1=x, y1=axis, x2=x, y2=axis + 3)
        yield _TEXT.format(x=x, y=axis + 15, anchor="middle", text=epoch)


def _value_ticks(top: float) -> Iterable[Markup]:
    power = 10 ** math.floor(math.log10(top / 5))
    step = next(multiple * power for multiple in _TICK_STEPS if multiple * power >= 0.999 * top / 5)
    for number in range(int(top / step * 1.001) + 1):
        y = _y(number * step, top)
        yield _LINE.format(x1=_LEFT, y1=y, x2=_WIDTH - _RIGHT, y2=y)
        yield _TEXT.format(x=_LEFT - 5, y=y + 4, anchor="end", text=f"{number * step:.3g}")


def _words(name: str, training: Sequence[Point], validation: Sequence[Point]) -> str:
    """What is seen, for those who can't see it."""
    parts = [
        f"{label} from {points[0][1]:.4g} in epoch {points[0][0]:g} to {points[-1][1]:.4g} "
        f"in epoch {points[-1][0]:g}"
        for label, points in (("training", training), ("validation", validation))
        if points
    ]
    return f"{name}: {', '.join(parts) or 'no epoch has a number'}"


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
