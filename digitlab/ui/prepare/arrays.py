"""The arrays after all steps of Prepare, and what the steps made of the chosen picture."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.preprocess.arrays import one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.specs import CLASSES, PrepSpec, RunSpec
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import a

Label = NDArray[np.uint8]  # (), 0 to 9


def prepared_words(steps: PrepSpec, pixels: NDArray[np.uint8], label: Label) -> str:
    """What the steps made of a picture and its label, in a sentence."""
    top = pixels.max() / (255 if steps.scale else 1)
    became = f"became {one_hot(label).astype(int)}" if steps.one_hot else f"stayed {label}"
    return (
        f"your picture of {a(int(label))} was {pixels.size} whole numbers up to {pixels.max()}. It "
        f"became {pixels.size} decimals up to {top:.3g}. Its label {became}."
    )


def show_arrays(data: Dataset, spec: RunSpec) -> None:
    """Show the arrays' shapes before and after, and two labels as the code prints them."""
    st.header("What the network gets", anchor=False)
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
