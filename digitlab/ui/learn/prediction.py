"""What the learner predicts of a weight, before its gradient is shown."""

from typing import Final

import streamlit as st

from digitlab.records.learning import DigitStep
from digitlab.ui.learn.subject import Subject
from digitlab.wording.numerals import significant
from digitlab.wording.say import Message, say, say_message, to_say

UP, DOWN, STAYS = "up", "down", "stays"

_WAYS: Final[dict[str, Message]] = {
    UP: to_say("Up"),
    DOWN: to_say("Down"),
    STAYS: to_say("It stays"),
}
"""Which way a weight can go."""


def is_predicted(subject: Subject, step: DigitStep) -> bool:
    """Whether the learner has said which way this weight goes; its gradient tells the answer."""
    return st.session_state.get(_name_of(subject, step)) is not None


def _name_of(subject: Subject, step: DigitStep) -> str:
    place = step.chain.place
    return f"learn_guess_{subject.name}_{place.layer}_{place.source}_{place.unit}"


def ask_way(subject: Subject, step: DigitStep) -> str | None:
    """What the learner expects of the weight; None before an answer."""
    return st.segmented_control(
        say(
            "This weight is {weight} now. The step should make the loss smaller. Which way will "
            "the weight go?",
            weight=significant(step.chain.weight),
        ),
        list(_WAYS),
        format_func=lambda way: say_message(_WAYS[way]),
        key=_name_of(subject, step),
        persist_state="session",
    )
