"""The training digits nearest to the picture: by its pixels, and for the network."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.compute import inspect_parts
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import inside, spoil
from digitlab.records.inside import Neighbours
from digitlab.records.networks import Network
from digitlab.specs import Preprocessing
from digitlab.ui.inside.keras_code import one_hot, show_code
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask_in_parts
from digitlab.ui.widgets.digit_selection import picture_alt
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say

_SHOWN = 10
_WIDTH = 78  # ten beside each other on a laptop


def show_neighbours(lab: Lab, data: Dataset, network: Network, sample: Sample) -> str:
    """Two rows of training digits with label and distance; returns what was seen."""
    rows = ask_in_parts(inspect_parts.neighbours, network, sample.pixels, _SHOWN)
    if rows is None:
        return ""
    by_pixels, by_network = rows
    stack = stack_of(network.architecture)
    st.markdown(
        say(
            "Which training digits are nearest to this picture? Two answers are possible. Below "
            "each digit you read its label and its distance.\n\n"
            "**By pixels.** The lab compares the picture with all {count} training digits. The "
            "**distance**: take the difference of the two pictures at each pixel (0 is paper, 1 is "
            "ink), and square it. Add up all 784 squares, and take the square root.",
            count=whole(by_pixels.searched),
        )
    )
    _show(by_pixels, data)
    st.markdown(_by_network_words(by_network, data, stack.has_hidden_layer))
    _show(by_network, data)
    with fold(say("All distances")):
        show.table(_table(by_pixels, by_network, data))
    show_code(
        lab,
        inside.neighbours(stack, lab.selection.test_index, by_network.searched, one_hot(lab)),
        folded=True,
    )
    if lab.uploaded and network.preprocessing != Preprocessing.ZERO_TO_ONE:
        st.caption(
            say(
                "The page compares pixels from 0 to 1. The code compares the numbers that your "
                "network takes. So its distances in the first row are different."
            )
        )
    if _broken(lab):
        st.caption(
            say(
                "The page compares with the training digits of MNIST, with pixels from 0 to 1. The "
                "code compares with the changed digits that your run learned from."
            )
        )
    (pixel_digit, pixel_count), (own_digit, own_count) = (
        _most(data.y_train[row.indices]) for row in rows
    )
    return say(
        "The most frequent label of the {shown} nearest digits is {pixel_digit} by pixels "
        "({pixel_count} of {shown}). It is {own_digit} for your network ({own_count} of {shown}), "
        "which reads {answer}.",
        shown=_SHOWN,
        pixel_digit=pixel_digit,
        pixel_count=pixel_count,
        own_digit=own_digit,
        own_count=own_count,
        answer=sample.answer,
    )


def _by_network_words(nearest: Neighbours, data: Dataset, has_hidden_layer: bool) -> str:
    """Between which numbers the network's distance is taken, and among how many digits."""
    count = whole(nearest.searched)
    sentences = [
        say(
            "**For your network.** The lab compares the picture with all {count} training digits.",
            count=count,
        )
        if nearest.searched == len(data.y_train)
        else say(
            "**For your network.** The lab compares the picture with the first {count} training "
            "digits. All {all} would take too long.",
            count=count,
            all=whole(len(data.y_train)),
        ),
        say(
            "It takes the distance between the numbers of the network's last hidden layer, not "
            "between pixels."
        )
        if has_hidden_layer
        else say("It takes the distance between the network's ten sums, not between pixels."),
        say("Pictures with a small distance look almost the same to your network."),
    ]
    return " ".join(sentences)


def _broken(lab: Lab) -> bool:
    """Whether the current network learned from other digits or pixels than the page compares."""
    if lab.uploaded or lab.trained is None:
        return False
    return bool(spoil(lab.trained.spec)) or not lab.trained.spec.preparation.scale


def _most(labels: NDArray[np.uint8]) -> tuple[int, int]:
    """The most frequent digit of these, and how many there are of it."""
    counts = np.bincount(labels)
    return int(counts.argmax()), int(counts.max())


def _show(nearest: Neighbours, data: Dataset) -> None:
    labels = data.y_train[nearest.indices]
    show.gallery(
        data.x_train[nearest.indices],
        [
            f"{label}: {decimal(distance, 2)}"
            for label, distance in zip(labels, nearest.distances, strict=True)
        ],
        [
            picture_alt(f"x_train[{index}]", label)
            for index, label in zip(nearest.indices, labels, strict=True)
        ],
        width=_WIDTH,
    )


def _table(by_pixels: Neighbours, by_network: Neighbours, data: Dataset) -> dict[str, object]:
    return {
        say("Place"): range(1, _SHOWN + 1),
        say("By pixels"): by_pixels.indices,
        say("Label"): data.y_train[by_pixels.indices],
        say("Distance"): by_pixels.distances,
        say("For the network"): by_network.indices,
        say("Its label"): data.y_train[by_network.indices],
        say("Its distance"): by_network.distances,
    }
