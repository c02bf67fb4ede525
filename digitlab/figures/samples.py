"""One digit seen closely: its numbers, what an index cuts out of it, the pile it comes from."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, INK_SCALE, figure, title_lines
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.say import say

_CLEAR = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]
_MIDDLE = 137  # from this ink on, white is read better than black


@memoized_words
def numbers(pixels: NDArray[np.uint8], title: str, height: int = 540) -> go.Figure:
    """A picture (28, 28) as the numbers it is made of, each written on its own pixel."""
    between = 6 if len(title_lines(title)) > 1 else 0  # pixels, from the title to the word "row"
    result = figure(
        ink_map(pixels),
        _written(pixels, pixels == 0, "#6b7080"),
        _written(pixels, (pixels > 0) & (pixels < _MIDDLE), "#000000"),
        _written(pixels, pixels >= _MIDDLE, "#ffffff"),
        title=title,
        height=height + between,
        margin={"l": 0, "r": 0, "t": 44 + between, "b": 0},  # on a phone each dot counts
    )
    ticks = {"dtick": 1, "tickfont": {"size": 9}, "tickangle": 0, "ticks": "", "showgrid": False}
    below = {"text": say("column"), "font": {"size": 12}, "standoff": 10}
    result.update_xaxes(title=below, **ticks)
    result.update_yaxes(autorange="reversed", **ticks)
    corner = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xshift": -20}
    return result.add_annotation(
        text=say("row"),
        font={"size": 12},
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        **corner,
    )


def _written(pixels: NDArray[np.uint8], where: NDArray[np.bool_], color: str) -> go.Heatmap:
    """A clear layer that writes some of the pixels' values."""
    # No size is given: Plotly takes the largest at which the text fits its cell, on a projector
    # as on a phone. Each text is padded to three characters, so that all get the same size.
    space = "\N{NO-BREAK SPACE}"
    texts = [[f"{value:{space}^3}" for value in row] for row in pixels]
    return go.Heatmap(
        z=np.zeros(pixels.shape, np.uint8),
        text=np.where(where, texts, ""),
        texttemplate="%{text}",
        textfont={"color": color},
        colorscale=_CLEAR,
        showscale=False,
        hoverinfo="skip",
    )


def ink_map(pixels: NDArray[np.uint8] | NDArray[np.float32], most: int = 255) -> go.Heatmap:
    """Pixels (h, w) as ink on paper, unsmoothed, with row, column and value on hover.

    Args:
        pixels: 0 is paper.
        most: the value that is full ink.
    """
    place = say("row {row}, column {column}", row="%{y}", column="%{x}")
    value = say("value {value}", value="<b>%{z}</b>")
    return go.Heatmap(
        z=pixels,
        zmin=0,
        zmax=most,
        colorscale=INK_SCALE,
        showscale=False,
        zsmooth=False,
        hovertemplate=f"{place}<br>{value}<extra></extra>",
    )


def cut(
    pixels: NDArray[np.uint8],
    title: str,
    row: int | None = None,
    column: int | None = None,
    height: int = 300,
) -> go.Figure:
    """A picture (28, 28) with what an index cuts out of it framed: a row, or one pixel of it.

    Args:
        pixels: the picture.
        title: says what is framed.
        row: the row; None frames the whole picture.
        column: the column in that row; None frames the whole row.
        height: of the figure, in pixels.
    """
    result = figure(ink_map(pixels), title=title, height=height)
    top, bottom = (0, pixels.shape[0] - 1) if row is None else (row, row)
    left, right = (0, pixels.shape[1] - 1) if column is None else (column, column)
    result.add_shape(
        type="rect",
        x0=left - 0.6,
        x1=right + 0.6,
        y0=top - 0.6,
        y1=bottom + 0.6,
        line={"color": ACCENT, "width": 4},
    )
    result.update_xaxes(visible=False, range=[-1.2, pixels.shape[1] + 0.2], constrain="domain")
    result.update_yaxes(
        visible=False, range=[pixels.shape[0] + 0.2, -1.2], scaleanchor="x", constrain="domain"
    )
    return result


def pile(pixels: NDArray[np.uint8], step: int = 28, zoom: int = 4) -> NDArray[np.uint8]:
    """Pictures (n, h, w) as a pile of sheets, the first one on top.

    Args:
        pixels: the pictures.
        step: by how much each sheet is shifted up and right of the one on it.
        zoom: each pixel becomes so many, so that the sheets' edges are thin beside them.
    """
    sheets = np.pad(
        np.kron(pixels, np.ones((1, zoom, zoom), np.uint8)),
        ((0, 0), (2, 2), (2, 2)),
        constant_values=110,  # a grey edge
    )
    count, height, width = sheets.shape
    shift = step * (count - 1)
    result = np.zeros((height + shift, width + shift), np.uint8)
    for index in reversed(range(count)):
        top, left = shift - step * index, step * index
        result[top : top + height, left : left + width] = sheets[index]
    return result
