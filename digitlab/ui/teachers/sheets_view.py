"""Two sheets to print: for pupils, and with the answers."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.specs.display_name import shortened
from digitlab.teaching.facts import OwnNetwork
from digitlab.teaching.lesson_links import typed_address
from digitlab.ui.session.exam import shown_score
from digitlab.ui.session.here import root
from digitlab.ui.session.state import Lab
from digitlab.ui.teachers.codes_view import made_codes
from digitlab.ui.widgets.layout import side_by_side
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.language import speaking
from digitlab.wording.say import say
from digitlab.wording.settings.network_names import preset_or_layers

_HALF = 280  # pixels
_NAME = 60  # characters: one line of a sheet


def show_sheets(lab: Lab, data: Dataset) -> None:
    """What stands on each sheet, and its download."""
    st.markdown(
        say(
            "Each sheet is a file that a browser opens and prints. It has two pages of paper and "
            "needs no colours."
        )
    )
    pupils, teacher = side_by_side(_HALF, _HALF)
    codes = made_codes(lab)
    with pupils.container(border=True):
        st.header(say("For pupils"), anchor=False)
        st.markdown(
            say(
                "For each card: what do you expect, what do you observe, and a question. There are "
                "lines to write on."
            )
        )
        st.markdown(
            say("Your codes are beside the cards.")
            if codes
            else say("Make the codes first (*Codes* at the top). Then the sheet shows them.")
        )
        make = partial(_pupil_sheet, codes, typed_address(root()))
        _offer(lab, say("Sheet for pupils"), "guided-hour-pupils.html", make)
    with teacher.container(border=True):
        st.header(say("For you"), anchor=False)
        st.markdown(
            say(
                "For each card: what nearly always happens, the correct answer, and what helps "
                "after a wrong answer. The numbers of the digits and of the article's "
                "network are at the end."
            )
        )
        st.markdown(
            say("The sheet also shows the numbers of your own network.")
            if lab.network
            else say("Train a network first. Then the sheet also shows its numbers.")
        )
        _offer(lab, say("Sheet with the answers"), "guided-hour-answers.html", _answers(lab, data))


def _offer(lab: Lab, label: str, file: str, make: Callable[[], str]) -> None:
    """A download that is made at the press, in a thread that speaks no language of its own."""
    st.download_button(
        label,
        partial(speaking, lab.language, make),
        file,
        "text/html",
        key=file,
        on_click="ignore",
        icon=":material/print:",
    )


def _pupil_sheet(codes: dict[str, str], address: str) -> str:
    from digitlab.teaching.sheets import pupil_sheet  # with jinja2, at the first press

    return pupil_sheet(codes, address)


def _answers(lab: Lab, data: Dataset) -> Callable[[], str]:
    network, name, score = lab.network, _name(lab), shown_score(lab)

    def make() -> str:
        from digitlab.teaching.sheets import answer_sheet

        own = OwnNetwork.of(network, name, score, data) if network else None
        return answer_sheet(data, own)

    return make


def _name(lab: Lab) -> str:
    """What the current network is called; "" without one."""
    network = lab.network
    if network is None:
        return ""
    if isinstance(network, UploadedModel):
        name = network.name
    else:
        name = preset_or_layers(network.spec.network)
    return shortened(name, _NAME)
