"""The four arrays that MNIST comes as, and the code that loads them."""

import streamlit as st

from digitlab.data.mnist import MNIST_PATH, Dataset
from digitlab.export import snippets
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show

_NAMES = ("x_train", "y_train", "x_test", "y_test")


def show_arrays(lab: Lab, data: Dataset) -> str:
    """Show what one line of Keras loads; what the learner has seen."""
    st.markdown(
        "One line of Keras loads all digits, as four **arrays**: blocks of numbers. `x` holds the "
        "pictures, `y` their labels. `ndim` is the number of axes, `shape` says how long each axis "
        "is, and `dtype` is the kind of number."
    )
    arrays = {name: getattr(data, name) for name in _NAMES}
    st.markdown(
        "| Array | `ndim` | `shape` | `dtype` |\n|---|---|---|---|\n"
        + "".join(
            f"| `{name}` | {array.ndim} | {array.shape} | {array.dtype} |\n"
            for name, array in arrays.items()
        )
    )
    st.download_button(
        "These four arrays as a file: mnist.npz, 11\N{NO-BREAK SPACE}MB",
        MNIST_PATH.read_bytes,
        "mnist.npz",
        "application/octet-stream",
        key="mnist_file",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help="For programs of your own on a computer without a connection.",
    )
    look = lab.selection
    show.code(
        "\n".join((snippets.LOAD, snippets.look(look.subset, look.index))),
        words="The first line loads the arrays. The others show the digit that you chose at "
        "**One digit**.",
    )
    numbers = sum(array.size for array in arrays.values())
    return f"all of MNIST is four arrays. Together they hold {numbers:,} numbers."
