"""A part of a page that opens at a press."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def fold(
    label: str, name: str = "", icon: str | None = None, expanded: bool = False
) -> DeltaGenerator:
    """A part of the page that is folded away under its label, in place of `st.expander`.

    Its key is its label, and Streamlit adds the page. Without a key the browser only counts where
    a part stands: what was unfolded on one page would then sometimes stand open on the next one,
    where a slow browser shows both pages in one drawing.

    Args:
        label: what is pressed.
        name: tells it from another one with the same label on the same page.
        icon: before the label.
        expanded: whether it starts open; afterwards only the visitor opens and closes it, as long
            as it is on the page.
    """
    return st.expander(label, key=f"fold_{name}_{label}", icon=icon, expanded=expanded)
