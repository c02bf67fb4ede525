"""The tensor explorer: from the array of all pictures down to one pixel."""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.figures import samples
from digitlab.specs import IMAGE_SHAPE, SampleSelection
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import images, take
from digitlab.wording.numerals import by, whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say

_LEVELS: Final[dict[int, Message]] = {
    3: to_say("3D: all pictures"),
    2: to_say("2D: one picture"),
    1: to_say("1D: one row"),
    0: to_say("0D: one pixel"),
}
"""The tensors to choose from, by how many axes they have."""

_MEANING: Final[dict[int, Message]] = {
    3: to_say("{name} is a pile of pictures. Its first axis counts them."),
    2: to_say("{name} is a **matrix**. It has rows and columns."),
    1: to_say("{name} is a **vector**: numbers in one row."),
    0: to_say("{name} is a **scalar**: one number. It has no axis."),
}


def show_tensor(lab: Lab, data: Dataset) -> str:
    """Let the learner cut one axis after another off the array; what the learner has seen."""
    st.markdown(
        say(
            "Keras calls a block of numbers a **tensor**. `x_train` holds all pictures. An index, "
            "as in `x_train[8]`, takes one of them and removes one **axis**. With more indexes you "
            "come down to one pixel. Choose a tensor. For a row or a pixel, choose its place too."
        )
    )
    controls, picture, facts = st.columns([3, 4, 5], gap="medium")
    with controls:
        _choose(lab)
    selection = lab.selection
    with picture:
        _picture(data, selection)
        if selection.axes < 3:
            st.caption(_label_words(data, selection))
    tensor = np.asarray(
        images(selection, data)[
            (selection.index, selection.row, selection.column)[: 3 - selection.axes]
        ]
    )
    with facts:
        _facts(tensor, selection.tensor, selection.axes)
    show.piece(snippets.tensor(selection.tensor))
    st.markdown(
        say(
            "There are **4D** tensors too. Many 3D tensors together are one 4D tensor. Colour "
            "photos need it: 100 photos of {size} pixels with three colours have the shape "
            "{photos}. Our digits have only one colour. A convolution is a layer that looks at "
            "small windows of a picture. A network with convolutions needs a 4D tensor. For this "
            "network the shape of our digits is {digits}.",
            size=by(*IMAGE_SHAPE),
            photos="`(100, 28, 28, 3)`",
            digits="`(60000, 28, 28, 1)`",
        )
    )
    name = f"`{selection.tensor}`"
    return say_count(
        "The shape of {name} is {shape}. It holds {count} number.",
        "The shape of {name} is {shape}. It holds {count} numbers.",
        tensor.size,
        name=name,
        shape=_shape(tensor),
    )


def _choose(lab: Lab) -> None:
    """Which axes stay, and where the others are cut; `lab.selection` already has it."""
    selection = lab.selection
    key = control_key("tensor_axes", selection.axes)
    st.selectbox(
        say("Tensor"),
        _LEVELS,
        [*_LEVELS].index(selection.axes),
        format_func=lambda axes: say_message(_LEVELS[axes]),
        key=key,
        on_change=take,
        args=(lab, "axes", key),
    )
    if selection.axes <= 1:
        _place(lab, say("Row"), "row", IMAGE_SHAPE[0] - 1)
    if selection.axes == 0:
        _place(lab, say("Column"), "column", IMAGE_SHAPE[1] - 1)


def _place(lab: Lab, label: str, field: str, last: int) -> None:
    value = getattr(lab.selection, field)
    key = control_key(f"tensor_{field}", value)
    st.slider(label, 0, last, value, key=key, on_change=take, args=(lab, field, key))


def _picture(data: Dataset, selection: SampleSelection) -> None:
    name, pictures = selection.tensor, images(selection, data)
    if selection.axes == 3:
        show.digit(
            samples.pile(pictures[:6]),
            alt=say(
                "A pile of pictures. The picture on top is the first of the {count} in {name}.",
                count=whole(len(pictures)),
                name=name,
            ),
            width=256,
        )
        return
    show.chart(
        samples.cut(
            pictures[selection.index],
            say("In the frame: {name}", name=name),
            selection.row if selection.axes < 2 else None,
            selection.column if selection.axes < 1 else None,
        ),
        key="tensor",
        alt=say(
            "The picture {picture} with a frame around {name}.",
            picture=selection.sample,
            name=name,
        ),
    )


def _label_words(data: Dataset, selection: SampleSelection) -> str:
    labels = data.y_train if selection.subset == "train" else data.y_test
    picture = f"`{selection.sample}`"
    return say(
        "The label of the picture {picture} is {label}.",
        picture=picture,
        label=labels[selection.index],
    )


def _shape(tensor: NDArray[np.uint8]) -> str:
    return str(tensor.shape).replace(" ", "\N{NO-BREAK SPACE}")


def _facts(tensor: NDArray[np.uint8], name: str, axes: int) -> None:
    code = f"`{name}`"
    meaning = say_message(_MEANING[axes], name=code)
    st.markdown(
        f"{meaning}\n\n"
        f"| {say('Property')} | {say('Value')} | {say('Meaning')} |\n|---|---|---|\n"
        f"| `ndim` | **{tensor.ndim}** | {say('number of axes')} |\n"
        f"| `shape` | **{_shape(tensor)}** | {say('length of each axis')} |\n"
        f"| `dtype` | `{tensor.dtype}` | {say('whole numbers from 0 to 255')} |\n"
        f"| `size` | **{whole(tensor.size)}** | {say('how many numbers it holds')} |"
    )
    if axes < 2:
        st.code(np.array2string(tensor, max_line_width=30), language=None)
