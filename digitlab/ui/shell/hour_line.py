"""The open card of the guided hour, on top of the page where its action is done."""

import streamlit as st

from digitlab.hour import CARDS, card
from digitlab.ui.hour.prediction import ask_prediction
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import result_words
from digitlab.wording.say import say, say_message


def hour_line(lab: Lab, page: str) -> None:
    """What the open card asks for here; nothing outside the hour, and on other pages.

    Args:
        lab: the session.
        page: its name.
    """
    current = card(lab.shared.hour.current)
    if current is None or current.page != page:
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
        elif ask_prediction(lab, current):
            do = say("**Do:** {action}", action=say_message(words.action))
            look = say("**Look:** {what}", what=say_message(words.look))
            st.markdown(f"{do}  \n{look}")
