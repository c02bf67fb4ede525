"""The numbers inside a network as pictures: products, windows, feature maps, attribution."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import (
    ACCENT,
    MISTAKE,
    MUTED,
    SIGN_SCALE,
    WRITTEN_SIGN_SCALE,
    figure,
)
from digitlab.wording.say import say

Array = NDArray[np.float32]

_HALF_INK = 128
_EXTRA = "<extra></extra>"  # no second box on hover
_PRODUCT = "%{customdata[0]:.5~g} × %{customdata[1]:.5~g}"
_WRITTEN = 16
"""Cells that have room for their numbers; more are told on hover."""


def product_map(inputs: Array, weights: Array, title: str, height: int = 370) -> go.Figure:
    """Numbers times weights, both (h, w), cell by cell: for and against."""
    return _square(
        figure(
            _signed(
                inputs * weights,
                customdata=np.dstack([inputs, weights]),
                hovertemplate=f"{_place()}<br>{_PRODUCT} = <b>%{{z:.3f}}</b>{_EXTRA}",
            ),
            title=title,
            height=height,
        )
    )


def product_bars(inputs: Array, weights: Array, title: str) -> go.Figure:
    """Numbers times weights, both (n,), as bars from 0: for and against."""
    return signed_products(
        inputs,
        weights,
        f"{say('number {index}', index='%{x}')}<br>{_PRODUCT} = <b>%{{y:.3f}}</b>{_EXTRA}",
        title=title,
        height=370,
        xaxis={"title": say("index of the number"), "showgrid": False},
        yaxis={"title": say("number × weight"), "zeroline": True},
    )


def signed_products(first: Array, second: Array, told: str, **layout: Any) -> go.Figure:
    """Products of two rows of numbers as bars from 0, in the colours of for and against.

    Args:
        first: the factors of one side, (n,).
        second: those of the other side, (n,).
        told: on hover; the two factors are `customdata[0]` and `customdata[1]`.
        layout: as for `figure`.
    """
    products = first * second
    return figure(
        go.Bar(
            x=np.arange(len(products)),
            y=products,
            marker={"color": [ACCENT if value >= 0 else MISTAKE for value in products]},
            marker_line_width=0,
            customdata=np.stack([first, second], axis=1),
            hovertemplate=told,
        ),
        **layout,
    )


def window_cells(window: Array, weights: Array, title: str) -> go.Figure:
    """A filter's window (h, w, channels) times its weights; the channels stand side by side."""
    height, width, channels = window.shape
    wide = (height, channels * (width + 1) - 1)
    z, told = np.full(wide, np.nan), np.full((*wide, 3), np.nan)
    for channel in range(channels):
        columns = slice(channel * (width + 1), channel * (width + 1) + width)
        z[:, columns] = window[..., channel] * weights[..., channel]
        told[:, columns] = np.dstack(
            [window[..., channel], weights[..., channel], np.full((height, width), channel)]
        )
    written = channels == 1 and height * width <= _WRITTEN
    text = [
        [
            f"{_short(pair[0])}<br>× {_short(pair[1])}<br>= {_short(value)}"
            for pair, value in zip(*row, strict=True)
        ]
        for row in zip(told, z, strict=True)
    ]
    return _square(
        figure(
            _signed(
                z,
                customdata=told,
                text=text if written else None,
                texttemplate="%{text}" if written else None,
                hovertemplate=f"{say('map {number}', number='%{customdata[2]}')}<br>"
                f"{_PRODUCT} = <b>%{{z:.3f}}</b>{_EXTRA}",
                xgap=1,
                ygap=1,
            ),
            title=title,
            height=260,
        ),
        ticks=False,
    )


def _place() -> str:
    """Where a cell is, on hover."""
    return say("row {row}, column {column}", row="%{y}", column="%{x}")


def _short(value: float) -> str:
    """With two decimals, or as many as show a number that is not 0."""
    return f"{value:.2f}" if not value or abs(value) >= 0.005 else f"{value:.1g}"


def feature_map(
    cells: Array,
    before: Array | None,
    title: str,
    cell: tuple[int, int] | None = None,
    is_sum: bool = True,
) -> go.Figure:
    """One feature map (h, w), with the numbers (h, w) before the activation on hover.

    Args:
        cells: what the next layer gets.
        before: what the activation gets; None if the layer has none.
        title: says which map it is.
        cell: row and column of the one that is framed.
        is_sum: whether the numbers before the activation are weighted sums.
    """
    after, early = "<b>%{z:.3f}</b>", "%{customdata:.3f}"
    if before is None:
        told = after
    elif is_sum:
        told = say("sum {sum}, after the activation {after}", sum=early, after=after)
    else:
        told = say("before the activation {before}, after it {after}", before=early, after=after)
    result = figure(
        _signed(
            cells,
            customdata=before,
            hovertemplate=f"{_place()}<br>{told}{_EXTRA}",
        ),
        title=title,
        height=320,
    )
    if cell is not None:
        frame(result, *cell, 1, 1)
    return _square(result)


def over_digit(
    values: Array,
    pixels: NDArray[np.uint8],
    title: str,
    hover: str,
    cell: float = 1,
    told: Any = None,
) -> go.Figure:
    """Numbers for and against, with the outline of the digit that they are about.

    Args:
        values: (n, n), spread evenly over the picture.
        pixels: the picture, (28, 28).
        title: says what is seen.
        hover: Plotly's template for a cell.
        cell: its width, in pixels of the picture.
        told: for each cell, what the template may use as `customdata`.
    """
    side = pixels.shape[0]
    centres = (side - 1) / 2 + cell * (np.arange(len(values)) - (len(values) - 1) / 2)
    outline = go.Contour(
        z=pixels,
        contours={"coloring": "lines", "start": _HALF_INK, "end": _HALF_INK, "size": 1},
        colorscale=[[0, MUTED], [1, MUTED]],
        line={"width": 2},
        showscale=False,
        hoverinfo="skip",
    )
    seen = _signed(values, x=centres, y=centres, customdata=told, hovertemplate=hover)
    result = _square(figure(seen, outline, title=title, height=340))
    result.update_xaxes(range=[-0.5, side - 0.5])
    result.update_yaxes(range=[side - 0.5, -0.5], autorange=False)
    return result


def frame(shown: go.Figure, row: int, column: int, height: int, width: int) -> None:
    """Put a frame around some cells of a picture."""
    shown.add_shape(
        type="rect",
        x0=column - 0.5,
        x1=column + width - 0.5,
        y0=row - 0.5,
        y1=row + height - 0.5,
        line={"color": MISTAKE, "width": 3},
    )


def _signed(values: Array, **settings: Any) -> go.Heatmap:
    most = float(np.nanmax(np.abs(values))) or 1
    scale = WRITTEN_SIGN_SCALE if settings.get("texttemplate") else SIGN_SCALE
    return go.Heatmap(
        z=values, zmin=-most, zmax=most, colorscale=scale, showscale=False, **settings
    )


def _square(shown: go.Figure, ticks: bool = True) -> go.Figure:
    """Each cell a square, row 0 on top."""
    common = {"showgrid": False, "zeroline": False, "constrain": "domain", "showticklabels": ticks}
    shown.update_xaxes(**common)
    shown.update_yaxes(autorange="reversed", scaleanchor="x", **common)
    return shown
