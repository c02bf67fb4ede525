"""What a learner expects of a card, said before its action."""

from functools import partial

import streamlit as st

from digitlab.hour import Card
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import expectation_words
from digitlab.wording.say import say_message


def ask_prediction(lab: Lab, card: Card) -> bool:
    """Ask what is expected; it can be changed until the card is done.

    Args:
        lab: the session.
        card: that is open.

    Returns:
        Whether the action may begin: a prediction is said, or the page itself asks for it.
    """
    asks = say_message(CARD_WORDS[card.name].asks)
    said = lab.shared.hour.expected.get(card.name)
    if not card.expectations or lab.shared.hour.is_done(card):
        st.markdown(asks)  # what was expected stands beside what came
        return True
    key = control_key(f"hour_{card.name}", said)
    st.radio(
        asks,
        card.expectations,
        index=card.expectations.index(said) if said else None,
        format_func=partial(expectation_words, card.name),
        key=key,
        horizontal=True,
        on_change=_expect,
        args=(lab, card, key),
    )
    return said is not None


def _expect(lab: Lab, card: Card, key: str) -> None:
    if expectation := st.session_state[key]:
        lab.shared.hour.expect(card, expectation)
