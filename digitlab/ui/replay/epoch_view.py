"""Parts of Replay: the slider, and what is seen at the epoch that it stands at."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.figures.replay import curves_at, probability_history
from digitlab.records.history import history_columns
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.replay.training_replay import TrainingReplay, accuracy, when
from digitlab.ui.replay.weights import show_weights
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit
from digitlab.ui.widgets.exam import after_exam
from digitlab.ui.widgets.layout import beside_picture
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.descriptions import a, joined, percent
from digitlab.wording.numerals import per_cent
from digitlab.wording.reasons import problem_words

_BROUGHT = (
    "This network came from a file, which holds only its last weights: how it learned is not in "
    "it. Train one in the lab to see it learn."
)
_LOST = "The epochs of this run are not kept. Train it once more: same seed, same numbers."

_CURVES = (
    "The curves are those of Train: each training point is an average over one epoch, in which "
    "the network was still changing."
)
_DIAMONDS = (
    " A diamond is its accuracy on the **test digits** after an epoch, so it can lie above the "
    "curve. There is one at the first moment, at the last, and at each that you have looked at."
)


def training_replay(lab: Lab, network: TrainedNetwork | UploadedModel) -> TrainingReplay | str:
    """The session's replay of this network's training; a sentence if it has none."""
    if isinstance(network, UploadedModel):
        return _BROUGHT
    if lab.replay is None or lab.replay.network is not network:
        if len(network.epochs) < 2:
            return _LOST
        lab.replay = TrainingReplay(network)
    return lab.replay


def summary(lab: Lab, replay: TrainingReplay, data: Dataset) -> str:
    """What the training changed, in one line; "" if no worker answers, which `show_epoch` says."""
    if not is_taken(lab):
        history = replay.network.history
        begun, ended = (record.logs["loss"] for record in (history[0], history[-1]))
        return (
            f"the training loss of your network was {begun:.3f} in epoch 1 and {ended:.3f} in "
            f"epoch {len(history)}."
        )
    first, last = replay.epochs[0], replay.epochs[-1]
    try:
        before, after = (_hundred(replay.matrix(epoch, data)) for epoch in (first, last))
    except EngineError:
        return ""
    return f"{when(first)}, your network read {before} test digits; {when(last)}, {after}."


@st.fragment
def show_epoch(lab: Lab, data: Dataset) -> None:
    """The slider, and all that changes with it: a step computes nothing else of the page."""
    replay = training_replay(
        lab, need_network(lab)
    )  # here: what a fragment is given, its session holds
    if isinstance(replay, str):
        st.rerun()  # another network was opened meanwhile
    epoch = _choose_epoch(replay)
    try:
        reading, digit = st.columns(2, gap="large")
        with reading:
            if exam := after_exam(lab, "What it reads of all test digits, epoch by epoch,"):
                _show_reading(replay, epoch, data)
        with digit:
            _show_probability_history(lab, replay, epoch, data)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return
    st.header("The curves, and this epoch", anchor=False)
    diamonds = exam and replay.network.spec.training.metric == "accuracy"
    st.markdown(_CURVES + _DIAMONDS * diamonds)
    _show_curves(replay, epoch, replay.accuracies if diamonds else {})
    st.header("What its first layer has learned", anchor=False)
    show_weights(replay, epoch)
    show.code(snippets.replay(replay.network.spec, epoch), key="replay")


def _choose_epoch(replay: TrainingReplay) -> int:
    """A slider over the kept epochs, with a button for a step back and one on."""
    epochs, epoch = replay.epochs, replay.epoch
    index = epochs.index(epoch)
    key = control_key("replay_epoch", epoch)

    def go_to(epoch: int) -> None:
        replay.epoch = epoch

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Back",
            key="replay_back",
            icon=":material/chevron_left:",
            on_click=go_to,
            args=(epochs[max(0, index - 1)],),
            disabled=index == 0,
        )
        st.select_slider(
            "Epoch",
            epochs,
            value=epoch,
            key=key,
            format_func=lambda epoch: str(epoch) if epoch else "0: before it learned",
            on_change=lambda: go_to(st.session_state[key]),
        )
        st.button(
            "Next",
            key="replay_next",
            icon=":material/chevron_right:",
            on_click=go_to,
            args=(epochs[min(len(epochs) - 1, index + 1)],),
            disabled=index == len(epochs) - 1,
        )
    if len(epochs) <= epochs[-1] - epochs[0]:
        kept = joined(epochs[:-1], ", ")
        st.caption(
            f"The weights after each epoch would take too much room. Epochs {kept} and "
            f"{epochs[-1]} are kept."
        )
    return epoch


def _hundred(matrix: NDArray[np.int64]) -> str:
    """The accuracy as people say it."""
    return f"{100 * accuracy(matrix):.0f} of 100"


def _show_reading(replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """How many test digits it reads at this epoch, and which it takes for another."""
    matrix = replay.matrix(epoch, data)
    right = int(np.trace(matrix))
    reads = "reads" if epoch else "read"
    sentence = f"**{when(epoch).capitalize()}** it {reads} {_hundred(matrix)} test digits"
    earlier = [seen for seen in replay.matrices if seen < epoch]
    if epoch == 0:
        start = "all zero" if replay.network.spec.training.zero_start else "random"
        sentence += f". Its weights were still {start}: guessing would get 10"
    elif earlier:
        last = max(earlier)
        gain = right - int(np.trace(replay.matrices[last]))
        more = "more" if gain > 0 else "fewer"
        change = f"{abs(gain):,} {more} of the 10,000 than" if gain else "as many as"
        sentence += f": {change} {when(last)}"
    st.markdown(f"{sentence}.")
    show.chart(
        confusion_heat_map(matrix),
        key="replay_matrix",
        alt=f"Confusion matrix of the 10,000 test digits {when(epoch)}: {right:,} on the diagonal.",
    )


def _show_probability_history(lab: Lab, replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """One test digit, and how the ten probabilities for it changed from epoch to epoch."""
    choice, picture = beside_picture(72, "bottom")
    with choice:
        index = choose_test_digit(lab, "replay")
    label = int(data.y_test[index])
    with picture:
        show.digit(data.x_test[index], alt=f"Test digit {index}, {a(label)}", width=72)
    probabilities = replay.probability_history(index, data)
    here = probabilities[replay.epochs.index(epoch)]
    says = "says" if epoch else "said"
    st.markdown(
        f"{when(epoch).capitalize()} it {says} **{here.argmax()}** with {percent(here.max())}. "
        f"{_since(replay.epochs, probabilities, label)}"
    )
    show.chart(
        probability_history(replay.epochs, probabilities, label, epoch),
        key="replay_course",
        alt=f"Ten lines over the epochs, one a digit: {label}, the true one, goes from "
        f"{per_cent(probabilities[0, label])} to {per_cent(probabilities[-1, label])}.",
    )
    with st.expander("These probabilities as a table"):
        columns = {str(digit): probabilities[:, digit] for digit in range(probabilities.shape[1])}
        show.table({"epoch": replay.epochs, **columns})


def _since(epochs: Sequence[int], probabilities: NDArray[np.float32], label: int) -> str:
    """From when on the digit is read rightly."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != label)
    if len(wrong) == 0:
        return f"It has read this {label} correctly from the beginning."
    if wrong[-1] == len(epochs) - 1:
        return f"In the end it is still wrong: this is {a(label)}."
    return f"It has read this {label} rightly since epoch {epochs[wrong[-1] + 1]}."


def _show_curves(replay: TrainingReplay, epoch: int, tested: Mapping[int, float]) -> None:
    """The curves of Train with this epoch marked, and where the largest step was."""
    network = replay.network
    training, history = network.spec.training, network.history
    show.chart(
        curves_at(history, training.epochs, training.metric, epoch, tested),
        key="replay_curves",
        alt=f"Loss and {training.metric} of {len(history)} epochs, a line at epoch {epoch}"
        + ("; the test accuracy of the epochs that you have seen." if tested else "."),
    )
    losses = [record.logs["loss"] for record in history]
    if len(losses) > 1:
        drops = -np.diff(losses)
        at = int(drops.argmax())
        st.markdown(
            f"The loss fell most from epoch {at + 1} to {at + 2}: from {losses[at]:.3f} to "
            f"{losses[at + 1]:.3f}."
            if drops[at] > 0
            else f"The loss fell in no epoch: from {losses[0]:.3f} it went to {losses[-1]:.3f}."
        )
    with st.expander("These curves as a table"):
        show.table(history_columns(history))
