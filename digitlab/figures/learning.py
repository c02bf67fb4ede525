"""One step of learning as pictures: errors, the chain of factors, loss over the rate."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.analysis.chain_rule import StepSize
from digitlab.figures.inside import signed_products
from digitlab.figures.style.theme import (
    ACCENT,
    MISTAKE,
    MUTED,
    WRITTEN_SIGN_SCALE,
    figure,
)
from digitlab.wording.numerals import per_cent, significant, with_minus
from digitlab.wording.say import Message, say, say_message, to_say

Array = NDArray[np.float32]

_SIZES: Final[dict[StepSize, tuple[Message, str, str]]] = {
    StepSize.TOO_SMALL: (to_say("too small"), MUTED, "circle-open"),
    StepSize.RIGHT: (to_say("right"), ACCENT, "circle"),
    StepSize.TOO_FAR: (to_say("too far"), MISTAKE, "x"),
    StepSize.NO_HELP: (to_say("no step helps"), MUTED, "circle-open"),
}
"""What a step is called, and its colour and sign."""
_LOWER = 18  # pixels: the word in the middle stands clear of the long words beside it
_TONE = 0.6  # of the sign's scale: a clear colour on which black is read

_DECADES = [0.001, 0.01, 0.1, 1, 10]
_EXTRA = "<extra></extra>"  # no second box on hover


class Factor(NamedTuple):
    """One number of a product.

    Attributes:
        name: what stands below it.
        value: the number; None while it is hidden.
        told: what is said of it on hover.
    """

    name: str
    value: float | None
    told: str


def answer_and_errors(probabilities: Array, errors: Array, label: int) -> go.Figure:
    """Ten probabilities, and below them the ten errors."""
    digits = [f"{digit} ✓" if digit == label else str(digit) for digit in range(len(errors))]
    most = 1.35 * max(_largest(errors), 1e-6)
    shown = {"x": digits, "cliponaxis": False, "textposition": "outside"}
    return figure(
        go.Bar(
            y=probabilities,
            text=[per_cent(value) for value in probabilities],
            marker_color=[ACCENT if digit == label else MUTED for digit in range(len(digits))],
            hovertemplate=say(
                "digit {digit}<br>probability {probability}",
                digit="%{x}",
                probability="<b>%{y:.4f}</b>",
            )
            + _EXTRA,
            **shown,
        ),
        go.Bar(
            y=errors,
            text=_written(errors),
            marker_color=[ACCENT if value > 0 else MISTAKE for value in errors],
            hovertemplate=say(
                "output {output}<br>error {error}", output="%{x}", error="<b>%{y:.5f}</b>"
            )
            + _EXTRA,
            yaxis="y2",
            **shown,
        ),
        title=say("Probabilities, and the errors below"),
        height=260,
        bargap=0.2,
        xaxis={"type": "category", "showgrid": False, "anchor": "y2"},
        yaxis={"domain": [0.55, 1], "range": [0, 1.25], "tickvals": [0, 0.5, 1]},
        yaxis2={"domain": [0, 0.47], "range": [-most, most], "fixedrange": True, "nticks": 4},
    )


def _largest(errors: Array) -> float:
    return float(np.nan_to_num(np.abs(errors)).max())


def _written(errors: Array) -> list[str]:
    """Short enough for a bar each: a number that is not 0 never reads so."""
    digits = 2 if _largest(errors) >= 0.1 else 3
    least = 0.5 * 10.0**-digits
    return [
        "≈ 0" if 0 < abs(value) < least else with_minus(f"{value:.{digits}f}") for value in errors
    ]


def factor_chain(factors: Sequence[Factor], title: str) -> go.Figure:
    """Factors in a row, with × between them and = before the last one.

    Args:
        factors: the factors, and last their product.
        title: says what is calculated.
    """
    names, values, told = zip(*factors, strict=True)
    signs = [0.0 if value is None else _TONE * np.sign(value) for value in values]
    result = figure(
        go.Heatmap(
            z=[signs],
            x=list(range(len(names))),
            y=[0],
            text=[["?" if value is None else significant(value) for value in values]],
            customdata=[told],
            texttemplate="%{text}",
            textfont={"size": 15},
            hovertemplate="%{customdata}<extra></extra>",
            zmin=-1,
            zmax=1,
            colorscale=WRITTEN_SIGN_SCALE,
            showscale=False,
            xgap=26,
        ),
        title=title,
        height=130,
        xaxis={
            "tickvals": list(range(len(names))),
            "ticktext": list(names),
            "showgrid": False,
            "tickangle": 0,
        },
        yaxis={"visible": False},
    )
    for place in range(len(names) - 1):
        result.add_annotation(
            x=place + 0.5,
            y=0,
            text="=" if place == len(names) - 2 else "×",
            showarrow=False,
            font={"size": 18},
        )
    return result


def errors_from_behind(weights: Array, errors: Array, title: str) -> go.Figure:
    """The weights to the next layer times the errors there, both (n,), as bars from 0."""
    return signed_products(
        weights,
        errors,
        say(
            "unit {unit} of the next layer<br>weight {weight} × error {error} = {product}",
            unit="%{x}",
            weight="%{customdata[0]:.4~g}",
            error="%{customdata[1]:.4~g}",
            product="<b>%{y:.4~g}</b>",
        )
        + _EXTRA,
        title=title,
        height=160,
        xaxis={"title": say("unit of the next layer"), "showgrid": False},
        yaxis={"title": say("weight × error"), "zeroline": True, "nticks": 4},
    )


def loss_over_rate(
    rates: Sequence[float],
    losses: Sequence[float],
    sizes: Sequence[StepSize],
    start: float,
    chosen: float,
) -> go.Figure:
    """The loss after a step with each learning rate; the rates lie on a logarithmic axis.

    Args:
        rates: in rising order.
        losses: after a step with each.
        sizes: what each step is called.
        start: the loss before the step.
        chosen: the rate that stands on the slider.
    """
    top = 2 * start or 1.0  # an axis needs a length
    heights = [min(loss, top) if np.isfinite(loss) else top for loss in losses]
    told = [_step_told(size, start, loss) for size, loss in zip(sizes, losses, strict=True)]
    result = figure(
        go.Scatter(
            x=list(rates),
            y=heights,
            mode="lines+markers",
            line={"color": MUTED, "width": 2},
            marker={
                "size": [17 if rate == chosen else 11 for rate in rates],
                "color": [_SIZES[size][1] for size in sizes],
                "symbol": [_SIZES[size][2] for size in sizes],
                "line": {"width": 1, "color": [_SIZES[size][1] for size in sizes]},
            },
            customdata=told,
            hovertemplate=say("rate {rate}: {step}", rate="%{x:g}", step="%{customdata}") + _EXTRA,
            cliponaxis=False,
        ),
        title=say("Loss after one step, by learning rate"),
        height=340,
        xaxis={
            "type": "log",
            "title": say("learning rate"),
            "tickvals": _DECADES,
            "ticktext": [significant(rate) for rate in _DECADES],
            "tickangle": 0,
            "showgrid": False,
        },
        yaxis={"title": say("loss"), "range": [0, 1.12 * top]},
    )
    result.add_hline(
        y=start,
        line={"color": MUTED, "dash": "dash"},
        annotation={"text": say("before the step"), "font": {"color": MUTED}, "yshift": -8},
        annotation_position="bottom left",
    )
    for size, (words, color, _) in _SIZES.items():
        decades = [
            np.log10(rate) for rate, other in zip(rates, sizes, strict=True) if other is size
        ]
        if decades:
            result.add_annotation(
                x=(decades[0] + decades[-1]) / 2,
                y=1,
                yref="paper",
                yshift=-_LOWER if size is StepSize.RIGHT else 0,
                text=f"<b>{say_message(words)}</b>",
                showarrow=False,
                font={"color": color, "size": 14},
            )
    return result


def _step_told(size: StepSize, start: float, loss: float) -> str:
    """What a step is called, and the loss before and after it."""
    before, after = f"{start:.4f}", f"<b>{loss:.4f}</b>"
    called = say_message(_SIZES[size][0])
    return say("{size}<br>loss {before} → {after}", size=called, before=before, after=after)
