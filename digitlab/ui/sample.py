"""Choose one digit of MNIST: the widgets that Data and Prepare share."""

import secrets

import streamlit as st

from digitlab.data import Dataset
from digitlab.ui.state import Lab, Sample

_NAMES = {"train": "Training", "test": "Test"}


def choose_sample(current: Lab, data: Dataset, page: str) -> Sample:
    """Set, number and "Another one"; the choice is kept in the lab from page to page.

    Args:
        current: the session's lab.
        data: all digits.
        page: on which the widgets stand. A key that two pages shared would lose its value
            between them.
    """
    subset_key, index_key = f"{page}_subset", f"{page}_index"
    st.session_state.setdefault(subset_key, current.sample.subset)
    st.session_state.setdefault(index_key, current.sample.index)
    sizes = {subset: len(Sample(subset).images(data)) for subset in _NAMES}

    def keep_number() -> None:  # as far as the other set has it
        size = sizes[st.session_state[subset_key]]
        st.session_state[index_key] = min(current.sample.index, size - 1)

    def draw_number() -> None:
        st.session_state[index_key] = secrets.randbelow(sizes[st.session_state[subset_key]])

    subset = st.segmented_control(
        "Set",
        _NAMES,
        format_func=_NAMES.__getitem__,
        required=True,
        key=subset_key,
        on_change=keep_number,
    )
    assert subset, "a required control always has a value"
    last = sizes[subset] - 1
    index = st.number_input(f"Number, 0 to {last:,}", 0, last, key=index_key)
    st.button("Another one", on_click=draw_number, icon=":material/casino:", width="stretch")
    current.sample = Sample(subset, index)
    return current.sample
