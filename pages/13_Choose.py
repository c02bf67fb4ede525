"""Compare settings by validation digits, and take the exam once, with the winner."""

import streamlit as st

from digitlab.ui.choose.compare import compare_settings
from digitlab.ui.choose.exam import take_winners_exam
from digitlab.ui.choose.search import seen_words
from digitlab.ui.choose.selection_bias import show_selection_bias
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Choose")
st.markdown(
    say(
        "Which settings are best? You compare them by the **validation digits**. These are a part "
        "of the training digits, and the network does not learn from them."
    )
)
st.markdown(
    say(
        "Train the network with several settings and compare. The **test digits** stay closed "
        "until the end. They are the exam, for the winner only."
    )
)
view = choose_page_view("Choose")
if view == "exam":
    take_winners_exam(lab)
elif view == "bias":
    show_selection_bias()
else:
    compare_settings(lab)
close_page(lab, "Choose", seen_words(lab), quiz=view == "search")
