"""What pages tell the guided hour: what a learner has just seen there."""

import streamlit as st

from digitlab.hour import card
from digitlab.hour.outcomes import Value
from digitlab.ui.session.state import Lab


def saw(lab: Lab, name: str, **values: Value) -> bool:
    """Note for a card of the guided hour what a page has shown after the learner's action.

    Without a prediction for this card before it, nothing is noted: so who is not in the hour
    notices nothing.

    Args:
        lab: the session.
        name: of the card.
        values: what its outcome is worked out from, and what is said of it.

    Returns:
        Whether the card is done with that, and was not before.
    """
    known = card(name)
    assert known is not None, name
    return lab.shared.hour.saw(known, values)


def follow_hour(lab: Lab) -> None:
    """Run the page anew if it has just finished a card: the line on top says so then."""
    if lab.shared.hour.fresh:
        lab.shared.hour.fresh = False
        if lab.shared.hour.current:
            st.rerun()
