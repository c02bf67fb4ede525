"""Choose digits of MNIST: the widgets of Data, Prepare and Predict, to and from `lab.selection`."""

import contextlib
import secrets
from dataclasses import replace
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.specs import CLASSES, SET_SIZES, SampleSelection
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden, lesson_line
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_message, to_say

_SETS: Final[dict[str, Message]] = {"train": to_say("Training"), "test": to_say("Test")}
"""What the two sets are called on controls."""


def picture_alt(name: str, label: int) -> str:
    """What a digit is for those who can't see it.

    Args:
        name: of the picture, as in code.
        label: what it shows.
    """
    return say("The picture {name}: the digit {label}, written by hand", name=name, label=label)


def images(selection: SampleSelection, data: Dataset) -> NDArray[np.uint8]:
    """The array (n, 28, 28) that the digit is in."""
    return data.x_train if selection.subset == "train" else data.x_test


def labels(selection: SampleSelection, data: Dataset) -> NDArray[np.uint8]:
    """The labels (n,) of that array."""
    return data.y_train if selection.subset == "train" else data.y_test


def choose_sample(lab: Lab, page: str) -> SampleSelection:
    """Set, number and "Another one"; `lab.selection` already has what they say.

    Args:
        lab: the session's lab.
        page: on which the widgets stand. A key that two pages shared would lose its value
            between them.
    """
    look, fixed = lab.selection, is_fixed(lab, "sample")
    lesson_line(lab, ["sample"])
    if is_hidden(lab, "sample"):
        return look
    choose_subset(lab, page)
    last = SET_SIZES[look.subset] - 1
    key = control_key(f"{page}_index", look.index)
    st.number_input(
        say("Number, 0 to {last}", last=whole(last)),
        0,
        last,
        look.index,
        step=1,
        key=key,
        on_change=take,
        args=(lab, "index", key),
        disabled=fixed,
    )
    st.button(
        say("Another one"),
        key=f"{page}_another",
        on_click=_take_another,
        args=(lab,),
        icon=":material/casino:",
        width="stretch",
        disabled=fixed,
    )
    return look


def choose_subset(lab: Lab, page: str) -> None:
    """Training or test set; `lab.selection` already has it. Nothing where a lesson hides it.

    Args:
        lab: the session's lab.
        page: as in `choose_sample`.
    """
    if is_hidden(lab, "sample"):
        return
    key = control_key(f"{page}_subset", lab.selection.subset)
    st.segmented_control(
        say("Set"),
        list(_SETS),
        default=lab.selection.subset,
        format_func=lambda subset: say_message(_SETS[subset]),
        required=True,
        key=key,
        on_change=_take_subset,
        args=(lab, key),
        disabled=is_fixed(lab, "sample"),
        help=explained(lab, "sample"),
    )


def choose_training_digit(lab: Lab, page: str) -> None:
    """The number of the training digit, and "Another one"; `lab.selection` has what they say.

    Args:
        lab: the session's lab.
        page: as in `choose_sample`.
    """
    lesson_line(lab, ["sample"])
    if is_hidden(lab, "sample"):
        return
    fixed, last = is_fixed(lab, "sample"), SET_SIZES["train"] - 1
    key = control_key(f"{page}_training", lab.selection.index)
    st.number_input(
        say("Training digit, 0 to {last}", last=whole(last)),
        0,
        last,
        lab.selection.index,
        step=1,
        key=key,
        on_change=_take_training,
        args=(lab, key),
        disabled=fixed,
        width=190,
        help=explained(lab, "sample"),
    )
    st.button(
        say("Another one"),
        on_click=_take_another_training,
        args=(lab,),
        icon=":material/casino:",
        key=f"{page}_another",
        disabled=fixed,
    )


def choose_digit(lab: Lab, view: str) -> int:
    """Which of the ten is looked at in a view of Data."""
    key = control_key(f"{view}_digit", lab.selection.digit)
    st.pills(
        say("Digit"),
        range(CLASSES),
        default=lab.selection.digit,
        required=True,
        key=key,
        on_change=take,
        args=(lab, "digit", key),
        wrap=True,
    )
    return lab.selection.digit


def choose_test_digit(lab: Lab, page: str) -> int:
    """The number of the test digit that the network is asked for, chosen on this page."""
    last = SET_SIZES["test"] - 1
    key = control_key(f"{page}_test", lab.selection.test_index)
    st.number_input(
        say("Test digit, 0 to {last}", last=whole(last)),
        0,
        last,
        lab.selection.test_index,
        step=1,
        key=key,
        on_change=take,
        args=(lab, "test_index", key),
        help=say(
            "Choose one of the {count} test digits. The article uses number 11.",
            count=whole(SET_SIZES["test"]),
        ),
    )
    return lab.selection.test_index


def take(lab: Lab, field: str, key: str) -> None:
    """Bring the value of a control into `lab.selection`; what is past its limit changes nothing."""
    _look_at(lab, **{field: st.session_state[key]})


def _take_subset(lab: Lab, key: str) -> None:
    """The number stays, as far as the other set has it."""
    subset = st.session_state[key]
    _look_at(lab, subset=subset, index=min(lab.selection.index, SET_SIZES[subset] - 1))


def _take_another(lab: Lab) -> None:
    _look_at(lab, index=secrets.randbelow(SET_SIZES[lab.selection.subset]))


def _take_training(lab: Lab, key: str) -> None:
    _look_at(lab, subset="train", index=st.session_state[key])


def _take_another_training(lab: Lab) -> None:
    _look_at(lab, subset="train", index=secrets.randbelow(SET_SIZES["train"]))


def _look_at(lab: Lab, **changes: Any) -> None:
    # A set that changed a moment ago may not have the number that the browser still sends.
    with contextlib.suppress(ValueError):
        lab.select_samples(replace(lab.selection, **changes))
