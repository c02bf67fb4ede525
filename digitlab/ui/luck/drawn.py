"""Parts of Luck: figures that are made anew only when an epoch has come."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.ui.luck.recipes import Side
from digitlab.wording.language import spoken

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_DRAWN = "luck_drawn"


def drawn(kind: str, sides: Sequence[Side], make: Callable[[], "Figure"]) -> "Figure":
    """Made anew once an epoch: a figure takes 20 ms, and a page with trainings asks each second."""
    known: dict[str, tuple[object, Figure]] = st.session_state.setdefault(_DRAWN, {})
    state: list[object] = [
        (side.letter, side.recipe, [run.id for run in side.runs], [*map(len, side.growing)])
        for side in sides
    ]
    state.append(seed_runs.digits_to_compare_by([side.recipe for side in sides]))
    state.append(spoken())  # the words on it
    if kind not in known or known[kind][0] != state:
        known[kind] = (state, make())
    return known[kind][1]
