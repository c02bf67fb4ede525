"""Signed arrays as small pictures, page by page where there are many."""

import numpy as np
import streamlit as st

from digitlab.analysis.layer_arithmetic import Array
from digitlab.figures.style.tiles import tiles
from digitlab.ui.widgets import show
from digitlab.wording.say import Message, say_message

_FEW = 14
"""As many stand in two rows on a laptop when each is large."""

_LARGE, _SMALL = 112, 78  # pixels
_SHOWN = 30
"""Small ones in three rows on a laptop."""


def show_tiles(arrays: Array, caption: Message, alt: Message, key: str, **values: str) -> None:
    """Show each array as a picture: blue above 0, orange below, the same scale for all.

    Args:
        arrays: (n, h, w).
        caption: what each of them is; its number is {number}.
        alt: what is seen, in words, with {number} too.
        key: of the control that turns the pages.
        values: what else stands in `alt`.
    """
    count, most = len(arrays), float(np.abs(arrays).max())
    width = _LARGE if count <= _FEW else _SMALL
    page = 1
    if count > _SHOWN:
        page = st.pagination(-(-count // _SHOWN), key=f"{key}_{count}", persist_state="session")
    shown = np.arange(count)[_SHOWN * (page - 1) : _SHOWN * page]
    show.pictures(
        tiles(arrays[shown], most, width),
        [say_message(caption, number=number) for number in shown],
        [say_message(alt, number=number, **values) for number in shown],
        width,
    )
