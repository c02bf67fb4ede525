"""From ten logits to ten shares, step by step: softmax, or sigmoids divided by their sum."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import AMOUNT_SCALE, figure
from digitlab.wording.numerals import per_cent, with_minus

Ten = NDArray[np.float64]


def softmax_cells(sums: Ten, powers: Ten, shares: Ten) -> go.Figure:
    """Softmax step by step: ten digits down, three steps across; each cell tells its sum."""
    largest = sums.max()
    told = [f"e to the power of ({z:.3f} − {largest:.3f}) = " for z in sums]
    return _cells(sums, powers, shares, "2. power", told)


def sigmoid_cells(sums: Ten, bent: Ten, shares: Ten) -> go.Figure:
    """Ten sigmoids and their shares: ten digits down, three steps across; a cell tells its sum."""
    told = [f"sigmoid({z:.3f}) = " for z in sums]
    return _cells(sums, bent, shares, "2. sigmoid", told)


def _cells(sums: Ten, middle: Ten, shares: Ten, name: str, told_before: list[str]) -> go.Figure:
    total = middle.sum()
    text = [
        [with_minus(f"{z:.2f}"), f"{middle_value:.4f}", per_cent(share, 1)]
        for z, middle_value, share in zip(sums, middle, shares, strict=True)
    ]
    told = [
        [
            f"the sum of unit {digit}: {z:.3f}",
            f"{before}{middle_value:.5f}",
            f"{middle_value:.5f} / {total:.5f} = {share:.4f}",
        ]
        for digit, (z, before, middle_value, share) in enumerate(
            zip(sums, told_before, middle, shares, strict=True)
        )
    ]
    spread = np.ptp(sums) or 1
    parts = [(sums - sums.min()) / spread, middle, shares / shares.max()]
    return figure(
        go.Heatmap(
            z=np.stack(parts, axis=1),
            x=["1. sum", name, "3. share"],
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
        title="From ten sums to ten shares",
        height=350,
        xaxis={"side": "top", "showgrid": False},
        yaxis={"title": "digit", "type": "category", "autorange": "reversed", "showgrid": False},
        margin={"l": 8, "r": 8, "t": 70, "b": 8},
    )
