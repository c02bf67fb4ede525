"""A choice of what is shown: one of a few, the first one at the beginning."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def choose_view(
    label: str, views: Sequence[T], key: str, format_func: Callable[[T], str] = str
) -> T:
    """One of the views of a part of a page, always; the session keeps it.

    Args:
        label: what is chosen.
        views: in their order; at first it is the first one.
        key: of the widget.
        format_func: the words for a view.
    """
    return st.segmented_control(
        label,
        views,
        default=views[0],
        required=True,
        format_func=format_func,
        key=key,
        persist_state="session",
    )
