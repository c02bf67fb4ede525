"""The steps of the preparation, seen: values scaled, a picture laid out as a row, a label."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.caching.memoized import memoized
from digitlab.figures.samples import ink_map
from digitlab.figures.style.theme import ACCENT, DEEP, figure
from digitlab.specs import CLASSES

_BINS = 16


@memoized
def histogram(pixels: NDArray[np.float32], top: int, title: str) -> go.Figure:
    """How often each value occurs among the pixels that hold ink.

    Args:
        pixels: of one picture, any shape.
        top: the largest value there can be, 255 or 1.
        title: says which pixels, before or after what.
    """
    counted, edges = np.histogram(pixels[pixels > 0], bins=_BINS, range=(0, top))
    width = top / _BINS
    bars = go.Bar(
        x=edges[:-1] + width / 2,
        y=counted,
        width=0.92 * width,
        marker={"color": ACCENT},
        customdata=np.column_stack((edges[:-1], edges[1:])),
        hovertemplate="pixels: %{y}, values from %{customdata[0]:.4~g} to %{customdata[1]:.4~g}"
        "<extra></extra>",
    )
    result = figure(bars, title=title, height=260)
    ticks = np.linspace(0, top, 6)
    result.update_xaxes(range=[0, 1.02 * top], tickvals=ticks, title="value of the pixel")
    return result.update_yaxes(rangemode="tozero", title="pixels")


@memoized
def laid_out(pixels: NDArray[np.float32], row: int, top: int = 1) -> go.Figure:
    """A picture (28, 28) as one row of 784, and below it the part that was `row`, enlarged.

    Args:
        pixels: as they are after step 2.
        row: of the picture, 0 to 27.
        top: the largest value there can be: 1, or 255 if they are not scaled.
    """
    width = pixels.shape[1]
    indices = np.arange(width * row, width * (row + 1))
    line = ink_map(pixels.reshape(1, -1), most=top)
    line.update(hovertemplate="place %{x}<br>value <b>%{z:.2f}</b><extra></extra>")
    part = go.Bar(
        x=indices,
        y=pixels[row],
        customdata=np.arange(width),
        marker={"color": ACCENT},
        xaxis="x2",
        yaxis="y2",
        hovertemplate="place %{x}, before: row " + str(row) + ", column %{customdata}<br>"
        "value <b>%{y:.2f}</b><extra></extra>",
    )
    result = figure(line, part, title=f"All {pixels.size} pixels in one row", height=290)
    low, high = indices[0] - 0.5, indices[-1] + 0.5
    frame = {"line": {"color": ACCENT, "width": 3}}
    result.add_shape(type="rect", x0=low, x1=high, y0=-0.5, y1=0.5, **frame)
    for end, corner in ((low, 0), (high, 1)):
        result.add_shape(
            type="line",
            xref="paper",
            yref="paper",
            x0=(end + 0.5) / pixels.size,
            x1=corner,
            y0=0.8,
            y1=0.52,
            line={"color": ACCENT, "width": 1, "dash": "dot"},
        )
    return result.update_layout(
        hovermode="x",  # a bar of height 0 can be asked for too
        xaxis={"range": [-0.5, pixels.size - 0.5], "visible": False},
        yaxis={"domain": [0.8, 1], "visible": False},
        xaxis2={
            "anchor": "y2",
            "range": [low, high],
            "tickvals": indices[::9],
            "title": f"places {indices[0]} to {indices[-1]}: row {row} of the picture",
            "fixedrange": True,
        },
        yaxis2={"domain": [0, 0.5], "range": [0, top], "dtick": top / 2, "fixedrange": True},
    )


@memoized
def one_hot(vector: NDArray[np.float32]) -> go.Figure:
    """A one-hot label: the one of ten numbers that is 1 is filled."""
    label = int(vector.argmax())
    cells = go.Heatmap(
        z=[vector],
        text=[[f"{value:g}" for value in vector]],
        texttemplate="<b>%{text}</b>",
        textfont={"size": 18},
        colorscale=[[0, "#eceef6"], [1, DEEP]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=3,
        hovertemplate="place %{x} holds %{z}<extra></extra>",
    )
    result = figure(cells, title=f"After: ten numbers, a 1 at place {label}", height=150)
    result.update_xaxes(tickvals=list(range(CLASSES)), ticks="", title="digit", showgrid=False)
    return result.update_yaxes(visible=False)
