"""Parts that stand beside each other where there is room, and below each other where there is none.

`st.columns` does so too, by style.css, once a column has less than 11rem. Here are parts that need
more than that, or less.
"""

from typing import TYPE_CHECKING, Literal

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


def beside_picture(
    width: int, vertical_alignment: Literal["top", "center", "bottom"] = "center"
) -> "tuple[DeltaGenerator, DeltaGenerator]":
    """A part that takes all other room, and on its right a place for a picture of this width."""
    row = st.container(horizontal=True, vertical_alignment=vertical_alignment)
    return row.container(), row.container(width=width)


def picture_beside(width: int) -> "tuple[DeltaGenerator, DeltaGenerator]":
    """A place for a picture of this width, and on its right a part that takes all other room."""
    row = st.container(horizontal=True, gap="medium")
    return row.container(width=width), row.container()
