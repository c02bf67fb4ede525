"""The four arrays that MNIST comes as, and the code that loads them."""

import streamlit as st

from digitlab.data.mnist import MNIST_PATH, Dataset
from digitlab.export import snippets
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.numerals import whole
from digitlab.wording.say import say

_NAMES = ("x_train", "y_train", "x_test", "y_test")


def show_arrays(lab: Lab, data: Dataset) -> str:
    """Show what one line of Keras loads; what the learner has seen."""
    st.markdown(
        say(
            "One line of Keras loads all digits as four **arrays**. An array is a block of "
            "numbers. `x` holds the pictures, and `y` holds their labels. `ndim` is the number of "
            "axes. `shape` is the length of each axis. `dtype` is the kind of number."
        )
    )
    arrays = {name: getattr(data, name) for name in _NAMES}
    st.markdown(
        f"| {say('Array')} | `ndim` | `shape` | `dtype` |\n|---|---|---|---|\n"
        + "".join(
            f"| `{name}` | {array.ndim} | {array.shape} | `{array.dtype}` |\n"
            for name, array in arrays.items()
        )
    )
    st.download_button(
        say("Download these four arrays as one file (11\N{NO-BREAK SPACE}MB)"),
        MNIST_PATH.read_bytes,
        "mnist.npz",
        "application/octet-stream",
        key="mnist_file",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=say("Your own programs can read this file on a computer without the internet."),
    )
    look = lab.selection
    show.code(
        "\n".join((snippets.LOAD, snippets.look(look.subset, look.index))),
        words=say(
            "The line with `load_data` loads the arrays. The lines below it show the digit that "
            "you chose in **One digit**."
        ),
    )
    numbers = sum(array.size for array in arrays.values())
    return say("MNIST is four arrays. Together they hold {count} numbers.", count=whole(numbers))
