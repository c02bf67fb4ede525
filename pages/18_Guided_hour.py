"""The guided hour: eight cards, each with a prediction, one action, and what came of it."""

import streamlit as st

from digitlab.hour import CARDS, MINUTES, card
from digitlab.ui.hour.card_view import show_card, show_ways
from digitlab.ui.hour.opening import begin_where_left
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Guided hour")
hour = lab.shared.hour
with st.container(key="projected"):
    st.markdown(
        say(
            "There are {cards} cards for {minutes} minutes. Each card asks what you expect. Then "
            "you do one thing on a page of the lab, and you see what happens.",
            cards=len(CARDS),
            minutes=MINUTES,
        )
    )
    st.caption(
        say(
            "{done} of {all} cards are done. You can leave the hour and come back. But if you "
            "close this browser, the lab may forget which cards you have done.",
            done=hour.done,
            all=len(CARDS),
        )
    )
    begin_where_left(lab)
    view = choose_page_view("Guided hour", done=hour.observed)
    shown = card(view)
    assert shown is not None, "each view is a card"
    show_card(lab, shown)
    show_ways(lab, shown)
close_page(lab, "Guided hour")
