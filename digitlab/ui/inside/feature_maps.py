"""Feature maps of a convolution or a pooling, and one cell of a map worked out."""

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import Array, Sliding, cell_sum, window_corner
from digitlab.architecture.layers import Conv2D, DepthwiseConv2D
from digitlab.architecture.output import has_activation
from digitlab.figures.inside import feature_map, window_cells
from digitlab.records.inside import LayerPass
from digitlab.records.layer_weights import WeightedLayer
from digitlab.ui.inside.layer_words import what_it_does
from digitlab.ui.inside.number_words import added, number
from digitlab.ui.inside.tile_pages import show_tiles
from digitlab.ui.widgets import show
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.numerals import by

ALL, ONE = "All its maps", "One map"

_LONGEST = 8
"""Times as long as wide: a stripe that is longer is no picture."""


def choose_one_map() -> bool:
    """Whether one map of a layer is looked at, or all of them."""
    return choose_view("Show", (ALL, ONE), key="inside_maps") == ONE


def show_feature_maps(weighted: WeightedLayer, done: LayerPass, chosen: int | None) -> str:
    """The maps of a layer as pictures, or a chosen one large; returns what was seen."""
    maps = np.moveaxis(done.outputs, -1, 0)
    count, height, width = maps.shape
    if chosen is None:
        here = f"Here {'is 1 map' if count == 1 else f'are {count:,} maps'} of {by(height, width)}."
        st.markdown(f"{what_it_does(weighted.layer)} {here}")
        alt = f"Feature map {{}} of {weighted.name}"
        show_tiles(maps, "map", alt, key=f"inside_maps_{weighted.name}")
        return f"the largest number that the layer {weighted.name} hands on is **{_most(maps)}**."
    if isinstance(weighted.layer, Conv2D | DepthwiseConv2D):
        _work_out(weighted, weighted.layer, done, chosen)
    else:
        _enlarge(weighted, done, chosen)
    most = _most(maps[chosen])
    return f"the largest number in map {chosen} of the layer {weighted.name} is **{most}**."


def _most(cells: Array) -> str:
    return number(float(cells.max()))


def _enlarge(weighted: WeightedLayer, done: LayerPass, chosen: int) -> None:
    """One map, and its numbers."""
    cells = done.outputs[..., chosen]
    before, before_is = _before(weighted, done)
    large = feature_map(
        cells,
        None if before is None else before[..., chosen],
        f"Map {chosen} of {weighted.name}",
        before_is=before_is,
    )
    show.chart(large, key="inside_feature_map", alt=f"Map {chosen} of {weighted.name}, enlarged.")
    _show_numbers(cells, chosen)


def _show_numbers(cells: Array, chosen: int) -> None:
    with st.expander(f"The numbers of map {chosen}"):
        st.dataframe(cells.round(4))


def are_pictures(outputs: Array) -> bool:
    """Whether what a layer hands on can be shown as maps `(h, w, c)`: none is a long stripe."""
    if outputs.ndim != 3:
        return False
    shorter, longer = sorted(outputs.shape[:2])
    return bool(longer <= _LONGEST * shorter)


def _before(weighted: WeightedLayer, done: LayerPass) -> tuple[Array | None, str]:
    """What the activation of a layer gets, if it has one, and how that is called."""
    if weighted.layer.has_kernel:
        return done.sums, "sum"
    return (done.sums, "before") if has_activation(weighted.layer) else (None, "")


def _work_out(weighted: WeightedLayer, kind: Sliding, done: LayerPass, chosen: int) -> None:
    """One cell: the window under the filter, times its weights, to the number in the map."""
    cells, sums = done.outputs[..., chosen], done.sums[..., chosen]
    best = np.unravel_index(int(cells.argmax()), cells.shape)
    without = "" if weighted.has_bias else ", which is left out,"
    left, right = st.columns(2, gap="large")
    with right, st.container(horizontal=True):
        row, column = (
            st.number_input(
                f"{name.capitalize()}, 0 to {side - 1}",
                0,
                side - 1,
                int(first),
                key=f"inside_{name}_{weighted.name}_{side}_{chosen}",
                persist_state="session",
                width=150,
                help="At first: where the map is strongest.",
            )
            for name, side, first in zip(("row", "column"), cells.shape, best, strict=True)
        )
    work = cell_sum(done.inputs, weighted, kind, chosen, row, column)
    with left:
        shown = feature_map(
            cells, sums, f"Map {chosen}, cell ({row}, {column}) framed", (row, column)
        )
        show.chart(
            shown,
            key="inside_feature_map",
            alt=f"Map {chosen} of {weighted.name}; the cell in row {row}, column {column} is "
            f"{number(float(cells[row, column]))}.",
        )
        _show_numbers(cells, chosen)
    top, start = window_corner(done.inputs.shape, kind, row, column)
    height, width = kind.kernel_size
    with right:
        show.chart(
            window_cells(
                work.inputs, work.weights, f"Window at row {top}, column {start}, times the filter"
            ),
            key="inside_window",
            alt=f"{work.inputs.size} products that add up to {number(work.weighted)}.",
        )
    st.markdown(
        f"The window holds {work.inputs.size} numbers ({by(height, width)}"
        + (f" on each of {work.inputs.shape[2]} maps" if work.inputs.shape[2] > 1 else "")
        + "). Each is multiplied by its weight; together that is the **weighted sum**, "
        f"{number(work.weighted)}. With the **bias**{without} "
        f"it is {number(work.weighted)} {added(work.bias)} = "
        f"{number(float(sums[row, column]))}, and "
        + (
            "the layer has no activation: "
            if kind.activation == "linear"
            else "the **activation** makes of it "
            f"{kind.activation}({number(float(sums[row, column]))}) = "
        )
        + f"**{number(float(cells[row, column]))}**."
    )
