"""The confusion matrix and the digits behind its cells: a click or two select boxes choose one."""

from functools import partial
from typing import Any, Final

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
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.descriptions import favourite_mistake_words

_AT_ONCE = 6
_UNITS: Final[dict[str, Message]] = {
    "counts": to_say("Counts"),
    "row": to_say("Per cent of the row"),
}


def show_matrix(lab: Lab, matrix: NDArray[np.int64]) -> None:
    """The confusion matrix as a heat map whose cells can be clicked."""
    unit = st.segmented_control(
        say("Show in each cell"),
        [*_UNITS],
        default="counts",
        required=True,
        key="unit",
        format_func=lambda unit: say_message(_UNITS[unit]),
        persist_state="session",
    )
    true, predicted = _cell(lab, matrix)
    show.chart(
        confusion_heat_map(matrix, unit == "row", (true, predicted)),
        key="confusion",
        alt=say(
            "Confusion matrix of {count} test digits: {right} on the diagonal. {favourite} The "
            "frame is around the cell of digit {true} read as {predicted}: {framed}.",
            count=whole(int(matrix.sum())),
            right=whole(int(np.trace(matrix))),
            favourite=favourite_mistake_words(*favourite_mistake(matrix)),
            true=true,
            predicted=predicted,
            framed=whole(int(matrix[true, predicted])),
        ),
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
    _choose(lab, (true, predicted), 0, say("True label"), boxes[0])
    _choose(lab, (true, predicted), 1, say("Predicted label"), boxes[1])
    indices = in_cell(data.y_test, probabilities, true, predicted)
    if len(indices) == 0:
        st.markdown(
            say(
                "Your network never reads the digit {true} as {predicted}. Choose another cell.",
                true=true,
                predicted=predicted,
            )
        )
        return
    st.markdown(_cell_words(true, predicted, len(indices)))
    show_cards(lab, data, probabilities, indices, f"cell_{true}_{predicted}", _AT_ONCE)


def _cell_words(true: int, predicted: int, count: int) -> str:
    if true == predicted:
        return say_count(
            "Your network reads the digit **{true}** correctly: {count} time. How sure is it?",
            "Your network reads the digit **{true}** correctly: {count} times. How sure is it?",
            count,
            true=true,
        )
    return say_count(
        "Your network reads the digit **{true}** as **{predicted}**: {count} time. This is wrong. "
        "How sure is it?",
        "Your network reads the digit **{true}** as **{predicted}**: {count} times. This is wrong. "
        "How sure is it?",
        count,
        true=true,
        predicted=predicted,
    )


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
