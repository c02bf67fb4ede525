"""A card is opened: its settings are set up, as by its link; and the hour is left."""

from dataclasses import replace
from typing import NoReturn

import streamlit as st

from digitlab.hour import CARDS, Card, card
from digitlab.hour.cards import seeded
from digitlab.specs import LessonSpec
from digitlab.ui.session.begin_training import train
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.shell import path
from digitlab.ui.shell.links import open_step


def open_card(lab: Lab, opened: Card) -> NoReturn:
    """Set the lab up for a card and go to its page; ends the run.

    Who has no network, and needs one there, gets one: its training begins at once.
    """
    lab.shared.hour.current = opened.name
    lab.lesson = seeded(opened, lab.spec.training.seed)
    lab.choose(lab.lesson.spec)
    digit = lab.lesson.selection
    lab.select_samples(replace(lab.selection, subset=digit.subset, index=digit.index))
    lab.cell = None
    if opened.trains and lab.network is None:
        train(lab, lab.spec)
    open_step(path.step(opened.page), opened.view)


def leave_hour(lab: Lab) -> None:
    """Close the card: its line leaves the pages, and all controls are free again."""
    lab.shared.hour.current = ""
    lab.lesson = LessonSpec(lab.spec, lab.selection)


def begin_anew(lab: Lab) -> None:
    """Forget all that was predicted and seen."""
    leave_hour(lab)
    lab.shared.hour.begin_anew()
    show_card_next(CARDS[0])


def begin_where_left(lab: Lab) -> None:
    """Show, the first time in a session, the card that is open, or the first one not done."""
    hour = lab.shared.hour
    shown = card(hour.current) or hour.next
    if shown is not None:
        st.session_state.setdefault(key_of(path.HOUR.name), shown.name)


def show_card_next(following: Card) -> None:
    """Choose which card the page shows at its next run."""
    st.session_state[key_of(path.HOUR.name)] = following.name
