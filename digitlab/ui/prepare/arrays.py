"""The arrays after all steps of Prepare."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.preprocess.arrays import one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.specs import CLASSES
from digitlab.ui.prepare.words import prepared_words
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import images, labels


def show_arrays(lab: Lab, data: Dataset) -> str:
    """Show the arrays' shapes before and after, and two labels as the code prints them.

    Returns:
        What the learner has seen: what the steps made of the chosen digit.
    """
    spec, look = lab.spec, lab.selection
    st.header("What the network gets", anchor=False)
    st.markdown(
        "The steps change all pictures and all labels, not only one. Compare the shapes of the "
        "four arrays before and after."
    )
    no_pixels = data.x_train[:, :0, :0]  # to pick the pictures too would take 50 ms
    _, y_train = training_digits(no_pixels, data.y_train, spec.preparation, spec.training.seed)
    ten = (CLASSES,) if spec.preparation.one_hot else ()
    after = {
        "x_train": (len(y_train), *spec.network.input_shape),
        "x_test": (len(data.x_test), *spec.network.input_shape),
        "y_train": (len(y_train), *ten),
        "y_test": (len(data.y_test), *ten),
    }
    st.markdown(
        "| Array | Shape before | Shape after |\n|---|---|---|\n"
        + "".join(
            f"| `{name}` | {getattr(data, name).shape} | {shape} |\n"
            for name, shape in after.items()
        )
    )
    show.piece(snippets.PREPARED)
    first = data.y_test[0], y_train[0]
    st.markdown(
        "That code prints what follows. The last two lines are the labels of the first test "
        f"digit, which was `{first[0]}`, and of the first training digit, which was `{first[1]}`:"
    )
    lines = [one_hot(label) if spec.preparation.one_hot else label for label in first]
    st.code(
        f"{after['x_train']} {after['x_test']}\n{after['y_train']} {after['y_test']}\n"
        f"{lines[0]}\n{lines[1]}",
        language=None,
    )
    return prepared_words(
        spec.preparation, images(look, data)[look.index], int(labels(look, data)[look.index])
    )
