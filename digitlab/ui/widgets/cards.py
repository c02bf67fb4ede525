"""Test digits with the network's answers in cards: sorted, a page at a time, each with its Why."""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import by_confidence
from digitlab.data.mnist import Dataset
from digitlab.specs import CLASSES
from digitlab.ui.inside.sample_choice import look_at_test_digit
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import open_step
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.lists import with_commas
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import percent

_ORDERS: Final[dict[str, Message]] = {
    "surest": to_say("Most sure first"),
    "least_sure": to_say("Least sure first"),
}
_PICTURE_WIDTH, _CARD_WIDTH = 76, 168  # two cards side by side on a phone
_ANSWERS_SHOWN = 3


def show_cards(
    lab: Lab,
    data: Dataset,
    probabilities: NDArray[np.float32],
    indices: NDArray[np.int64],
    name: str,
    at_once: int,
) -> None:
    """Cards of test digits, in the order and on the page that the learner chooses.

    Args:
        lab: the session's lab.
        data: the digits.
        probabilities: the network's answer to each test digit, shape (10000, 10).
        indices: of the test digits, at least one.
        name: of this set of digits; another set begins on its first page.
        at_once: cards on a page.
    """
    order = st.segmented_control(
        say("Order"),
        [*_ORDERS],
        default="surest",
        required=True,
        format_func=lambda order: say_message(_ORDERS[order]),
        key=f"order_{name.partition('_')[0]}",
        persist_state="session",
        label_visibility="collapsed",
        help=say("**Sure** means: the answer has a large probability."),
    )
    ordered = by_confidence(indices, probabilities, order == "surest")
    st.caption(
        say(
            "You see three probabilities of each digit: the largest ones, and always the one of "
            "the true label (✓)."
        )
    )
    page = 1
    if len(ordered) > at_once:
        page = st.pagination(-(-len(ordered) // at_once), key=f"page_{name}_{order}")
    shown = ordered[at_once * (page - 1) : at_once * page]
    with st.container(horizontal=True):
        for index in shown:
            _card(lab, data, probabilities, int(index), name)
    with fold(say("All ten probabilities of these digits")):
        _table(data, probabilities, shown)


def _card(
    lab: Lab, data: Dataset, probabilities: NDArray[np.float32], index: int, name: str
) -> None:
    label, answer = int(data.y_test[index]), int(probabilities[index].argmax())
    lines = [
        f"{digit}{' ✓' * (digit == label)}: {percent(probabilities[index, digit])}"
        for digit in _worth_reading(probabilities[index], label)
    ]
    alt = say(
        "Test digit {index}. The label is {label}. The answer is {answer}. Probabilities: {listed}",
        index=index,
        label=label,
        answer=answer,
        listed=with_commas(lines),
    )
    with st.container(width=_CARD_WIDTH, gap=None):
        with st.container(horizontal=True, gap="xsmall"):
            show.digit(
                data.x_test[index],
                alt=alt,
                width=_PICTURE_WIDTH,
            )
            st.caption("  \n".join([f"**{lines[0]}**", *lines[1:]]), width="content")
        # Each button says which: a screen reader reads the buttons of a page as a list.
        if st.button(
            say("Why? Number {index}", index=index), key=f"why_{name}_{index}", type="tertiary"
        ):
            look_at_test_digit(lab, index)
            open_step(path.step("Look inside"), "evidence")


def _worth_reading(probabilities: NDArray[np.float32], label: int) -> list[int]:
    """The three most probable digits, the true one always among them.

    >>> _worth_reading(np.array([0.1, 0.5, 0.2, 0.15, 0.05]), 4)
    [1, 2, 4]
    """
    best: list[int] = np.argsort(-probabilities, kind="stable")[:_ANSWERS_SHOWN].tolist()
    return best if label in best else [*best[:-1], label]


def _table(data: Dataset, probabilities: NDArray[np.float32], shown: NDArray[np.int64]) -> None:
    columns = {say("Number"): shown, say("True label"): data.y_test[shown]}
    columns |= {str(digit): probabilities[shown, digit] for digit in range(CLASSES)}
    show.table(columns)
