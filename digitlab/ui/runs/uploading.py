"""Bring a network from a file: an uploader, what the lab makes of the file, the way back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.errors import UploadError
from digitlab.compute.errors import EngineError
from digitlab.data.mnist import Dataset
from digitlab.specs import Preprocessing
from digitlab.ui.runs.upload_words import pixels_sentence, tried_table
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import turn_given_away
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.exam import reads
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.uploader import uploader
from digitlab.uploads.models import input_guess
from digitlab.uploads.models.isolated import read_isolated
from digitlab.uploads.models.parsed import ParsedModel, UploadedModel, evaluate_model
from digitlab.uploads.models.pooled import PooledModel
from digitlab.wording.numerals import by, whole
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.problems.upload_layers import KNOWN
from digitlab.wording.problems.uploads import network_refusal, output_notes
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.choices import plain
from digitlab.wording.settings.descriptions import pixels_words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

Ask = Callable[[float, str, ParsedModel, NDArray[np.uint8]], NDArray[np.float32]]
"""Says how far it is, and gives a network's answers to some digits."""

_READ = "brought_file"  # in the session's state: id of the file read last, and its refusal
_READ_AT_ONCE = 1000
_READS_TRAINING: Final = to_say("The network reads training digit {first} of {all}…")
_READS_TEST: Final = to_say("The network reads test digit {first} of {all}…")
_TRYING = 0.45  # of the bar: what is tried takes nearly as long as all test digits after it


def bring_network(lab: Lab, data: Dataset) -> None:
    """A place to bring a network from a file, and what is said of the one that is there."""
    with fold(
        say("Upload a network from a file"),
        expanded=lab.uploaded is not None,
        icon=":material/upload_file:",
    ):
        st.markdown(
            say(
                "Did you train a network on your own computer? Save it with "
                '`model.save("network.keras")`, and choose the file here. Then you can use it on '
                "Evaluate, Predict and Draw."
            )
        )
        explanation = say(
            "It must be a network for digits of {size} pixels, with one layer after the other. "
            "{known} The lab reads the file as data and never runs a program in it. It finds out "
            "which numbers the network takes for the pixels: from 0 to 1, from 0 to 255, dark on "
            "light, and others.",
            size=by(28, 28),
            known=say_message(KNOWN),
        )
        file = uploader(
            say(
                "A .keras or .h5 file, up to {most}\N{NO-BREAK SPACE}MB",
                most=limits.MAX_NETWORK_MEGABYTES,
            ),
            key="bring",
            megabytes=limits.MAX_NETWORK_MEGABYTES,
            explanation=explanation,
        )
        if file is not None:
            _read_once(lab, data, file)
        if lab.uploaded is not None:
            _show_uploaded(lab, lab.uploaded)


def _read_once(lab: Lab, data: Dataset, file: "UploadedFile") -> None:
    """Read a file that is new; it lies in the uploader while the page runs again and again."""
    known, refusal = st.session_state.get(_READ, ("", ""))
    if file.file_id != known:
        reading = say("The lab is reading the file…")
        progress = st.progress(0.0, reading)
        refusal = ""
        try:
            queue().expect_uploads()  # it takes seconds to start; reading, half a second
            with turn_given_away(partial(progress.progress, 0.0, reading)):
                network = read_isolated(file.getvalue())
            ask = partial(_ask, lab, progress)
            tried = input_guess.shares(network, partial(_try, ask), data.x_train, data.y_train)
            some = data.x_train[: limits.SETTLE_DIGITS]
            network = input_guess.settled(
                network, tried, partial(_read, ask, some, _READS_TRAINING), data.y_train
            )
            answers = _read(ask, data.x_test, _READS_TEST, network)
            lab.uploaded = PooledModel(
                evaluate_model(network, file.name, answers, data.y_test, tried)
            )
        except UploadError as error:
            refusal = network_refusal(error)
        except EngineError as error:
            refusal = problem_words(error.problem)
        st.session_state[_READ] = (file.file_id, refusal)
        progress.empty()
        if not refusal:
            st.rerun()  # the sidebar and the list follow
    if refusal:
        st.error(f"**{plain(file.name)}**: {plain(refusal)}")


def _try(ask: Ask, network: ParsedModel, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Its answers to a few training digits with the preprocessing that it has for now."""
    ways = list(Preprocessing)
    share = _TRYING * ways.index(network.preprocessing) / len(ways)
    text = say("The lab tries {pixels}…", pixels=pixels_words(network.preprocessing))
    return ask(share, text, network, images)


def _read(
    ask: Ask, images: NDArray[np.uint8], said: Message, network: ParsedModel
) -> NDArray[np.float32]:
    """Its answers to many digits, in parts: others' questions come between."""
    answers = []
    for first in range(0, len(images), _READ_AT_ONCE):
        share = _TRYING + (1 - _TRYING) * first / len(images)
        text = say_message(said, first=whole(first), all=whole(len(images)))
        answers.append(ask(share, text, network, images[first : first + _READ_AT_ONCE]))
    return np.concatenate(answers)


def _ask(
    lab: Lab,
    progress: "DeltaGenerator",
    share: float,
    text: str,
    network: ParsedModel,
    images: NDArray[np.uint8],
) -> NDArray[np.float32]:
    """Its answers to some digits, while the page says how far it is."""
    progress.progress(share, text)
    said = f"{text} {say('The questions of other people go first…')}"
    waits = partial(progress.progress, share, said)  # it ends a page that was left
    with turn_given_away(waits):
        return queue().asking.predict(network, images, lab.owner, waits)


def _show_uploaded(lab: Lab, uploaded: UploadedModel) -> None:
    sentence = say(
        "**{name}** is your network now. {reads}", name=plain(uploaded.name), reads=reads(lab)
    )
    if uploaded.poor:
        st.warning(sentence, icon=":material/warning:")
    else:
        st.success(sentence, icon=":material/check_circle:")
    stack = uploaded.architecture
    st.markdown(
        say_count(
            "{layers}: {count} parameter.",
            "{layers}: {count} parameters.",
            stack.parameters,
            layers=plain(stack.words),
        )
    )
    for note in (pixels_sentence(uploaded), *output_notes(stack)):
        st.markdown(f":material/info: {note}")
    if table := tried_table(uploaded):
        with fold(say("What the lab tried")):
            st.markdown(table)
    with st.container(horizontal=True):
        link(path.step("Draw"), say("**Draw a digit**"), ":material/draw:")
        if is_taken(lab):
            link(path.step("Evaluate"), say("See its mistakes"), ":material/grid_on:")
        else:
            link(path.step("Evaluate"), say("Go to the exam on Evaluate"), ":material/school:")
    st.caption(
        say(
            "The lab does not keep this network. You have it until you train another network, "
            "choose one on this page, or reload the page."
        )
    )
    st.button(
        say("Remove it"),
        key="put_away",
        icon=":material/close:",
        on_click=_put_away,
        args=(lab,),
    )


def _put_away(lab: Lab) -> None:
    lab.uploaded = None
