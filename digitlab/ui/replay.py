"""Parts of Replay: the slider, and what is seen at the epoch that it stands at."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.brought.network import BroughtNetwork
from digitlab.data import Dataset
from digitlab.descriptions import a, joined, percent
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.figures.replay import course, curves_at
from digitlab.figures.tiles import tiles
from digitlab.inspection.arithmetic import first_pictures
from digitlab.inspection.stacks import layers_of, stack_of
from digitlab.training.history import history_columns
from digitlab.training.networks import TrainedNetwork
from digitlab.ui import show
from digitlab.ui.keys import control_key
from digitlab.ui.layout import beside_picture
from digitlab.ui.playback import Playback, accuracy
from digitlab.ui.sample import choose_test_digit
from digitlab.ui.state import Lab

_UNITS_SHOWN = 10
_UNIT_WIDTH = 84

_BROUGHT = (
    "This network came from a file, which holds only its last weights: how it learned is not in it. "
    "Train one in the lab to see it learn."
)
_LOST = "The epochs of this run are not kept. Train it once more: same seed, same numbers."

_COLOURS = (
    "**Blue**: ink there raises its sum. **Orange**: ink there lowers it. White is 0. A colour means "
    "the same number at every epoch, so you can see what changes."
)
_PLACES = (
    "Each picture shows the weights of one unit of the first layer, each weight where its pixel is. "
    f"{_COLOURS}"
)
_WINDOWS = (
    "Each picture shows the weights of one filter, a window that slides over the picture. "
    f"{_COLOURS}"
)


def playback(lab: Lab, network: TrainedNetwork | BroughtNetwork) -> Playback | str:
    """The session's playback of this network; a sentence if it has none."""
    if isinstance(network, BroughtNetwork):
        return _BROUGHT
    if lab.playback is None or lab.playback.network is not network:
        if len(network.epochs) < 2:
            return _LOST
        lab.playback = Playback(network)
    return lab.playback


def choose_epoch(lab: Lab, film: Playback) -> int:
    """A slider over the kept epochs, with a button for a step back and one on."""
    epochs, epoch = film.epochs, film.epoch
    place = epochs.index(epoch)
    key = control_key("replay_epoch", epoch)

    def go_to(epoch: int) -> None:
        film.epoch = epoch

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Back",
            key="replay_back",
            icon=":material/chevron_left:",
            on_click=go_to,
            args=(epochs[max(0, place - 1)],),
            disabled=place == 0,
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
            args=(epochs[min(len(epochs) - 1, place + 1)],),
            disabled=place == len(epochs) - 1,
        )
    if len(epochs) <= epochs[-1] - epochs[0]:
        kept = joined(epochs[:-1], ", ")
        st.caption(
            f"The weights after each epoch would take too much room. Epochs {kept} and {epochs[-1]} are kept."
        )
    return epoch


def when(epoch: int) -> str:
    """A moment in words."""
    return f"after epoch {epoch}" if epoch else "before it learned"


def hundred(matrix: NDArray[np.int64]) -> str:
    """The accuracy as people say it."""
    return f"{100 * accuracy(matrix):.0f} of 100"


def show_reading(film: Playback, epoch: int, data: Dataset) -> None:
    """How many test digits it reads at this epoch, and which it takes for another."""
    matrix = film.matrix(epoch, data)
    right = int(np.trace(matrix))
    reads = "reads" if epoch else "read"
    sentence = f"**{when(epoch).capitalize()}** it {reads} {hundred(matrix)} test digits"
    earlier = [one for one in film.matrices if one < epoch]
    if epoch == 0:
        start = "all zero" if film.network.spec.training.zero_start else "random"
        sentence += f". Its weights were still {start}: guessing would get 10"
    elif earlier:
        last = max(earlier)
        gain = right - int(np.trace(film.matrices[last]))
        more = "more" if gain > 0 else "fewer"
        change = f"{abs(gain):,} {more} of the 10,000 than" if gain else "as many as"
        sentence += f": {change} {when(last)}"
    st.markdown(f"{sentence}.")
    show.chart(
        confusion_heat_map(matrix),
        key="replay_matrix",
        alt=f"Confusion matrix of the 10,000 test digits {when(epoch)}: {right:,} on the diagonal.",
    )


def show_course(lab: Lab, film: Playback, epoch: int, data: Dataset) -> None:
    """One test digit, and how the ten probabilities for it changed from epoch to epoch."""
    choice, picture = beside_picture(72, "bottom")
    with choice:
        index = choose_test_digit(lab, "replay")
    label = int(data.y_test[index])
    with picture:
        show.digit(data.x_test[index], alt=f"Test digit {index}, {a(label)}", width=72)
    answers = film.course(index, data)
    here = answers[film.epochs.index(epoch)]
    says = "says" if epoch else "said"
    st.markdown(
        f"{when(epoch).capitalize()} it {says} **{here.argmax()}** with {percent(here.max())}. "
        f"{_since(film.epochs, answers, label)}"
    )
    show.chart(
        course(film.epochs, answers, label, epoch),
        key="replay_course",
        alt=f"Ten lines over the epochs, one a digit: {label}, the true one, goes from "
        f"{100 * answers[0, label]:.0f} % to {100 * answers[-1, label]:.0f} %.",
    )
    with st.expander("These probabilities as a table"):
        columns = {str(digit): answers[:, digit] for digit in range(answers.shape[1])}
        show.table({"epoch": film.epochs, **columns})


def _since(epochs: Sequence[int], answers: NDArray[np.float32], label: int) -> str:
    """From when on the digit is read rightly."""
    wrong = np.flatnonzero(answers.argmax(axis=1) != label)
    if len(wrong) == 0:
        return f"It called this {label} by its name from the beginning."
    if wrong[-1] == len(epochs) - 1:
        return f"In the end it is still wrong: this is {a(label)}."
    return f"It has read this {label} rightly since epoch {epochs[wrong[-1] + 1]}."


def show_curves(film: Playback, epoch: int) -> None:
    """The curves of Train with this epoch marked, and where the largest step was."""
    network = film.network
    training, history = network.spec.training, network.history
    show.chart(
        curves_at(history, training.epochs, training.metric, epoch, film.accuracies),
        key="replay_curves",
        alt=f"Loss and {training.metric} of {len(history)} epochs, a line at epoch {epoch}; the test "
        f"accuracy of the epochs that you have seen.",
    )
    losses = [record.logs["loss"] for record in history]
    if len(losses) > 1:
        falls = -np.diff(losses)
        at = int(falls.argmax())
        st.markdown(
            f"The loss fell most from epoch {at + 1} to {at + 2}: from {losses[at]:.3f} to "
            f"{losses[at + 1]:.3f}."
            if falls[at] > 0
            else f"The loss fell in no epoch: from {losses[0]:.3f} it went to {losses[-1]:.3f}."
        )
    with st.expander("These curves as a table"):
        show.table(history_columns(history))


def show_weights(film: Playback, epoch: int) -> None:
    """The weights of the first layer at this epoch, as pictures."""
    pictures = {one: _pictures(film, one) for one in {epoch, film.epochs[-1]}}
    now = pictures[epoch]
    if now is None:
        st.markdown("The weights of its first layer don't lie on the picture, so they make none.")
        return
    spec = film.network.spec.network
    one = "filter" if spec.convolutions else "unit" if spec.hidden else "digit"
    names = [f"{one} {number}" for number in range(len(now))]
    last = pictures[film.epochs[-1]]
    most = float(np.abs(last).max()) if last is not None else 1.0
    shown = min(len(now), _UNITS_SHOWN)
    st.markdown(_WINDOWS if one == "filter" else _PLACES)
    if shown < len(now):
        st.caption(f"The first {shown} of {len(now)}: Look inside shows all of them.")
    show.pictures(
        tiles(now[:shown], most, _UNIT_WIDTH),
        names[:shown],
        [f"Weights of {name} {when(epoch)}" for name in names[:shown]],
        _UNIT_WIDTH,
    )
    with st.expander("These weights in numbers"):
        show.table(
            {
                "": names,
                "smallest weight": now.min(axis=(1, 2)),
                "largest weight": now.max(axis=(1, 2)),
            },
        )


def _pictures(film: Playback, epoch: int) -> NDArray[np.float32] | None:
    """The first layer's weights at an epoch, `(units, h, w)`."""
    network = film.at(epoch)
    stack = stack_of(network.architecture)
    first = next(layer for layer in layers_of(network) if layer.arrays)
    return first_pictures(stack, first)
