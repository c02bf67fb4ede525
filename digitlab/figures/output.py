"""From ten logits to ten shares, step by step: softmax, or sigmoids divided by their sum."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import AMOUNT_SCALE, figure
from digitlab.wording.numerals import decimal, per_cent, with_minus
from digitlab.wording.say import say

Ten = NDArray[np.float64]


def softmax_cells(sums: Ten, powers: Ten, shares: Ten) -> go.Figure:
    """Softmax step by step: ten digits down, three steps across; each cell tells its sum."""
    largest = _signed(sums.max())
    told = [
        say(
            "e to the power of ({sum} − {largest}) = {power}",
            sum=_signed(z),
            largest=largest,
            power=decimal(power, 5),
        )
        for z, power in zip(sums, powers, strict=True)
    ]
    return _cells(sums, powers, shares, say("2. power"), told)


def sigmoid_cells(sums: Ten, bent: Ten, shares: Ten) -> go.Figure:
    """Ten sigmoids and their shares: ten digits down, three steps across; a cell tells its sum."""
    told = [
        f"sigmoid({_signed(z)}) = {decimal(value, 5)}" for z, value in zip(sums, bent, strict=True)
    ]
    return _cells(sums, bent, shares, say("2. sigmoid"), told)


def _signed(value: float) -> str:
    """A sum as it stands in a calculation."""
    return with_minus(decimal(value, 3))


def _cells(sums: Ten, middle: Ten, shares: Ten, name: str, middle_told: list[str]) -> go.Figure:
    total = middle.sum()
    text = [
        [with_minus(decimal(z, 2)), decimal(middle_value, 4), per_cent(share, 1)]
        for z, middle_value, share in zip(sums, middle, shares, strict=True)
    ]
    told = [
        [
            say("the sum of digit {digit}: {sum}", digit=digit, sum=_signed(z)),
            middle_words,
            f"{decimal(middle_value, 5)} / {decimal(total, 5)} = {decimal(share, 4)}",
        ]
        for digit, (z, middle_words, middle_value, share) in enumerate(
            zip(sums, middle_told, middle, shares, strict=True)
        )
    ]
    spread = np.ptp(sums) or 1
    parts = [(sums - sums.min()) / spread, middle, shares / shares.max()]
    return figure(
        go.Heatmap(
            z=np.stack(parts, axis=1),
            x=[say("1. sum"), name, say("3. share")],
            y=[str(digit) for digit in range(len(sums))],
            text=text,
            customdata=told,
            texttemplate="%{text}",
            hovertemplate="%{customdata}<extra></extra>",
            colorscale=AMOUNT_SCALE,
            showscale=False,
            xgap=3,
            ygap=1,
        ),
        title=say("From ten sums to ten shares"),
        height=350,
        xaxis={"side": "top", "showgrid": False},
        yaxis={
            "title": say("digit"),
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
        },
        margin={"l": 8, "r": 8, "t": 90, "b": 8},  # the axis is between title and cells
    )
