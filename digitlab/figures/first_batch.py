"""The first batch of a training as pictures: one weight's gradients, and each optimizer's steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED, figure

Array = NDArray[np.float32]


def gradients_of_digits(gradients: Array, mean: float) -> go.Figure:
    """One weight's gradient for each digit of a batch, and the mean."""
    colors = [ACCENT if value < 0 else MISTAKE for value in gradients]
    result = figure(
        go.Bar(
            x=np.arange(1, len(gradients) + 1),
            y=gradients,
            marker={"color": colors, "line": {"width": 0}},
            hovertemplate="digit %{x} of the batch<br>gradient <b>%{y:.5f}</b><extra></extra>",
        ),
        title="The gradient for each digit; the dashed line is the mean",
        height=270,
        xaxis={"title": "digit of the batch", "showgrid": False},
        yaxis={"title": "gradient", "zeroline": True},
    )
    return result.add_hline(
        y=mean,
        line={"color": MUTED, "width": 3, "dash": "dash"},
    )


def optimizer_steps(names: Sequence[str], changes: Sequence[Array], weights: int) -> go.Figure:
    """How far each optimizer moves some weights in its first and its second step.

    Args:
        names: of the optimizers.
        changes: of each, (2, weights).
        weights: how many are drawn: the first is the one with the larger gradient.
    """
    kinds = ("larger gradient", "smaller gradient")[:weights]
    traces: list[Any] = []
    for weight, kind in enumerate(kinds):
        for step in range(2):
            traces.append(
                go.Bar(
                    y=[name.replace("with ", "with<br>") for name in names],
                    x=[abs(float(change[step, weight])) for change in changes],
                    orientation="h",
                    name=f"{kind}, step {step + 1}",
                    marker={
                        "color": (ACCENT, MISTAKE)[weight],
                        "pattern": {"shape": "" if step == 0 else "/"},
                    },
                    hovertemplate="%{y}, %{fullData.name}<br>"
                    "the weight moves by <b>%{x:.3g}</b><extra></extra>",
                )
            )
    return figure(
        *traces,
        title="How far two weights move",
        height=400,
        barmode="group",
        showlegend=True,
        legend={"orientation": "h", "y": -0.36, "traceorder": "normal"},
        xaxis={"title": "length of the step", "rangemode": "tozero", "nticks": 4, "tickangle": 0},
        yaxis={"type": "category", "showgrid": False, "autorange": "reversed"},
    )
