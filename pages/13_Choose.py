"""Compare settings by validation digits, and take the exam once, with the winner."""

import streamlit as st

from digitlab.ui.choose.compare import compare_settings
from digitlab.ui.choose.exam import take_winners_exam
from digitlab.ui.choose.search import seen_words
from digitlab.ui.choose.selection_bias import show_selection_bias
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view

lab, data = open_page("Choose")
st.markdown(
    "Which settings are best? You compare them by the **validation digits**: a part of the "
    "training digits that the network does not learn from."
)
st.markdown(
    "Train the network with several settings and compare. The **test digits** stay closed until "
    "the end: they are the exam, for the winner only."
)
view = choose_page_view("Choose")
if view == "exam":
    take_winners_exam(lab)
elif view == "bias":
    show_selection_bias()
else:
    compare_settings(lab)
close_page(lab, "Choose", seen_words(lab), quiz=view == "search")
