"""The confusion matrix and the digits behind its cells: a click or two select boxes choose one."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import favourite_mistake, in_cell
from digitlab.data.mnist import Dataset
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.specs import CLASSES
from digitlab.specs.checks import check_count
from digitlab.ui.session.hour import saw
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.cards import show_cards
from digitlab.wording.descriptions import a, favourite_mistake_words, times

_AT_ONCE = 6


def show_matrix(lab: Lab, matrix: NDArray[np.int64]) -> None:
    """The confusion matrix as a heat map whose cells can be clicked."""
    unit = st.segmented_control(
        "Show in each cell",
        ("Counts", "Row per cent"),
        default="Counts",
        required=True,
        key="unit",
        persist_state="session",
    )
    true, predicted = _cell(lab, matrix)
    show.chart(
        confusion_heat_map(matrix, unit == "Row per cent", (true, predicted)),
        key="confusion",
        alt=f"Confusion matrix of 10,000 test digits: {np.trace(matrix):,} on the diagonal. "
        f"{favourite_mistake_words(*favourite_mistake(matrix))} Framed: {a(true)} read as "
        f"{predicted}, {times(int(matrix[true, predicted]))}.",
        on_point=partial(_take_point, lab),
    )


def show_cell(
    lab: Lab, data: Dataset, probabilities: NDArray[np.float32], matrix: NDArray[np.int64]
) -> None:
    """The digits of the chosen cell, and select boxes to choose it with the keyboard."""
    true, predicted = _cell(lab, matrix)
    if lab.cell is not None:
        often, instead, count = favourite_mistake(matrix)
        saw(lab, "matrix", true=often, predicted=instead, count=count)
    boxes = st.columns(2)
    _choose(lab, (true, predicted), 0, "True label", boxes[0])
    _choose(lab, (true, predicted), 1, "Predicted label", boxes[1])
    indices = in_cell(data.y_test, probabilities, true, predicted)
    if len(indices) == 0:
        st.markdown(f"It never read {a(true)} as {a(predicted)}. Choose another cell.")
        return
    verdict = "That is right" if true == predicted else "That is wrong"
    st.markdown(
        f"{times(len(indices)).capitalize()} it read **{a(true)}** as **{a(predicted)}**. "
        f"{verdict}. How sure was it?"
    )
    show_cards(lab, data, probabilities, indices, f"cell_{true}_{predicted}", _AT_ONCE)


def _cell(lab: Lab, matrix: NDArray[np.int64]) -> tuple[int, int]:
    """The chosen cell, or the most frequent mistake."""
    return lab.cell or favourite_mistake(matrix)[:2]


def _choose(lab: Lab, cell: tuple[int, int], axis: int, label: str, column: Any) -> None:
    key = control_key(f"cell_{axis}", cell[axis])
    column.selectbox(
        label,
        range(CLASSES),
        index=cell[axis],
        key=key,
        on_change=_take_label,
        args=(lab, cell, axis, key),
    )


def _take_label(lab: Lab, cell: tuple[int, int], axis: int, key: str) -> None:
    value = st.session_state[key]
    lab.cell = (value, cell[1]) if axis == 0 else (cell[0], value)


def _take_point(lab: Lab, point: dict[str, Any]) -> None:
    true, predicted = int(point["y"]), int(point["x"])
    for label in (true, predicted):
        check_count("The label", label, 0, CLASSES - 1)
    lab.cell = (true, predicted)
