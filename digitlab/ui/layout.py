"""Parts that stand beside each other where there is room, and below each other where there is none.

`st.columns` keeps its shares down to windows of 640 pixels: beside the open sidebar two fifths of a tablet
are 150 pixels. A grid counts what it has.
"""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.elements.lib.grid_container import GridContainer


def side_by_side(*least: int) -> "list[DeltaGenerator]":
    """Parts of equal width.

    Args:
        least: of each part the pixels that it needs.
    """
    grid = st.grid(len(least), min_column_width=max(least), gap=("small", "medium"))
    return [grid.cell() for _ in least]


def cards(least: int) -> "GridContainer":
    """A grid of framed cards of this width in pixels and more: as many in a row as fit."""
    return st.grid(min_column_width=least, border=True)
