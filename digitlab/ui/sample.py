"""Choose one digit of MNIST: the widgets that Data and Prepare share."""

import secrets

import streamlit as st

from digitlab.data import Dataset
from digitlab.ui.state import Lab, Sample

_SUBSET, _INDEX = "sample_subset", "sample_index"
_NAMES = {"train": "Training", "test": "Test"}


def choose_sample(current: Lab, data: Dataset) -> Sample:
    """Set, number and "Another one", as they were left; the choice is kept in the lab."""
    st.session_state.setdefault(_SUBSET, current.sample.subset)
    st.session_state.setdefault(_INDEX, current.sample.index)
    subset = (
        st.segmented_control(
            "Set", _NAMES, format_func=_NAMES.__getitem__, required=True, key=_SUBSET
        )
        or current.sample.subset  # required, so never None; only the type says it might be
    )
    last = len(Sample(subset).images(data)) - 1
    st.session_state[_INDEX] = min(st.session_state[_INDEX], last)  # x_test ends earlier
    index = st.number_input(f"Number, 0 to {last:,}", 0, last, key=_INDEX)
    st.button(
        "Another one", on_click=_draw_one, args=(last,), icon=":material/casino:", width="stretch"
    )
    current.sample = Sample(subset, index)
    return current.sample


def _draw_one(last: int) -> None:
    st.session_state[_INDEX] = secrets.randbelow(last + 1)
