"""Feature maps of a convolution or a pooling, and one cell of a map worked out."""

from typing import Final

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import (
    Array,
    Sliding,
    WeightedSum,
    cell_sum,
    window_corner,
)
from digitlab.architecture.layers import Conv2D, DepthwiseConv2D
from digitlab.architecture.output import has_activation
from digitlab.figures.inside import feature_map, window_cells
from digitlab.records.inside import LayerPass
from digitlab.records.layer_weights import WeightedLayer
from digitlab.ui.inside.layer_words import what_it_does
from digitlab.ui.inside.tile_pages import show_tiles
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.calculations import added, number
from digitlab.wording.numerals import by, whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say

ALL, ONE = "all", "one"
_VIEWS: Final[dict[str, Message]] = {ALL: to_say("All its maps"), ONE: to_say("One map")}

_SIDES: Final[dict[str, Message]] = {
    "row": to_say("Row, 0 to {last}"),
    "column": to_say("Column, 0 to {last}"),
}

_LONGEST = 8
"""Times as long as wide: a stripe that is longer is no picture."""


def choose_one_map() -> bool:
    """Whether one map of a layer is looked at, or all of them."""
    chosen = choose_view(
        say("Show"), [*_VIEWS], "inside_maps", lambda view: say_message(_VIEWS[view])
    )
    return chosen == ONE


def show_feature_maps(weighted: WeightedLayer, done: LayerPass, chosen: int | None) -> str:
    """The maps of a layer as pictures, or a chosen one large; returns what was seen."""
    maps, code = np.moveaxis(done.outputs, -1, 0), f"`{weighted.name}`"
    count, height, width = maps.shape
    if chosen is None:
        here = say_count(
            "Here is {count} map of {size} numbers.",
            "Here are {count} maps of {size} numbers.",
            count,
            size=by(height, width),
        )
        st.markdown(f"{what_it_does(weighted.layer)} {here}")
        show_tiles(
            maps,
            to_say("map {number}"),
            to_say("Feature map {number} of the layer {layer}"),
            key=f"inside_maps_{weighted.name}",
            layer=weighted.name,
        )
        return say(
            "For this picture the largest output of the layer {layer} is **{largest}**.",
            layer=code,
            largest=_most(maps),
        )
    if isinstance(weighted.layer, Conv2D | DepthwiseConv2D):
        _work_out(weighted, weighted.layer, done, chosen)
    else:
        _enlarge(weighted, done, chosen)
    return say(
        "For this picture the largest number in map {map} of the layer {layer} is **{largest}**.",
        map=chosen,
        layer=code,
        largest=_most(maps[chosen]),
    )


def _most(cells: Array) -> str:
    return number(float(cells.max()))


def _enlarge(weighted: WeightedLayer, done: LayerPass, chosen: int) -> None:
    """One map, and its numbers."""
    cells = done.outputs[..., chosen]
    before = _before(weighted, done)
    title = say("Map {map} of the layer {layer}", map=chosen, layer=weighted.name)
    large = feature_map(
        cells,
        None if before is None else before[..., chosen],
        title,
        is_sum=weighted.layer.has_kernel,
    )
    show.chart(large, key="inside_feature_map", alt=title)
    _show_numbers(cells, chosen)


def _show_numbers(cells: Array, chosen: int) -> None:
    with fold(say("The numbers of map {map}", map=chosen)):
        st.dataframe(cells.round(4))


def are_pictures(outputs: Array) -> bool:
    """Whether what a layer hands on can be shown as maps `(h, w, c)`: none is a long stripe."""
    if outputs.ndim != 3:
        return False
    shorter, longer = sorted(outputs.shape[:2])
    return bool(longer <= _LONGEST * shorter)


def _before(weighted: WeightedLayer, done: LayerPass) -> Array | None:
    """What the activation of a layer gets, if it has one."""
    return done.sums if weighted.layer.has_kernel or has_activation(weighted.layer) else None


def _work_out(weighted: WeightedLayer, kind: Sliding, done: LayerPass, chosen: int) -> None:
    """One cell: the window under the filter, times its weights, to the number in the map."""
    cells, sums = done.outputs[..., chosen], done.sums[..., chosen]
    best = np.unravel_index(int(cells.argmax()), cells.shape)
    left, right = st.columns(2, gap="large")
    with right, st.container(horizontal=True):
        row, column = (
            st.number_input(
                say_message(_SIDES[name], last=side - 1),
                0,
                side - 1,
                int(first),
                key=f"inside_{name}_{weighted.name}_{side}_{chosen}",
                persist_state="session",
                width=150,
                help=say("At the start you see the place with the largest number in the map."),
            )
            for name, side, first in zip(("row", "column"), cells.shape, best, strict=True)
        )
    work = cell_sum(done.inputs, weighted, kind, chosen, row, column)
    with left:
        title = say(
            "Map {map}, with a frame around row {row}, column {column}",
            map=chosen,
            row=row,
            column=column,
        )
        show.chart(
            feature_map(cells, sums, title, (row, column)),
            key="inside_feature_map",
            alt=say(
                "Map {map} of the layer {layer}. The number in row {row}, column {column} is "
                "{number}.",
                map=chosen,
                layer=weighted.name,
                row=row,
                column=column,
                number=number(float(cells[row, column])),
            ),
        )
        _show_numbers(cells, chosen)
    top, start = window_corner(done.inputs.shape, kind, row, column)
    with right:
        title = say(
            "The window at row {row}, column {column} times the filter", row=top, column=start
        )
        show.chart(
            window_cells(work.inputs, work.weights, title),
            key="inside_window",
            alt=say_count(
                "{count} product: {sum}.",
                "{count} products. Their sum is {sum}.",
                work.inputs.size,
                sum=number(work.weighted),
            ),
        )
    st.markdown(
        " ".join(
            _calculation(
                weighted,
                kind,
                work,
                float(sums[row, column]),
                number(float(cells[row, column])),
            )
        )
    )


def _calculation(
    weighted: WeightedLayer, kind: Sliding, work: WeightedSum, total: float, result: str
) -> list[str]:
    """How a cell comes about, a sentence after another."""
    maps = work.inputs.shape[2]
    holds = say_count(
        "The window holds {count} number.", "The window holds {count} numbers.", work.inputs.size
    )
    if maps > 1:
        holds = say(
            "The window holds {numbers} numbers: {size} on each of {maps} maps.",
            numbers=whole(work.inputs.size),
            size=by(*kind.kernel_size),
            maps=maps,
        )
    products = say(
        "Each number is multiplied by its weight. All products together are the **weighted sum**: "
        "{sum}.",
        sum=number(work.weighted),
    )
    with_bias = say(
        "Then the filter adds its **bias**: {sum} {bias} = {total}.",
        sum=number(work.weighted),
        bias=added(work.bias),
        total=number(total),
    )
    bias = with_bias if weighted.has_bias else say("This layer has no bias.")
    if kind.activation == "linear":
        last = say("The layer has no activation: **{result}** goes on.", result=result)
    else:
        last = say(
            "The **activation** bends this number: {activation}({total}) = **{result}**.",
            activation=kind.activation,
            total=number(total),
            result=result,
        )
    return [holds, products, bias, last]
