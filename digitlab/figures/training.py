"""Pictures of a training: its curves, and where a result lies among others."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from digitlab.figures.style import ACCENT, CAMERA, MISTAKE, MUTED, figure
from digitlab.remembered import remembered
from digitlab.training.records import EpochRecord

ARTICLE_BAND = (0.677, 0.788)
"""Test accuracy of 26 runs of the article's recipe, lowest and highest."""

ARTICLE_PRINTED = 0.9018
"""What the article prints for it."""

_LOSS_TOP = 2.5
"""A network that guesses has loss ln 10 = 2.30; the axis shows where it started."""


@remembered
def curves(history: Sequence[EpochRecord], epochs: int, metric: str = "accuracy") -> go.Figure:
    """Loss and metric over the epochs, training and validation.

    The axes are fixed from the start (epochs as asked for; loss from 0; metric 0 to 1), so
    that nothing moves while the curves grow.
    """
    result = make_subplots(
        rows=1, cols=2, subplot_titles=["Loss", metric_label(metric)], horizontal_spacing=0.16
    )
    for column, name in enumerate(("loss", metric), start=1):
        _add_curve(result, history, name, "training", ACCENT, "solid", column)
        _add_curve(result, history, f"val_{name}", "validation", MISTAKE, "dash", column)
    losses = [record.logs.get(name, 0) for record in history for name in ("loss", "val_loss")]
    top = max([_LOSS_TOP, *filter(math.isfinite, losses)])
    result.update_layout(
        height=250,
        margin={"l": 8, "r": 84, "t": 36, "b": 8},
        showlegend=False,
        dragmode=False,
        modebar=CAMERA,
    )
    ticks = max(1, round(epochs / 5))
    result.update_xaxes(title="epoch", range=[0.8, epochs + 0.2], dtick=ticks, fixedrange=True)
    result.update_yaxes(fixedrange=True, automargin=True)
    result.update_yaxes(range=[0, 1.02 * top], col=1)
    result.update_yaxes(range=[0, 1.02], col=2)
    return result


def metric_label(metric: str) -> str:
    """How a metric is called on the pages."""
    names = {"accuracy": "Accuracy", "top_k_categorical_accuracy": "Right among five guesses"}
    return names[metric]


def _add_curve(
    result: go.Figure,
    history: Sequence[EpochRecord],
    name: str,
    label: str,
    color: str,
    dash: str,
    column: int,
) -> None:
    """One curve. Without points it is empty, and the axes stand.

    Only the right-hand chart has labels at the curves' ends: the colours are the same in both.
    """
    records = [record for record in history if name in record.logs]
    text = [""] * (len(records) - 1) + [f" {label}" if column == 2 else ""]
    result.add_trace(
        go.Scatter(
            x=[record.epoch + 1 for record in records],
            y=[record.logs[name] for record in records],
            name=label,
            mode="lines+markers+text",
            text=text,
            textposition="middle right" if label == "training" else "top right",
            textfont={"color": color},
            cliponaxis=False,
            line={"color": color, "dash": dash, "width": 2.5},
            marker={"size": 7},
            hovertemplate=f"epoch %{{x}}<br>{label} {name.removeprefix('val_')} %{{y:.4f}}<extra></extra>",
        ),
        row=1,
        col=column,
    )


@remembered
def article_band(accuracy: float) -> go.Figure:
    """The learner's test accuracy on a line with the runs of others and the printed figure."""
    low, high = ARTICLE_BAND
    result = figure(title="Test accuracy with the article's recipe", height=180)
    result.add_shape(
        type="rect", x0=low, x1=high, y0=0.4, y1=0.6, fillcolor=MUTED, opacity=0.35, line_width=0
    )
    for x, y, text, color in (
        (accuracy, 0.85, f"yours {accuracy:.4f}", ACCENT),
        ((low + high) / 2, 0.15, "26 other runs", MUTED),
        (ARTICLE_PRINTED, 0.15, f"printed {ARTICLE_PRINTED}", MUTED),
    ):
        result.add_annotation(x=x, y=y, text=text, showarrow=False, font={"color": color})
    result.add_trace(
        go.Scatter(
            x=[accuracy, ARTICLE_PRINTED],
            y=[0.5, 0.5],
            mode="markers",
            marker={"size": 14, "color": [ACCENT, MUTED], "symbol": ["diamond", "circle"]},
            hoverinfo="skip",
        )
    )
    result.update_xaxes(range=[min(0.6, accuracy - 0.02), 1], dtick=0.1)
    result.update_yaxes(range=[0, 1], visible=False)
    return result
