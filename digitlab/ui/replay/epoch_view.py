"""Parts of Replay: the slider, and what is seen at the epoch that it stands at."""

import contextlib

import streamlit as st

from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.export import snippets
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.replay.curves import show_curves
from digitlab.ui.replay.digit import show_digit
from digitlab.ui.replay.test_digits import show_test_digits
from digitlab.ui.replay.training_replay import TrainingReplay, of_hundred
from digitlab.ui.replay.weights import show_weights
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.exam import after_exam
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.lists import with_and
from digitlab.wording.numerals import decimal
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import say


def training_replay(lab: Lab, network: TrainedNetwork | UploadedModel) -> TrainingReplay | str:
    """The session's replay of this network's training; a sentence if it has none."""
    if isinstance(network, UploadedModel):
        return say(
            "This network came from a file. A file holds only the last weights, so the lab can't "
            "show how the network learned. Train a network in the lab to see it learn."
        )
    if lab.replay is None or lab.replay.network is not network:
        if len(network.epochs) < 2:
            return say(
                "The lab has not kept the epochs of this run. Train it once more: the same seed "
                "gives the same numbers."
            )
        lab.replay = TrainingReplay(network)
    return lab.replay


def summary(lab: Lab, replay: TrainingReplay, data: Dataset, view: str) -> str:
    """What the view showed of the training, in one line with a number of this network."""
    if view == "curves":
        return _losses(replay)
    if view == "test" and is_taken(lab):
        first, last = replay.epochs[0], replay.epochs[-1]
        with contextlib.suppress(EngineError):  # `show_epoch` says so where it shows them
            before, after = (of_hundred(replay.matrix(epoch, data)) for epoch in (first, last))
            if first == 0:
                return say(
                    "Your network read {before} of 100 test digits before it learned, and {after} "
                    "of 100 after epoch {last}.",
                    before=before,
                    after=after,
                    last=last,
                )
            return say(
                "Your network read {before} of 100 test digits after epoch {first}, and {after} of "
                "100 after epoch {last}.",
                before=before,
                first=first,
                after=after,
                last=last,
            )
    return say(
        "You can see your network at {count} moments of its training. The last one is after epoch "
        "{last}.",
        count=len(replay.epochs),
        last=replay.epochs[-1],
    )


def _losses(replay: TrainingReplay) -> str:
    history = replay.network.history
    begun, ended = (record.logs["loss"] for record in (history[0], history[-1]))
    return say(
        "The training loss of your network was {begun} in epoch 1 and {ended} in epoch {last}.",
        begun=decimal(begun, 3),
        ended=decimal(ended, 3),
        last=len(history),
    )


@st.fragment
def show_epoch(lab: Lab, data: Dataset, view: str) -> None:
    """The slider, and all that changes with it: a step computes nothing else of the page.

    Args:
        lab: the session.
        data: the digits.
        view: what is seen of an epoch, one of the page's views.
    """
    replay = training_replay(
        lab, need_network(lab)
    )  # here: what a fragment is given, its session holds
    if isinstance(replay, str):
        st.rerun()  # another network was opened meanwhile
    epoch = _choose_epoch(replay)
    try:
        _show_view(lab, replay, epoch, data, view)
    except EngineError as error:
        st.error(problem_words(error.problem))
        return
    show.code(snippets.replay(replay.network.spec, epoch), key="replay", folded=True)


def _show_view(lab: Lab, replay: TrainingReplay, epoch: int, data: Dataset, view: str) -> None:
    if view == "test":
        if after_exam(
            lab, say("This view would tell the test score of your network after each epoch.")
        ):
            show_test_digits(replay, epoch, data)
    elif view == "curves":
        tested = is_taken(lab) and replay.network.spec.training.metric == "accuracy"
        if tested:  # from here on the accuracy of these epochs is known
            for seen in (replay.epochs[0], epoch, replay.epochs[-1]):
                replay.matrix(seen, data)
        show_curves(replay, epoch, replay.accuracies if tested else {})
    elif view == "weights":
        show_weights(replay, epoch)
    else:
        show_digit(lab, replay, epoch, data)


def _choose_epoch(replay: TrainingReplay) -> int:
    """A slider over the kept epochs, with a button for a step back and one on."""
    epochs, epoch = replay.epochs, replay.epoch
    index = epochs.index(epoch)
    key = control_key("replay_epoch", epoch)

    def go_to(epoch: int) -> None:
        replay.epoch = epoch

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            say("Back"),
            key="replay_back",
            icon=":material/chevron_left:",
            on_click=go_to,
            args=(epochs[max(0, index - 1)],),
            disabled=index == 0,
        )
        st.select_slider(
            say("Epoch"),
            epochs,
            value=epoch,
            key=key,
            format_func=lambda epoch: str(epoch) if epoch else say("0: start"),
            on_change=lambda: go_to(st.session_state[key]),
        )
        st.button(
            say("Next"),
            key="replay_next",
            icon=":material/chevron_right:",
            on_click=go_to,
            args=(epochs[min(len(epochs) - 1, index + 1)],),
            disabled=index == len(epochs) - 1,
        )
    if len(epochs) <= epochs[-1] - epochs[0]:
        st.caption(
            say(
                "The weights of all epochs need too much space. The lab has kept those of the "
                "epochs {epochs}.",
                epochs=with_and([str(kept) for kept in epochs]),
            )
        )
    return epoch
