"""The steps of the preparation, seen: values scaled, a picture laid out as a row, a label."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.samples import ink_map
from digitlab.figures.style.theme import ACCENT, DEEP, figure
from digitlab.specs import CLASSES
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.say import say

_BINS = 16


@memoized_words
def histogram(pixels: NDArray[np.float32], top: int, title: str) -> go.Figure:
    """How often each value occurs among the pixels that hold ink.

    Args:
        pixels: of one picture, any shape.
        top: the largest value there can be, 255 or 1.
        title: says which pixels, before or after what.
    """
    counted, edges = np.histogram(pixels[pixels > 0], bins=_BINS, range=(0, top))
    width = top / _BINS
    counts = say(
        "Pixels with values from {low} to {high}: {count}",
        low="%{customdata[0]:.4~g}",
        high="%{customdata[1]:.4~g}",
        count="<b>%{y}</b>",
    )
    bars = go.Bar(
        x=edges[:-1] + width / 2,
        y=counted,
        width=0.92 * width,
        marker={"color": ACCENT},
        customdata=np.column_stack((edges[:-1], edges[1:])),
        hovertemplate=f"{counts}<extra></extra>",
    )
    result = figure(bars, title=title, height=260)
    ticks = np.linspace(0, top, 6)
    result.update_xaxes(range=[0, 1.02 * top], tickvals=ticks, title=say("value of the pixel"))
    return result.update_yaxes(rangemode="tozero", title=say("number of pixels"))


@memoized_words
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
    place = say("place {place}", place="%{x}")
    value = say("value {value}", value="<b>%{z:.2f}</b>")
    line.update(hovertemplate=f"{place}<br>{value}<extra></extra>")
    before = say("before: row {row}, column {column}", row=row, column="%{customdata}")
    height = say("value {value}", value="<b>%{y:.2f}</b>")
    part = go.Bar(
        x=indices,
        y=pixels[row],
        customdata=np.arange(width),
        marker={"color": ACCENT},
        xaxis="x2",
        yaxis="y2",
        hovertemplate=f"{place}<br>{before}<br>{height}<extra></extra>",
    )
    title = say("After: all {count} pixels in one row", count=pixels.size)
    result = figure(line, part, title=title, height=290)
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
            "title": say(
                "places {first} to {last}: row {row}",
                first=indices[0],
                last=indices[-1],
                row=row,
            ),
            "fixedrange": True,
        },
        yaxis2={"domain": [0, 0.5], "range": [0, top], "dtick": top / 2, "fixedrange": True},
    )


@memoized_words
def one_hot(vector: NDArray[np.float32]) -> go.Figure:
    """A one-hot label: the one of ten numbers that is 1 is filled."""
    label = int(vector.argmax())
    place = say("The number at place {place} is {value}.", place="%{x}", value="<b>%{z}</b>")
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
        hovertemplate=f"{place}<extra></extra>",
    )
    title = say("After: ten numbers. The 1 is at place {label}.", label=label)
    result = figure(cells, title=title, height=150)
    result.update_xaxes(tickvals=list(range(CLASSES)), ticks="", title=say("digit"), showgrid=False)
    return result.update_yaxes(visible=False)
