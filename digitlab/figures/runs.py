"""Pictures of several runs: their curves over each other, and the recall of each digit of two."""

import html
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from digitlab.figures.style.theme import ACCENT, MUTED, figure
from digitlab.figures.training import chart_title
from digitlab.records.training import EpochRecord
from digitlab.wording.numerals import SPACE, per_cent
from digitlab.wording.say import say

SIGNS = (
    (ACCENT, "circle", "●"),
    ("#e96e16", "square", "■"),
    ("#469abd", "diamond", "◆"),
    ("#a54622", "triangle-up", "▲"),
    ("#3ba86a", "x", "✖"),
    ("#6c6564", "star", "★"),
)
"""Colour, Plotly's symbol and the same sign as text, for each run in turn.

The colours differ by at least 24 (CIE 1976) for people with red-green blindness too, and have a
contrast of 2.9 : 1 or more on both grounds; signs and letters go with them.
"""

MAX_LINES = len(SIGNS)
"""More curves than these can't be told apart."""

LOSS_TOP = 2.5
"""As on Train: a network that guesses has loss ln 10 = 2.30."""

LOSS_MOST = 4.0
"""A run that diverges must not press the others flat; it leaves the picture."""

_SIGNS_A_LINE = 12
_SHARE = f"%{{customdata[1]:.1f}}{SPACE}%"
_EXTRA = "<extra></extra>"  # no second box on hover
_LETTER_GAP = 0.09  # of the axis: a letter's height
_CLOSE = 0.06  # of the axis: a letter's width
_BESIDE = 0.14  # of a digit's place: a sign must not hide the other


@dataclass(frozen=True)
class Line:
    """One run in the picture.

    Attributes:
        letter: stands at the end of its curve.
        title: what the run is called.
        history: its finished epochs.
        epochs: how far its curve goes, or will go.
    """

    letter: str
    title: str
    history: Sequence[EpochRecord]
    epochs: int


def overlaid(lines: Sequence[Line], name: str) -> go.Figure:
    """One quantity of up to `MAX_LINES` runs over the epochs; validation is dashed.

    Args:
        lines: the runs.
        name: "loss" or "accuracy", as Keras logs it.

    The axes are those of `training.curves`: loss from 0, accuracy 0 to 1.
    """
    epochs = max((line.epochs for line in lines), default=1)
    top = _top(lines, name)
    result = figure(title=chart_title(name), height=250)
    ends = []
    for line, (color, symbol, _) in zip(lines, SIGNS, strict=False):
        validation = say("{letter}, validation", letter=line.letter)
        for log, called, dash in (
            (name, line.letter, "solid"),
            (f"val_{name}", validation, "dash"),
        ):
            records = [record for record in line.history if log in record.logs]
            if not records:
                continue
            x = [record.epoch + 1 for record in records]
            y = [record.logs[log] for record in records]
            result.add_trace(_curve(called, line.title, x, y, color, dash, symbol))
            finite = [point for point in zip(x, y, strict=True) if math.isfinite(point[1])]
            if log == name and finite:
                over = " ↑" if finite[-1][1] > top else ""
                ends.append((*finite[-1], line.letter + over, color))
    finish_curves(result, ends, epochs, top)
    return result


def recall_pairs(first: Sequence[float], second: Sequence[float]) -> go.Figure:
    """The recall of each digit in two runs: a pair of signs for each, with a line between them.

    Args:
        first: recall of each digit, 0 to 1, of run A.
        second: the same of run B.
    """
    result = figure(title=say("Recall of each digit"), height=300)
    for digit, pair in enumerate(zip(first, second, strict=True)):
        result.add_trace(
            go.Scatter(
                x=[digit - _BESIDE, digit + _BESIDE],
                y=list(pair),
                mode="lines",
                line={"color": MUTED, "width": 2},
                hoverinfo="skip",
            )
        )
    pairs = zip("AB", (first, second), (-_BESIDE, _BESIDE), SIGNS, strict=False)
    for letter, values, beside, (color, symbol, _) in pairs:
        result.add_trace(
            go.Scatter(
                x=[digit + beside for digit in range(len(values))],
                y=list(values),
                customdata=[(digit, 100 * value) for digit, value in enumerate(values)],
                name=letter,
                mode="markers",
                marker={"symbol": symbol, "size": 11, "color": color},
                hovertemplate=say(
                    "digit {digit}<br>{letter} finds {share}",
                    digit="%{customdata[0]}",
                    letter=letter,
                    share=_SHARE,
                )
                + _EXTRA,
            )
        )
    last = len(first) - 1 + _BESIDE
    ends = [(last, first[-1], "A", SIGNS[0][0]), (last, second[-1], "B", SIGNS[1][0])]
    _add_letters(result, ends, len(first), 1.0)
    result.update_layout(margin={"r": 24})
    result.update_xaxes(title=say("true digit"), range=[-0.5, last + 0.6], dtick=1, zeroline=False)
    ticks = [0.2 * step for step in range(6)]
    return result.update_yaxes(range=[0, 1.03], tickvals=ticks, ticktext=[*map(per_cent, ticks)])


def finish_curves(
    result: go.Figure, ends: Sequence[tuple[float, float, str, str]], epochs: int, top: float
) -> None:
    """Letters at the ends of the curves, and the axes of all charts over epochs.

    Args:
        result: the figure with its curves.
        ends: epoch, height, letter and colour of each curve's end.
        epochs: how far the axis goes.
        top: of the other axis.
    """
    _add_letters(result, ends, epochs, top)
    step, beside = max(1, round(epochs / 5)), max(0.2, 0.03 * epochs)
    result.update_layout(margin={"r": 24})
    result.update_xaxes(
        title=say("epoch"),
        range=[1 - beside, epochs + beside],
        tickvals=list(range(step, epochs + 1, step)),
        zeroline=False,
    )
    result.update_yaxes(range=[0, 1.02 * top], nticks=8)


def _add_letters(
    result: go.Figure, ends: Sequence[tuple[float, float, str, str]], width: int, top: float
) -> None:
    for x_end, y_end, letter, color in _spread(ends, width, top):
        result.add_annotation(
            x=x_end,
            y=y_end,
            text=f"<b>{letter}</b>",
            font={"color": color, "size": 14},
            showarrow=False,
            xanchor="left",
            xshift=7,
        )


def _curve(
    name: str, title: str, x: list[int], y: list[float], color: str, dash: str, symbol: str
) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        name=name,
        mode="lines+markers",
        line={"color": color, "dash": dash, "width": 2.5},
        marker={
            "symbol": symbol if dash == "solid" else f"{symbol}-open",
            "size": 8,
            "maxdisplayed": _SIGNS_A_LINE,
        },
        hovertemplate=say(
            "{curve}: {title}<br>epoch {epoch}: {value}",
            curve=name,
            title=html.escape(title),
            epoch="%{x}",
            value="%{y:.4f}",
        )
        + _EXTRA,
    )


def _top(lines: Sequence[Line], name: str) -> float:
    if name != "loss":
        return 1.0
    return min(LOSS_MOST, max([LOSS_TOP, *filter(math.isfinite, _losses(lines))]))


def leaves_the_chart(lines: Sequence[Line]) -> bool:
    """Whether a loss of these lines is larger than the chart shows, or NaN."""
    return any(not loss <= LOSS_MOST for loss in _losses(lines))


def _losses(lines: Sequence[Line]) -> Iterator[float]:
    """By the training digits and by the validation digits."""
    for line in lines:
        for record in line.history:
            yield from (record.logs[log] for log in ("loss", "val_loss") if log in record.logs)


def _spread(
    ends: Sequence[tuple[float, float, str, str]], epochs: int, top: float
) -> list[tuple[float, float, str, str]]:
    """The ends of the curves, moved down or up where one letter would lie on another."""
    gap = _LETTER_GAP * top
    ends = [(x, min(y, top), letter, color) for x, y, letter, color in ends]
    for sign in (-1, 1):  # down from the highest, then up from the axis
        placed: list[tuple[float, float, str, str]] = []
        for x, y, letter, color in sorted(ends, key=lambda end: sign * end[1]):
            height = y if sign < 0 else max(y, gap / 2)
            for other_x, other_y, *_ in placed:
                if abs(other_x - x) <= _CLOSE * epochs and sign * (height - other_y) < gap:
                    height = other_y + sign * gap
            placed.append((x, height, letter, color))
        ends = placed
    return list(ends)
