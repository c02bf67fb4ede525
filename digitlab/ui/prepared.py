"""The arrays after all four steps of Prepare."""

import streamlit as st

from digitlab import snippets
from digitlab.data import Dataset
from digitlab.preprocess.arrays import one_hot
from digitlab.specs import CLASSES, NetworkSpec


def show_arrays(data: Dataset, network: NetworkSpec) -> None:
    """Show the arrays' shapes before and after, and two labels as the article prints them."""
    st.subheader("What the network gets", anchor=False)
    after = {
        "x_train": (len(data.x_train), *network.input_shape),
        "x_test": (len(data.x_test), *network.input_shape),
        "y_train": (len(data.y_train), CLASSES),
        "y_test": (len(data.y_test), CLASSES),
    }
    st.markdown(
        "| Array | Shape before | Shape after |\n|---|---|---|\n"
        + "".join(
            f"| `{name}` | {getattr(data, name).shape} | {shape} |\n"
            for name, shape in after.items()
        )
    )
    st.code(snippets.PREPARED)
    first = data.y_test[0], data.y_train[0]
    st.markdown(
        "That code prints what follows. The last two lines are the labels of the first test "
        f"digit, which was `{first[0]}`, and of the first training digit, which was `{first[1]}`:"
    )
    st.code(
        f"{after['x_train']} {after['x_test']}\n{after['y_train']} {after['y_test']}\n"
        f"{one_hot(first[0])}\n{one_hot(first[1])}",
        language=None,
    )
