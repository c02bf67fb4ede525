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
from digitlab.ui.inside.worker import ask_in_parts
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import a

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
        f"Which training digits look most like {sample.name}? That depends on who compares.\n\n"
        f"**Pixel by pixel**, among all {by_pixels.searched:,} training digits. The **distance**: "
        "for each pixel, take the difference between the two pictures (0 is paper, 1 is ink) and "
        "square it. Add up all 784 squares, and take the square root."
    )
    _show(by_pixels, data)
    everything = by_network.searched == len(data.y_train)
    searched = f"{'all' if everything else 'the first'} {by_network.searched:,}"
    where = "its last hidden layer" if stack.has_hidden_layer else "its ten sums"
    st.markdown(
        f"**For your network**, among {searched} training digits: the same distance between the "
        f"numbers of {where}, not between pixels. What stands close together there is nearly the "
        "same to it."
    )
    _show(by_network, data)
    with st.expander("All distances"):
        show.table(_table(by_pixels, by_network, data))
    show_code(
        lab,
        inside.neighbours(stack, lab.selection.test_index, by_network.searched, one_hot(lab)),
        folded=True,
    )
    if lab.uploaded and network.preprocessing != Preprocessing.ZERO_TO_ONE:
        st.caption(
            "The page compares pixels from 0 to 1; the code, the numbers that your network takes. "
            "So the distances of the first row are others there."
        )
    if _broken(lab):
        st.caption(
            "The page compares with the training digits as MNIST has them, each pixel from 0 to "
            "1; the code, with those that your run learned from, broken as they are."
        )
    pixels, own = (_most(data.y_train[row.indices]) for row in rows)
    return (
        f"of the {_SHOWN} nearest training digits {pixels} by their pixels, and {own} for your "
        f"network, which reads {sample.answer}."
    )


def _broken(lab: Lab) -> bool:
    """Whether the current network learned from other digits or pixels than the page compares."""
    if lab.uploaded or lab.trained is None:
        return False
    return bool(spoil(lab.trained.spec)) or not lab.trained.spec.preparation.scale


def _most(labels: NDArray[np.uint8]) -> str:
    """How many of these are the most frequent digit: "9 are 6s"."""
    counts = np.bincount(labels)
    many, digit = int(counts.max()), int(counts.argmax())
    return f"{many} are {digit}s" if many > 1 else f"1 is {a(digit)}"


def _show(nearest: Neighbours, data: Dataset) -> None:
    labels = data.y_train[nearest.indices]
    show.gallery(
        data.x_train[nearest.indices],
        [
            f"{a(label)}, {distance:.2f}"
            for label, distance in zip(labels, nearest.distances, strict=True)
        ],
        [
            f"x_train[{index}], {'an' if label == 8 else 'a'} {label}"
            for index, label in zip(nearest.indices, labels, strict=True)
        ],
        width=_WIDTH,
    )


def _table(by_pixels: Neighbours, by_network: Neighbours, data: Dataset) -> dict[str, object]:
    return {
        "Place": range(1, _SHOWN + 1),
        "By pixels": by_pixels.indices,
        "Label": data.y_train[by_pixels.indices],
        "Distance": by_pixels.distances,
        "For the network": by_network.indices,
        "Its label": data.y_train[by_network.indices],
        "Its distance": by_network.distances,
    }
