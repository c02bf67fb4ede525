"""The picture of a network: its layers as columns, from the pixels to the ten answers."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from PIL import Image

from digitlab.architecture.summary import LayerRow, layer_rows
from digitlab.figures.style.theme import ACCENT, MUTED, figure
from digitlab.specs import IMAGE_SHAPE, PIXELS, NetworkSpec
from digitlab.wording.lists import with_commas
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import by, whole
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.parameter_count import arithmetic

DRAWN = 10
"""A layer with more is drawn as its first and last five, with dots between."""

_EDGE = DRAWN / 2 + 0.5
_LABEL_STEP = 1.9
_ROOMY = 5
"""Columns whose labels fit side by side on a phone; with more, every second one stands lower."""

_FEW = 4
"""Columns whose labels have room for larger letters."""


@dataclass(frozen=True)
class _Column:
    """One layer in the picture.

    Attributes:
        count: of units, maps or numbers in truth.
        ys: where those that are drawn stand.
        label: what stands below, two short lines.
        row: of the summary; None for the input.
    """

    count: int
    ys: tuple[float, ...]
    label: str
    row: LayerRow | None = None


@memoized_words
def network(spec: NetworkSpec, sample: NDArray[np.uint8]) -> go.Figure:
    """Draw the network; `sample`, a digit (28, 28), stands for its input."""
    columns = _columns(spec)
    total = sum(column.row.parameters for column in columns if column.row)
    lower = len(columns) > _ROOMY
    image_width = max(0.9, 0.2 * len(columns))  # still a picture among many columns
    image_edge = 0.0 if lower else 0.45
    input_x = image_edge - image_width / 2
    bottom = -_EDGE - _LABEL_STEP * (2 if lower else 1)
    result = figure(
        title=say("{count} parameters to learn", count=whole(total)),
        height=440 if lower else 400,
        xaxis={"visible": False, "range": [image_edge - image_width - 0.05, len(columns) - 0.4]},
        yaxis={"visible": False, "range": [bottom, _EDGE]},
    )
    result.add_trace(_connections(columns, start=image_edge - 0.1))
    for x, column in enumerate(columns):
        result.add_annotation(
            x=x or input_x,
            y=-_EDGE - (_LABEL_STEP if lower and x % 2 else 0) + 0.2,
            text=column.label,
            showarrow=False,
            yanchor="top",
            font={"size": 12 if len(columns) > _FEW else 14},
        )
        if column.row:
            result.add_trace(_marks(x, column, column.row))
        if column.count > len(column.ys) and column.row:
            result.add_annotation(x=x, y=0, text="⋮", showarrow=False, font={"size": 20})
    return result.add_layout_image(
        source=_paper(sample),
        x=input_x,
        y=0,
        xref="x",
        yref="y",
        xanchor="center",
        yanchor="middle",
        sizex=image_width,
        sizey=6.5,
        layer="above",
    )


def describe(spec: NetworkSpec) -> str:
    """The picture in words, for those who don't see it.

    >>> describe(NetworkSpec()).partition(": ")[2].split(", ")[1:]
    ['10 units sigmoid', '10 units softmax.']
    """
    labels = [column.label.replace("<br>", " ") for column in _columns(spec)]
    return say("A network in columns, from left to right: {columns}.", columns=with_commas(labels))


def _columns(spec: NetworkSpec) -> list[_Column]:
    side = by(*IMAGE_SHAPE)
    pixels = (
        say("{size}<br>pixels", size=side)
        if spec.convolutions
        else say("{size} =<br>{count} pixels", size=side, count=PIXELS)
    )
    # The picture covers where the input's lines begin: a few stand for all 784.
    first = _Column(PIXELS, (0.8, 0.4, 0.0, -0.4, -0.8), pixels)
    return [first, *(_layer_column(row) for row in layer_rows(spec))]


def _layer_column(row: LayerRow) -> _Column:
    count = row.output_shape[-1] or 0
    if row.kind == "Dense":
        label = say_count(
            "{count} unit<br>{activation}",
            "{count} units<br>{activation}",
            count,
            activation=row.activation,
        )
    elif row.kind == "Flatten":
        label = say("{count}<br>numbers", count=whole(count))
    else:
        size = by(row.output_shape[1], row.output_shape[2])
        label = say_count("{count} map<br>{size}", "{count} maps<br>{size}", count, size=size)
    return _Column(count, _places(count), label, row)


def _places(count: int) -> tuple[float, ...]:
    """Heights of the marks of one layer, around 0; the middle stays free if some are left out."""
    if count <= DRAWN:
        return tuple((count - 1) / 2 - index for index in range(count))
    half = DRAWN // 2
    return tuple(float(y) for y in range(half, -half - 1, -1) if y)


def _connections(columns: list[_Column], start: float) -> go.Scatter:
    """All lines between neighbours, in one trace; the input's begin under the picture."""
    points: list[tuple[float | None, float | None]] = []
    for x in range(len(columns) - 1):
        for left, right in _pairs(columns[x], columns[x + 1]):
            points += [(x or start, left), (x + 1, right), (None, None)]
    xs, ys = zip(*points, strict=True)
    line = {"color": MUTED, "width": 0.6}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, opacity=0.55, hoverinfo="skip")


def _pairs(left: _Column, right: _Column) -> Iterator[tuple[float, float]]:
    """Which marks are connected: each with each, but pooling and Flatten only pass on."""
    if right.row and right.row.kind in ("MaxPooling2D", "Flatten"):
        for index, end in enumerate(right.ys):
            yield left.ys[index * len(left.ys) // len(right.ys)], end
    else:
        yield from ((start, end) for start in left.ys for end in right.ys)


def _marks(x: int, column: _Column, row: LayerRow) -> go.Scatter:
    """The units as dots, maps as squares in proportion to their side; answers are numbered."""
    size, symbol, color = 14, "circle", ACCENT
    if row.kind == "Flatten":
        size, color = 6, MUTED
    elif row.kind != "Dense":
        size, symbol = max(6, round(0.8 * (row.output_shape[1] or 0))), "square"
    is_output = row.activation == "softmax"
    told = say(
        "{kind}: {layer}<br>parameters: {calculation}",
        kind=row.kind,
        layer=column.label.replace("<br>", " "),
        calculation=arithmetic(row),
    )
    return go.Scatter(
        x=[x] * len(column.ys),
        y=column.ys,
        mode="markers+text" if is_output else "markers",
        text=[str(digit) for digit in range(column.count)] if is_output else None,
        textposition="middle right",
        marker={"size": size, "symbol": symbol, "color": color, "opacity": 1},
        hovertemplate=f"{told}<extra></extra>",
    )


def _paper(sample: NDArray[np.uint8]) -> str:
    """The digit as ink on paper with a thin frame, pixels kept, as the address of a PNG."""
    pixels = np.kron(255 - sample, np.ones((6, 6), np.uint8))
    png = io.BytesIO()
    Image.fromarray(np.pad(pixels, 2, constant_values=140)).save(png, format="PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
