"""The open card of the guided hour, on top of the page where its action is done."""

import streamlit as st

from digitlab.hour import CARDS, card
from digitlab.ui.hour.prediction import ask_prediction
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import expectation_words, result_words
from digitlab.wording.say import say, say_message


def is_card_here(lab: Lab, page: str) -> bool:
    """Whether the card that is open is done on this page.

    Args:
        lab: the session.
        page: its name.
    """
    current = card(lab.shared.hour.current)
    return current is not None and current.page == page


def hour_line(lab: Lab, page: str) -> None:
    """What the open card asks for here; nothing outside the hour, and on other pages.

    Args:
        lab: the session.
        page: its name.
    """
    current = card(lab.shared.hour.current)
    if current is None or not is_card_here(lab, page):
        return
    words = CARD_WORDS[current.name]
    with st.container(border=True, key="hour_line"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(
                say(
                    "**Card {number} of {all}: {title}**",
                    number=CARDS.index(current) + 1,
                    all=len(CARDS),
                    title=say_message(words.title),
                ),
                width="content",
            )
            link(path.HOUR, say("Back to the hour"), ":material/timer:", view=current.name)
        observation = lab.shared.hour.observed.get(current.name)
        if observation is not None:
            came = result_words(current.name, observation.values)
            back = say("Go back to the hour for the question of this card.")
            st.markdown(f":material/check_circle: **{say('Done.')}** {came} {back}")
            return
        said = lab.shared.hour.expectation(current)
        lines = []
        if said is not None:  # it can be changed on the card: here it would push the page down
            answer = expectation_words(current.name, said)
            lines.append(say("**You expect:** {answer}", answer=answer))
        if lines or ask_prediction(lab, current):
            do = say("**Do:** {action}", action=say_message(words.action))
            look = say("**Look:** {what}", what=say_message(words.look))
            st.markdown("  \n".join([*lines, do, look]))
