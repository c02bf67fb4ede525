"""The arrays after all steps of Prepare."""

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.preprocess.arrays import one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.specs import CLASSES
from digitlab.ui.prepare.words import prepared_seen
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import images, labels
from digitlab.wording.say import say


def show_arrays(lab: Lab, data: Dataset) -> str:
    """Show the arrays' shapes before and after, and two labels as the code prints them.

    Returns:
        What the learner has seen: what the steps made of the chosen digit.
    """
    spec, look = lab.spec, lab.selection
    st.header(say("What the network gets"), anchor=False)
    st.markdown(
        say(
            "The steps change all pictures and all labels, not only one. Compare the shapes of "
            "the four arrays before and after the steps."
        )
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
        f"| {say('Array')} | {say('Shape before')} | {say('Shape after')} |\n|---|---|---|\n"
        + "".join(
            f"| `{name}` | {getattr(data, name).shape} | {shape} |\n"
            for name, shape in after.items()
        )
    )
    show.piece(snippets.PREPARED)
    first = data.y_test[0], y_train[0]
    test, training = (f"`{label}`" for label in first)
    st.markdown(
        say(
            "This code prints four lines. The first two lines are the four shapes. The third line "
            "is the label of the first test digit: it was {test}. The last line is the label of "
            "the first training digit: it was {training}.",
            test=test,
            training=training,
        )
    )
    lines = [one_hot(label) if spec.preparation.one_hot else label for label in first]
    st.code(
        f"{after['x_train']} {after['x_test']}\n{after['y_train']} {after['y_test']}\n"
        f"{lines[0]}\n{lines[1]}",
        language=None,
    )
    pixels, label = images(look, data)[look.index], int(labels(look, data)[look.index])
    return prepared_seen(spec.preparation, f"`{look.sample}`", pixels, label)
