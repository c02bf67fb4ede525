"""Keys of controls that show a value from the session's lab."""

from collections import Counter

import streamlit as st

_KEY = "control_generations"


def control_key(control: str, value: object) -> str:
    """The key of a control that shows `value`; a new one if the control shows something else.

    A new control starts at its default. Writing `st.session_state[key]` instead gets lost when
    a click interrupts the run: the browser keeps the old value and sends it back later.
    """
    generations: Counter[str] = st.session_state.setdefault(_KEY, Counter())
    key = f"{control}_{generations[control]}"
    if st.session_state.get(key, value) != value:
        generations[control] += 1
        key = f"{control}_{generations[control]}"
    return key
