"""The tensor explorer: from the array of all pictures down to one pixel."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import snippets
from digitlab.data import Dataset
from digitlab.figures import samples
from digitlab.ui import show
from digitlab.ui.state import Sample

_LEVELS = {3: "3D: all pictures", 2: "2D: one picture", 1: "1D: one row", 0: "0D: one pixel"}
_MEANING = {
    3: "a pile of pictures; the first axis counts them",
    2: "a **matrix**: rows and columns",
    1: "a **vector**: numbers in a line",
    0: "a **scalar**: a single number, with no axis at all",
}


def explore(data: Dataset, sample: Sample) -> None:
    """Let the learner cut one axis after another off the array that holds the sample."""
    st.subheader("Tensors: numbers in boxes", anchor=False)
    st.markdown(
        "Keras calls any block of numbers a **tensor**. MNIST comes as four: `x` holds the "
        "pictures, `y` their labels."
    )
    _arrays(data)
    st.markdown(
        "Each index in square brackets cuts one **axis** off, from the whole array down to one "
        "pixel."
    )
    controls, picture, facts = st.columns([5, 6, 9], gap="medium")
    with controls:
        axes, row, column = _choose()
    expression = ", ".join(map(str, (sample.index, row, column)[: 3 - axes]))
    name = f"x_{sample.subset}" + (f"[{expression}]" if expression else "")
    with picture:
        _picture(data, sample, axes, row, column, name)
    with facts:
        images = sample.images(data)
        tensor = images[(sample.index, row, column)[: 3 - axes]]
        _facts(np.asarray(tensor), name, axes)
    st.code(snippets.tensor(name))
    st.markdown(
        "And **4D**? Pack 3D tensors into one more array. Colour photos need it: 100 of them, "
        "28 × 28 pixels, with three colours in each, have the shape `(100, 28, 28, 3)`. Our "
        "digits have one colour only, so they become `(60000, 28, 28, 1)` when a network with "
        "convolutions asks for 4D."
    )


def _arrays(data: Dataset) -> None:
    names = ("x_train", "y_train", "x_test", "y_test")
    rows = [(name, getattr(data, name)) for name in names]
    st.markdown(
        "| Array | `ndim` | `shape` | `dtype` |\n|---|---|---|---|\n"
        + "".join(
            f"| `{name}` | {array.ndim} | {array.shape} | {array.dtype} |\n" for name, array in rows
        )
    )


def _choose() -> tuple[int, int, int]:
    axes = st.selectbox(
        "Tensor",
        _LEVELS,
        format_func=_LEVELS.__getitem__,
        key="tensor_axes",
        persist_state="session",
    )
    row = st.slider("Row", 0, 27, 14, key="tensor_row", persist_state="session", disabled=axes > 1)
    column = st.slider(
        "Column", 0, 27, 10, key="tensor_column", persist_state="session", disabled=axes > 0
    )
    return axes, row, column


def _picture(data: Dataset, sample: Sample, axes: int, row: int, column: int, name: str) -> None:
    images = sample.images(data)
    if axes == 3:
        show.digit(
            samples.pile(images[:6]),
            alt=f"A pile of pictures, the first of the {len(images):,} in {name} on top.",
            width=256,
        )
        return
    show.chart(
        samples.cut(
            images[sample.index],
            f"In the frame: {name}",
            row if axes < 2 else None,
            column if axes < 1 else None,
        ),
        key="tensor",
        alt=f"The picture {sample.name} with a frame around {name}.",
    )


def _facts(tensor: NDArray[np.uint8], name: str, axes: int) -> None:
    shape = str(tensor.shape).replace(" ", "\N{NO-BREAK SPACE}")
    st.markdown(
        f"`{name}` is {_MEANING[axes]}.\n\n"
        "| Property | Value | Meaning |\n|---|---|---|\n"
        f"| `ndim` | **{tensor.ndim}** | number of axes |\n"
        f"| `shape` | **{shape}** | length of each axis |\n"
        f"| `dtype` | **{tensor.dtype}** | whole numbers, 0 to 255 |\n"
        f"| `size` | **{tensor.size:,}** | numbers in it |"
    )
    if axes < 2:
        st.code(np.array2string(tensor, max_line_width=30), language=None)
