"""A training replayed: its curves with an epoch marked, and the probability history of a digit."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED, figure
from digitlab.figures.training import two_charts
from digitlab.records.training import EpochRecord
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.say import say

_HEIGHT, _FRAME = 330, 96  # pixels; of the figure, and of what is not the axes
_LABEL_PIXELS = 13  # between two labels, so that they can be read
_LOWEST = -0.12  # of a label: beside the axis there is room below 0
_PUSHES = 50
_TOP = 1.05


@memoized_words
def curves_at(
    history: Sequence[EpochRecord],
    epochs: int,
    metric: str,
    epoch: int,
    test_accuracy: Mapping[int, float],
) -> go.Figure:
    """The curves of a training, with a line at one epoch.

    Args:
        history: the finished epochs.
        epochs: as many as were asked for.
        metric: Keras's name of the metric.
        epoch: how many epochs are finished at the line, 0 before the first.
        test_accuracy: by epoch, as far as it is known; drawn beside the accuracy.
    """
    known = sorted(test_accuracy) if metric == "accuracy" else []
    diamonds = go.Scatter(
        x=known,
        y=[test_accuracy[done] for done in known],
        xaxis="x2",
        yaxis="y2",
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 10, "color": MUTED, "line_width": 2},
        text=[f" {say('test')}", *[""] * (len(known) - 1)],
        textposition="top right",
        textfont={"color": MUTED},
        cliponaxis=False,
        hovertemplate=say("epoch {epoch}<br>test accuracy {value}", epoch="%{x}", value="%{y:.4f}")
        + "<extra></extra>",
    )
    return two_charts(
        history,
        epochs,
        metric,
        first=-0.2,
        more=[diamonds] if known else [],
        shapes=[_line_at(epoch, "x", "y"), _line_at(epoch, "x2", "y2")],
    )


@memoized_words
def probability_history(
    epochs: Sequence[int], probabilities: NDArray[np.float32], label: int, epoch: int
) -> go.Figure:
    """Ten lines: how probable each digit was for one picture, epoch by epoch.

    Args:
        epochs: how many were finished at each checkpoint, ascending.
        probabilities: shape (checkpoints, 10).
        label: the true digit, whose line stands out; so does the last answer, if it is wrong.
        epoch: where the line across stands, one of `epochs`.
    """
    answer, last = int(probabilities[-1].argmax()), epochs[-1]
    heights = _spread(probabilities[-1])
    lines, labels = [], []
    # Those that stand out are drawn last: above the others.
    for digit in sorted(range(len(heights)), key=lambda digit: digit in (label, answer)):
        color = ACCENT if digit == label else MISTAKE if digit == answer else MUTED
        lines.append(_line(epochs, probabilities[:, digit], digit, color))
        text = f"{digit} ✓" if digit == label else str(digit)
        labels.append(_label(last, float(probabilities[-1, digit]), heights[digit], text, color))
    # All at once: each one that is added later costs Plotly another 5 ms.
    return figure(
        *lines,
        title=say("How probable was each digit? The true digit is {label}", label=label),
        height=_HEIGHT,
        margin={"l": 8, "r": 56, "t": 44, "b": 8},
        xaxis={
            "title": say("epoch"),
            "range": [epochs[0] - 0.1, last + 0.1],
            "dtick": -(-last // 10),
        },
        yaxis={"range": [0, _TOP], "tickvals": [0, 0.5, 1], "title": say("probability")},
        annotations=labels,
        shapes=[_line_at(epoch, "x", "y")],
    )


def _line_at(epoch: int, x_axis: str, y_axis: str) -> dict[str, Any]:
    """A dotted line across a chart."""
    return {
        "type": "line",
        "xref": x_axis,
        "x0": epoch,
        "x1": epoch,
        "yref": f"{y_axis} domain",
        "y0": 0,
        "y1": 1,
        "line": {"color": MUTED, "width": 2, "dash": "dot"},
    }


def _label(x: int, y: float, height: float, text: str, color: str) -> dict[str, Any]:
    """A line's name at its end, moved up or down to its place."""
    return {
        "x": x,
        "y": y,
        "ax": 26,
        "xanchor": "left",
        "ay": -_pixels(height - y),
        "text": text,
        "font": {"color": color, "size": 11 if color == MUTED else 14},
        "arrowcolor": color,
        "arrowhead": 0,
        "arrowwidth": 1,
    }


def _line(epochs: Sequence[int], shares: NDArray[np.float32], digit: int, color: str) -> go.Scatter:
    return go.Scatter(
        x=epochs,
        y=shares,
        mode="lines" if color == MUTED else "lines+markers",
        line={
            "color": color,
            "width": 1.2 if color == MUTED else 3,
            "dash": "dash" if color == MISTAKE else "solid",
        },
        hovertemplate=f"{say('epoch {epoch}', epoch='%{x}')}<br>{digit}: %{{y:.3f}}<extra></extra>",
    )


def _pixels(share: float) -> float:
    return float(share) * (_HEIGHT - _FRAME) / _TOP


def _spread(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Heights for the labels of these values, in their order and apart, as near as that goes.

    Labels that are too near push each other away, again and again until they have room.
    """
    gap = _LABEL_PIXELS / _pixels(1)
    order = np.argsort(values, kind="stable")
    heights = values.astype(float)
    for _ in range(_PUSHES):
        for lower, upper in pairwise(order):
            push = max(0.0, gap - (heights[upper] - heights[lower])) / 2
            heights[lower] -= push
            heights[upper] += push
        heights = heights.clip(_LOWEST, 1)
    for lower, upper in pairwise(order):
        heights[upper] = max(heights[upper], heights[lower] + gap)
    return heights
