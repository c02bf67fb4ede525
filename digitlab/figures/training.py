"""Pictures of a training: its curves, and where a result lies among others."""

import math
from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from digitlab.figures.style.theme import ACCENT, CAMERA, MISTAKE, MUTED, figure
from digitlab.records.score import DigitSet
from digitlab.records.training import EpochRecord
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import decimal
from digitlab.wording.results.exam import set_name
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import setting_name

HALVES = ((0.0, 0.42), (0.58, 1.0))  # of the width: the loss's chart, and the metric's

_LOSS_TOP = 2.5
"""A network that guesses has loss ln 10 = 2.30; the axis shows where it started."""


@memoized_words
def curves(history: Sequence[EpochRecord], epochs: int, metric: str = "accuracy") -> go.Figure:
    """Loss and metric over the epochs, training and validation.

    The axes are fixed from the start (epochs as asked for; loss from 0; metric 0 to 1), so
    that nothing moves while the curves grow.
    """
    return two_charts(history, epochs, metric)


def loss_top(history: Sequence[EpochRecord]) -> float:
    """Where the loss's axis ends, for training and validation."""
    losses = [record.logs.get(name, 0) for record in history for name in ("loss", "val_loss")]
    return max([_LOSS_TOP, *filter(math.isfinite, losses)])


def chart_title(log: str) -> str:
    """What stands above a chart of the loss or of a metric, by Keras's name of it."""
    return say("Loss") if log == "loss" else setting_name(log)


def two_charts(
    history: Sequence[EpochRecord],
    epochs: int,
    metric: str,
    first: float = 0.8,
    more: Sequence[go.Scatter] = (),
    shapes: Sequence[dict[str, Any]] = (),
) -> go.Figure:
    """What `curves` shows, and what is drawn into it.

    Args:
        history: the finished epochs.
        epochs: how far the axes go.
        metric: Keras's name of the metric.
        first: where the axes begin.
        more: traces, on the axes `x2` and `y2` for the metric's chart.
        shapes: as in Plotly's layout.
    """
    top = loss_top(history)
    layout: dict[str, Any] = {
        "height": 258,
        "margin": {"l": 8, "r": 84, "t": 44, "b": 8},  # above: the camera, and no words below it
        "showlegend": False,
        "dragmode": False,
        "modebar": CAMERA,
        "annotations": [],
        "shapes": [*shapes],
    }
    traces = []
    halves = zip(("", "2"), HALVES, ("loss", metric), (top, 1), strict=True)
    for axis, (left, right), name, most in halves:
        title = chart_title(name)
        traces += [
            _curve(history, name, DigitSet.TRAINING, ACCENT, "solid", axis),
            _curve(history, f"val_{name}", DigitSet.VALIDATION, MISTAKE, "dash", axis),
        ]
        layout["annotations"].append(
            {
                "text": title,
                "font": {"size": 16},
                "showarrow": False,
                "x": (left + right) / 2,
                "xref": "paper",
                "xanchor": "center",
                "y": 1.0,
                "yref": "paper",
                "yanchor": "bottom",
            }
        )
        layout[f"xaxis{axis}"] = {
            "anchor": f"y{axis}",
            "domain": [left, right],
            "title": {"text": say("epoch")},
            "range": [first, epochs + 0.2],
            "dtick": max(1, round(epochs / 5)),
            "fixedrange": True,
        }
        layout[f"yaxis{axis}"] = {
            "anchor": f"x{axis}",
            "domain": [0.0, 1.0],
            "range": [0, 1.02 * most],
            "fixedrange": True,
            "automargin": True,
        }
    # In one piece: Plotly's own subplots, filled one by one, took six times as long.
    return go.Figure([*traces, *more], layout)


_HOVERED: Final[dict[DigitSet, Message]] = {
    DigitSet.TRAINING: to_say("epoch {epoch}<br>training: {value}"),
    DigitSet.VALIDATION: to_say("epoch {epoch}<br>validation: {value}"),
}


def _curve(
    history: Sequence[EpochRecord], name: str, digits: DigitSet, color: str, dash: str, axis: str
) -> go.Scatter:
    """One curve. Without points it is empty, and the axes stand.

    Only the right-hand chart has labels at the curves' ends: the colours are the same in both.
    """
    records = [record for record in history if name in record.logs]
    label = set_name(digits)
    hovered = say_message(_HOVERED[digits], epoch="%{x}", value="%{y:.4f}")
    return go.Scatter(
        x=[record.epoch + 1 for record in records],
        y=[record.logs[name] for record in records],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        name=label,
        mode="lines+markers+text",
        text=[""] * (len(records) - 1) + [f" {label}" if axis else ""],
        textposition=f"{_beside(history, name)} right",
        textfont={"color": color},
        cliponaxis=False,
        line={"color": color, "dash": dash, "width": 2.5},
        marker={"size": 7},
        hovertemplate=f"{hovered}<extra></extra>",
    )


def _beside(history: Sequence[EpochRecord], name: str) -> str:
    """Where a label stands at its curve's end: two of them must not lie on each other."""
    last = history[-1].logs if history else {}
    other = name.removeprefix("val_") if name.startswith("val_") else f"val_{name}"
    if name not in last or other not in last:
        return "middle"
    above = (last[name], name) > (last[other], other)  # of equals the validation's
    return "top" if above else "bottom"


@memoized_words
def article_band(
    accuracy: float, band: tuple[float, ...], digits: DigitSet, runs: int, printed: float
) -> go.Figure:
    """The learner's accuracy on a line with the band of other runs.

    Args:
        accuracy: the learner's.
        band: of the other runs, the lowest, the 5, 25, 50, 75 and 95 % quantiles, the highest.
        digits: that the accuracies are of; with the test digits' stands the printed one.
        runs: how many others there are.
        printed: the article's test accuracy.
    """
    tested = digits is DigitSet.TEST
    lowest, low, lower, median, upper, high, highest = band
    title = (
        say("Test accuracy with the article's recipe")
        if tested
        else say("Training accuracy with the article's recipe")
    )
    result = figure(title=title, height=190)
    for left, right, opacity in ((low, high, 0.3), (lower, upper, 0.45)):
        result.add_shape(
            type="rect",
            x0=left,
            x1=right,
            y0=0.4,
            y1=0.6,
            fillcolor=MUTED,
            opacity=opacity,
            line_width=0,
        )
    for left, right, bottom, top in ((lowest, highest, 0.5, 0.5), (median, median, 0.4, 0.6)):
        line = {"color": MUTED, "width": 2}
        result.add_shape(type="line", x0=left, x1=right, y0=bottom, y1=top, line=line)
    notes = [
        (accuracy, 0.85, say("yours: {value}", value=decimal(accuracy, 4)), ACCENT),
        (median, 0.15, say("{count} runs of this lab", count=runs), MUTED),
        (printed, 0.15, say("in the article: {value}", value=decimal(printed, 4)), MUTED),
    ]
    for x, y, text, color in notes if tested else notes[:2]:
        result.add_annotation(x=x, y=y, text=text, showarrow=False, font={"color": color})
    points = [accuracy, printed] if tested else [accuracy]
    result.add_trace(
        go.Scatter(
            x=points,
            y=[0.5] * len(points),
            mode="markers",
            marker={"size": 14, "color": [ACCENT, MUTED], "symbol": ["diamond", "circle"]},
            hoverinfo="skip",
        )
    )
    result.update_xaxes(range=[min(0.6, accuracy - 0.05), 1], dtick=0.1)
    result.update_yaxes(range=[0, 1], visible=False)
    return result
