"""The plan of the guided hour by minutes."""

import math

import streamlit as st

from digitlab.hour import CARDS, MINUTES
from digitlab.teaching import PLAN, Slot, measured
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.wording.say import say, say_message
from digitlab.wording.teaching.links import card_title
from digitlab.wording.teaching.plan import SLOT_WORDS

_WAIT_MINUTES = math.ceil(max(measured.FIVE_EACH_SECONDS) / 60)


def show_plan(lab: Lab) -> None:
    """The eight cards, what pupils and the teacher do, and where the hour can end early."""
    st.markdown(
        say(
            "The guided hour has {cards} cards and takes {minutes} minutes. Pupils work alone or "
            "in pairs. Each card has the same four parts: predict, do, observe, answer.",
            cards=len(CARDS),
            minutes=MINUTES,
        )
    )
    first, second = (slot for slot in PLAN if slot.stop)
    st.markdown(
        say(
            "**You have less time?** A shorter hour can end after card {first}, at minute "
            "{first_minute}, or after card {second}, at minute {second_minute}. You can leave out "
            "a card. But card {exam} needs card {change}.",
            first=first.number,
            first_minute=first.ends,
            second=second.number,
            second_minute=second.ends,
            exam=_number("exam"),
            change=_number("change"),
        )
    )
    link(path.HOUR, say("Open the guided hour"), ":material/timer:")
    with st.container(gap="xsmall"):
        for slot in PLAN:
            _show_slot(slot)


def _show_slot(slot: Slot) -> None:
    said = SLOT_WORDS[slot.card.name]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            st.markdown(f"**{card_title(slot.card.name, slot.number)}**", width="content")
            st.markdown(
                say("Minutes {begins} to {ends}", begins=slot.begins, ends=slot.ends),
                width="content",
            )
        pupils, teacher = st.columns(2)
        pupils.markdown(say("**Pupils:** {what}", what=say_message(said.pupils)))
        what = say_message(said.teacher, pupils=measured.CLASS, minutes=_WAIT_MINUTES)
        teacher.markdown(say("**You:** {what}", what=what))


def _number(name: str) -> int:
    return next(slot.number for slot in PLAN if slot.card.name == name)
