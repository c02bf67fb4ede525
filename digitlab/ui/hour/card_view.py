"""One card of the guided hour: predict, do, observe, answer."""

import streamlit as st

from digitlab.hour import CARDS, Card
from digitlab.hour import card as find_card
from digitlab.quiz.hour import OF_CARD
from digitlab.ui.hour.opening import begin_anew, leave_hour, open_card, show_card_next
from digitlab.ui.hour.prediction import ask_prediction
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.layout import side_by_side
from digitlab.ui.widgets.quiz_box import ask_question
from digitlab.wording.hour.cards import ANSWER, CARD_WORDS, DO, OBSERVE, PREDICT
from digitlab.wording.hour.results import result_words, verdict_words
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say, say_message

_HALF = 320  # pixels; a phone shows the parts one under the other


def show_card(lab: Lab, card: Card) -> None:
    """The four parts of a card; the last two come when it is done."""
    words = CARD_WORDS[card.name]
    st.markdown(say_message(words.idea))
    _show_what_comes_before(lab, card)
    left, right = side_by_side(_HALF, _HALF)
    with left.container(border=True):
        st.markdown(f"**{say_message(PREDICT)}**")
        ready = ask_prediction(lab, card)
        st.markdown(f"**{say_message(DO)}**")
        st.markdown(say_message(words.action) if ready else say("First say what you expect."))
        if st.button(
            say("Open {page}", page=page_title(card.page)),
            key=f"hour_open_{card.name}",
            type="primary",
            icon=":material/arrow_forward:",
            disabled=not ready,
        ):
            open_card(lab, card)
    with right.container(border=True):
        st.markdown(f"**{say_message(OBSERVE)}**")
        _show_observation(lab, card)
        st.markdown(f"**{say_message(ANSWER)}**")
        if lab.shared.hour.is_done(card):
            ask_question(lab, OF_CARD[card.name]())
        else:
            st.caption(say("The question comes when the card is done."))


def _show_what_comes_before(lab: Lab, card: Card) -> None:
    """That this card needs the result of another one, until the other one is done."""
    before = find_card(card.after)
    if before is None or lab.shared.hour.is_done(before):
        return
    title = say_message(CARD_WORDS[before.name].title)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            say(
                "This card needs the winner of the card *{title}*. Do that card first.", title=title
            )
        )
        st.button(
            _card_words(before),
            key="hour_before",
            icon=":material/arrow_back:",
            on_click=show_card_next,
            args=(before,),
        )


def _card_words(card: Card) -> str:
    return say(
        "Card {number}: {title}",
        number=CARDS.index(card) + 1,
        title=say_message(CARD_WORDS[card.name].title),
    )


def _show_observation(lab: Lab, card: Card) -> None:
    observation = lab.shared.hour.observed.get(card.name)
    if observation is None:
        st.markdown(say_message(CARD_WORDS[card.name].look))
        return
    st.markdown(f":material/check_circle: {result_words(card.name, observation.values)}")
    if expected := lab.shared.hour.expectation(card):
        st.markdown(verdict_words(card.name, expected, observation.outcome))


def show_ways(lab: Lab, shown: Card) -> None:
    """The way to the next card, out of the hour, and back to its beginning."""
    hour = lab.shared.hour
    following = hour.next
    if following is None:
        st.success(say("All eight cards are done."), icon=":material/check_circle:")
    with st.container(horizontal=True):
        if following is None:
            link(path.NEXT, say("See what you can do now"), ":material/flag:")
        elif following is not shown:
            earlier = CARDS.index(following) < CARDS.index(shown)
            st.button(
                _card_words(following),
                key="hour_next",
                icon=":material/arrow_back:" if earlier else ":material/arrow_forward:",
                on_click=show_card_next,
                args=(following,),
            )
        if hour.current:
            st.button(
                say("Leave the hour"),
                key="hour_leave",
                type="tertiary",
                icon=":material/logout:",
                on_click=leave_hour,
                args=(lab,),
                help=say("All controls are free again. What you have done stays marked."),
            )
        if hour.expected or hour.observed:
            st.button(
                say("Start again"),
                key="hour_anew",
                type="tertiary",
                icon=":material/restart_alt:",
                on_click=begin_anew,
                args=(lab,),
                help=say("The lab forgets what you predicted and saw."),
            )
