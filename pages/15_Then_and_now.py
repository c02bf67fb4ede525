"""The article's code beside the code of today."""

import streamlit as st

from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.ui.then_and_now.cells import show_cells
from digitlab.ui.then_and_now.further import show_further
from digitlab.ui.then_and_now.log import show_log
from digitlab.ui.then_and_now.summary import show_summary
from digitlab.wording.say import say

lab, data = open_page("Then and now")
st.markdown(
    say(
        "The article of this lab is some years old, and Keras has changed. Here you learn to read "
        "old code, and to repair it.  \nChoose the code, or what Keras prints. Then compare the "
        "old with the new."
    )
)
view = choose_page_view("Then and now")
if view == "summary":
    seen = show_summary(lab.spec)
elif view == "log":
    seen = show_log(lab.trained)
elif view == "further":
    seen = show_further()
else:
    seen = show_cells()
close_page(lab, "Then and now", seen, quiz=view == "further")
