"""The tensor explorer: from the array of all pictures down to one pixel."""

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
from digitlab.wording.descriptions import counted

_LEVELS = {3: "3D: all pictures", 2: "2D: one picture", 1: "1D: one row", 0: "0D: one pixel"}
_MEANING = {
    3: "a pile of pictures; the first axis counts them",
    2: "a **matrix**: rows and columns",
    1: "a **vector**: numbers in a line",
    0: "a **scalar**: a single number, with no axis at all",
}


def show_tensor(lab: Lab, data: Dataset) -> str:
    """Let the learner cut one axis after another off the array; what the learner has seen."""
    st.markdown(
        "Keras calls any block of numbers a **tensor**. Each index in square brackets cuts one "
        "**axis** off, from the array of all pictures down to one pixel. Choose a tensor, and "
        "where it is cut."
    )
    controls, picture, facts = st.columns([3, 4, 5], gap="medium")
    with controls:
        _choose(lab)
    selection = lab.selection
    with picture:
        _picture(data, selection)
    tensor = np.asarray(
        images(selection, data)[
            (selection.index, selection.row, selection.column)[: 3 - selection.axes]
        ]
    )
    with facts:
        _facts(tensor, selection.tensor, selection.axes)
    show.piece(snippets.tensor(selection.tensor))
    st.markdown(
        "And **4D**? Pack 3D tensors into one more array. Colour photos need it: 100 of them, "
        "28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels, with three colours in each, have the "
        "shape `(100, 28, 28, 3)`. Our digits have one colour only, so they become `(60000, 28, "
        "28, 1)` when a network with convolutions asks for 4D."
    )
    return (
        f"the shape of `{selection.tensor}` is {_shape(tensor)}, so it holds "
        f"{counted(tensor.size, 'number')}."
    )


def _choose(lab: Lab) -> None:
    """Which axes stay, and where the others are cut; `lab.selection` already has it."""
    selection = lab.selection
    key = control_key("tensor_axes", selection.axes)
    st.selectbox(
        "Tensor",
        _LEVELS,
        [*_LEVELS].index(selection.axes),
        format_func=_LEVELS.__getitem__,
        key=key,
        on_change=take,
        args=(lab, "axes", key),
    )
    if selection.axes <= 1:
        _place(lab, "Row", "row", IMAGE_SHAPE[0] - 1)
    if selection.axes == 0:
        _place(lab, "Column", "column", IMAGE_SHAPE[1] - 1)


def _place(lab: Lab, label: str, field: str, last: int) -> None:
    value = getattr(lab.selection, field)
    key = control_key(f"tensor_{field}", value)
    st.slider(label, 0, last, value, key=key, on_change=take, args=(lab, field, key))


def _picture(data: Dataset, selection: SampleSelection) -> None:
    name, pictures = selection.tensor, images(selection, data)
    if selection.axes == 3:
        show.digit(
            samples.pile(pictures[:6]),
            alt=f"A pile of pictures, the first of the {len(pictures):,} in {name} on top.",
            width=256,
        )
        return
    show.chart(
        samples.cut(
            pictures[selection.index],
            f"In the frame: {name}",
            selection.row if selection.axes < 2 else None,
            selection.column if selection.axes < 1 else None,
        ),
        key="tensor",
        alt=f"The picture {selection.sample} with a frame around {name}.",
    )


def _shape(tensor: NDArray[np.uint8]) -> str:
    return str(tensor.shape).replace(" ", "\N{NO-BREAK SPACE}")


def _facts(tensor: NDArray[np.uint8], name: str, axes: int) -> None:
    st.markdown(
        f"`{name}` is {_MEANING[axes]}.\n\n"
        "| Property | Value | Meaning |\n|---|---|---|\n"
        f"| `ndim` | **{tensor.ndim}** | number of axes |\n"
        f"| `shape` | **{_shape(tensor)}** | length of each axis |\n"
        f"| `dtype` | **{tensor.dtype}** | whole numbers, 0 to 255 |\n"
        f"| `size` | **{tensor.size:,}** | numbers in it |"
    )
    if axes < 2:
        st.code(np.array2string(tensor, max_line_width=30), language=None)
