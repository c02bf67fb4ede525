"""The first batch of a training as pictures: one weight's gradients, and each optimizer's steps."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED, figure
from digitlab.wording.say import Message, say, say_message, to_say

Array = NDArray[np.float32]

_EXTRA = "<extra></extra>"  # no second box on hover
_NAME_WIDTH = 10  # characters in a line of an optimizer's name: a phone has no room for more

_TRACES: Final[dict[tuple[int, int], Message]] = {
    (0, 0): to_say("larger gradient, step 1"),
    (0, 1): to_say("larger gradient, step 2"),
    (1, 0): to_say("smaller gradient, step 1"),
    (1, 1): to_say("smaller gradient, step 2"),
}
"""By weight and step."""


def gradients_of_digits(gradients: Array, mean: float) -> go.Figure:
    """One weight's gradient for each digit of a batch, and the mean."""
    colors = [ACCENT if value > 0 else MISTAKE for value in gradients]
    result = figure(
        go.Bar(
            x=np.arange(1, len(gradients) + 1),
            y=gradients,
            marker={"color": colors, "line": {"width": 0}},
            hovertemplate=say(
                "digit {number} of the batch<br>gradient {gradient}",
                number="%{x}",
                gradient="<b>%{y:.5f}</b>",
            )
            + _EXTRA,
        ),
        title=say("Gradients. Dashed line: their mean."),
        height=270,
        xaxis={"title": say("digit of the batch"), "showgrid": False},
        yaxis={"title": say("gradient"), "zeroline": True},
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
    traces: list[Any] = []
    for weight in range(weights):
        for step in range(2):
            traces.append(
                go.Bar(
                    y=["<br>".join(wrap(name, _NAME_WIDTH)) for name in names],
                    x=[abs(float(change[step, weight])) for change in changes],
                    orientation="h",
                    name=say_message(_TRACES[weight, step]),
                    marker={
                        "color": (ACCENT, MISTAKE)[weight],
                        "pattern": {"shape": "" if step == 0 else "/"},
                    },
                    hovertemplate=say(
                        "{optimizer}: {step}<br>The weight moves by {length}.",
                        optimizer="%{y}",
                        step="%{fullData.name}",
                        length="<b>%{x:.3g}</b>",
                    )
                    + _EXTRA,
                )
            )
    return figure(
        *traces,
        title=say("How far two weights move"),
        height=400,
        barmode="group",
        showlegend=True,
        legend={"orientation": "h", "y": -0.36, "traceorder": "normal"},
        xaxis={
            "title": say("length of the step"),
            "rangemode": "tozero",
            "nticks": 4,
            "tickangle": 0,
        },
        yaxis={"type": "category", "showgrid": False, "autorange": "reversed"},
    )
