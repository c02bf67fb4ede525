"""A map of test digits, by what the last hidden layer makes of them."""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any, Final
from zlib import crc32

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import digits_on_map
from digitlab.compute.background import StepGenerator
from digitlab.compute.tasks import inspection
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import inside
from digitlab.figures.digit_map import digit_map
from digitlab.records.inside import DigitMap
from digitlab.records.networks import Network
from digitlab.ui.inside.keras_code import one_hot, show_code
from digitlab.ui.inside.sample_choice import Sample, look_at_test_digit
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.progress import background_task
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.numerals import per_cent, whole
from digitlab.wording.say import Message, say, say_message, to_say

_PCA, _TSNE = "pca", "tsne"
_KINDS: Final[dict[str, Message]] = {_PCA: to_say("PCA"), _TSNE: to_say("t-SNE")}
_STEPS_AT_ONCE = 10  # a tenth of a second
_EARLY, _LATER = 250, 500  # steps, as the method's authors advise
_EXAGGERATION = 12.0
_AROUND = 10


def show_map(
    lab: Lab, data: Dataset, network: Network, sample: Sample, probabilities: NDArray[np.float32]
) -> str:
    """The map with the sample as a star; returns what was seen."""
    stack = stack_of(network.architecture)
    shown = digits_on_map(stack)
    opened = is_taken(lab)
    words, chart = st.columns([3, 5], gap="large")
    with words:
        st.markdown(_words(stack.has_hidden_layer, shown, opened))
        kind = _choose_kind()
        layout = (
            _pca(network, sample) if kind == _PCA else _tsne(lab, network, sample, probabilities)
        )
    if layout is None:
        return ""
    labels, pictures = data.y_test[:shown], data.x_test[:shown]
    read = probabilities[:shown].argmax(axis=1) if opened else None
    title = say("A map of {count} test digits", count=whole(len(labels)))
    with chart:
        show.chart(
            digit_map(layout.positions, pictures, labels, read, layout.star, title),
            key="inside_digit_map",
            alt=_alt(title, kind, opened),
            on_point=lambda point: look_at_test_digit(lab, int(point["customdata"][0])),
        )
    if not opened:
        after_exam(
            lab,
            say("Rings around the wrong answers would tell the test score of your network."),
        )
    with fold(say("The places as numbers")):
        show.table(_table(layout, labels, read))
    show_code(lab, inside.digit_map(stack, shown, one_hot(lab)), folded=True)
    if kind == _TSNE:
        st.caption(
            say("The code draws the map by PCA. In scikit-learn t-SNE is `sklearn.manifold.TSNE`.")
        )
    near, nearest = _around(layout, labels, sample)
    return say(
        "The most frequent label around the star is {digit}: {count} of {around} on the map made "
        "by {kind}. Your network reads this picture as {answer}.",
        digit=nearest,
        count=near,
        around=_AROUND,
        kind=say_message(_KINDS[kind]),
        answer=sample.answer,
    )


def _words(has_hidden_layer: bool, shown: int, opened: bool) -> str:
    """How to read the map; `opened` says whether the exam was taken."""
    sentences = [
        say("Your network turns every picture into the numbers of its last hidden layer.")
        if has_hidden_layer
        else say("Your network turns every picture into ten sums."),
        say(
            "Here are {count} test digits on a map. Digits with similar numbers are close "
            "together. Each digit is written as its label.",
            count=whole(shown),
        ),
        say("A **ring** marks a digit that your network reads wrongly.") if opened else "",
        say(
            "The **star** is the picture that you chose above. Point at a digit to see its "
            "picture. Click on it to choose it."
        ),
    ]
    return " ".join(filter(None, sentences))


def _alt(title: str, kind: str, opened: bool) -> str:
    """What is seen on the map, for those who can't see it."""
    named = say_message(_KINDS[kind])
    if opened:
        return say(
            "{title}, made by {kind}. Each is written as its label. Those that your network reads "
            "wrongly are in a ring. The chosen picture is a star.",
            title=title,
            kind=named,
        )
    return say(
        "{title}, made by {kind}. Each is written as its label. The chosen picture is a star.",
        title=title,
        kind=named,
    )


def _choose_kind() -> str:
    """Who draws the map: the package for t-SNE has no wheel for every machine."""
    if find_spec("openTSNE") is None:
        st.caption(say("This lab draws the map by PCA: it has no package for t-SNE."))
        return _PCA
    return choose_view(
        say("Map made by"), [*_KINDS], "inside_kind", lambda kind: say_message(_KINDS[kind])
    )


def _pca(network: Network, sample: Sample) -> DigitMap | None:
    layout = ask(inspection.pca_map, network, sample.pixels)
    if layout is not None:
        sentences = [
            say(
                "**PCA** (principal component analysis) looks at the cloud of digits from the side "
                "where they spread most."
            ),
            say(
                "It keeps {share} of the **variance**, a measure of how far they spread.",
                share=per_cent(layout.share),
            )
            if layout.share
            else "",
            say(
                "A map has only two directions. So digits that are far apart in the layer can be "
                "close together on the map."
            ),
        ]
        st.markdown(" ".join(filter(None, sentences)))
    return layout


def _tsne(
    lab: Lab, network: Network, sample: Sample, probabilities: NDArray[np.float32]
) -> DigitMap | None:
    st.markdown(
        say(
            "**t-SNE** moves the points step by step. It keeps neighbours in the layer close "
            "together on the map, as far as that is possible. Another start gives another map. The "
            "size of a group says little. The distance between two groups says little too."
        )
    )
    name = (
        "t-SNE of "
        f"{crc32(probabilities.tobytes())}"
    )  # a network that learned on gives other answers
    label = say("Make the map, {count} steps", count=_EARLY + _LATER)
    state = background_task(lab, name, label, partial(_steps, queue().ask, network))
    return None if state is None else ask(inspection.tsne_map, network, state, sample.pixels)


def _steps(ask_worker: Callable[..., Any], network: Network) -> StepGenerator[bytes]:
    """t-SNE in short tasks."""
    state: bytes = ask_worker(inspection.tsne_begin, network, patient=True)
    for done in range(0, _EARLY + _LATER, _STEPS_AT_ONCE):
        yield done / (_EARLY + _LATER)
        early = _EXAGGERATION if done < _EARLY else 1.0
        state = ask_worker(
            inspection.tsne_go_on, network, state, _STEPS_AT_ONCE, early, patient=True
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
        say("Test digit"): range(len(labels)),
        say("Label"): labels,
        **({} if read is None else {say("Read as"): read}),
        say("Across"): layout.positions[:, 0],
        say("Up"): layout.positions[:, 1],
    }
