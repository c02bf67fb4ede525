"""A map of test digits, by what the last hidden layer makes of them."""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import digits_on_map
from digitlab.compute import inspect_tasks
from digitlab.compute.background import StepGenerator
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import inside
from digitlab.figures.digit_map import digit_map
from digitlab.records.inside import DigitMap
from digitlab.records.networks import Network
from digitlab.ui.inside.keras_code import one_hot, show_code
from digitlab.ui.inside.sample_choice import Sample, look_at_test_digit
from digitlab.ui.inside.worker import ask
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.progress import background_task
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say

_PCA, _TSNE = "PCA", "t-SNE"
_STEPS_AT_ONCE = 10  # a tenth of a second
_EARLY, _LATER = 250, 500  # steps, as the method's authors advise
_EXAGGERATION = 12.0
_AROUND = 10
_RING = "A **ring** marks one that your network reads wrongly. "


def show_map(
    lab: Lab, data: Dataset, network: Network, sample: Sample, probabilities: NDArray[np.float32]
) -> str:
    """The map with the sample as a star; returns what was seen."""
    stack = stack_of(network.architecture)
    shown = digits_on_map(stack)
    opened = is_taken(lab)
    numbers = "numbers of the last hidden layer" if stack.has_hidden_layer else "ten sums"
    words, chart = st.columns([3, 5], gap="large")
    with words:
        st.markdown(
            f"Your network turns every digit into the {numbers}. Here {shown:,} test digits lie "
            "on a map: close together where those numbers are alike. Each stands there as its "
            f"true label. {_RING if opened else ''}The **star** is {sample.name}. "
            "Point at a digit to see its picture, click it to choose it."
        )
        kind = _choose_kind()
        layout = (
            _pca(network, sample) if kind == _PCA else _tsne(lab, network, sample, probabilities)
        )
    if layout is None:
        return ""
    labels, pictures = data.y_test[:shown], data.x_test[:shown]
    read = probabilities[:shown].argmax(axis=1) if opened else None
    title = f"A map of {len(labels):,} test digits"
    with chart:
        show.chart(
            digit_map(layout.positions, pictures, labels, read, layout.star, title),
            key="inside_digit_map",
            alt=f"{title} by the {numbers}, made by {kind}: each written as what it is; "
            f"{'those that are read wrongly are in a ring; ' if opened else ''}{sample.name} is "
            "a star.",
            on_point=lambda point: look_at_test_digit(lab, int(point["customdata"][0])),
        )
    if not opened:
        after_exam(
            lab,
            say("Rings around the wrong answers would tell the test score of your network."),
        )
    with st.expander("The places as numbers"):
        show.table(_table(layout, labels, read))
    show_code(lab, inside.digit_map(stack, shown, one_hot(lab)), folded=True)
    if kind == _TSNE:
        st.caption(
            "The code draws the map by PCA. For t-SNE scikit-learn has `sklearn.manifold.TSNE`."
        )
    near, nearest = _around(layout, labels, sample)
    return (
        f"{near} of the {_AROUND} digits around the star are {nearest}s on the map made by "
        f"{kind}, and your network reads {sample.name} as {sample.answer}."
    )


def _choose_kind() -> str:
    """Who draws the map: the package for t-SNE has no wheel for every machine."""
    if find_spec("openTSNE") is None:
        st.caption("This lab draws the map by PCA: it has no package for t-SNE.")
        return _PCA
    return choose_view("Map made by", (_PCA, _TSNE), key="inside_kind")


def _pca(network: Network, sample: Sample) -> DigitMap | None:
    layout = ask(inspect_tasks.pca_map, network, sample.pixels)
    if layout is not None:
        seen = (
            f"It keeps {per_cent(layout.share)} of the **variance** (how far they spread). "
            if layout.share
            else ""
        )
        st.markdown(
            "**PCA** (principal component analysis) looks at the cloud of digits from the side "
            "where they spread most. "
            f"{seen}A map has only two directions. So digits that lie far apart in the layer can "
            "lie close together on the map."
        )
    return layout


def _tsne(
    lab: Lab, network: Network, sample: Sample, probabilities: NDArray[np.float32]
) -> DigitMap | None:
    st.markdown(
        "**t-SNE** moves the points, step by step, so that those that are neighbours in the layer "
        "become neighbours on the map, as far as that is possible. Another start gives another "
        "map. How far apart two groups lie, and how large they are, means little."
    )
    name = (
        "t-SNE of "
        f"{crc32(probabilities.tobytes())}"
    )  # a network that learned on gives other answers
    state = background_task(
        lab, name, f"Make the map, {_EARLY + _LATER} steps", partial(_steps, queue().ask, network)
    )
    return None if state is None else ask(inspect_tasks.tsne_map, network, state, sample.pixels)


def _steps(ask_worker: Callable[..., Any], network: Network) -> StepGenerator[bytes]:
    """t-SNE in short tasks."""
    state: bytes = ask_worker(inspect_tasks.tsne_begin, network, patient=True)
    for done in range(0, _EARLY + _LATER, _STEPS_AT_ONCE):
        yield done / (_EARLY + _LATER)
        early = _EXAGGERATION if done < _EARLY else 1.0
        state = ask_worker(
            inspect_tasks.tsne_go_on, network, state, _STEPS_AT_ONCE, early, patient=True
        )
    return state


def _around(layout: DigitMap, labels: NDArray[np.uint8], sample: Sample) -> tuple[int, int]:
    """How many of the ten digits nearest to the star are the most frequent of them, and which."""
    order = np.argsort(np.linalg.norm(layout.positions - layout.star, axis=1))
    nearest = order[order != (-1 if sample.index is None else sample.index)][:_AROUND]
    counts = np.bincount(labels[nearest])
    return int(counts.max()), int(counts.argmax())


def _table(
    layout: DigitMap, labels: NDArray[np.uint8], read: NDArray[np.int64] | None
) -> dict[str, object]:
    return {
        "Test digit": range(len(labels)),
        "Label": labels,
        **({} if read is None else {"Read as": read}),
        "Across": layout.positions[:, 0],
        "Up": layout.positions[:, 1],
    }
