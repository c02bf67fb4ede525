"""The last page: what the learner has done, can do now, and where to go on."""

import streamlit as st

from digitlab.ui.runs.table import listed
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.what_next.done import show_abilities, show_numbers
from digitlab.ui.what_next.further import show_further
from digitlab.wording.say import say

lab, data = open_page("What next")
st.markdown(
    say(
        "This is the last page. It shows what you have done in this lab, and where you can learn "
        "more."
    )
)
show_numbers(lab, listed(lab))
show_abilities(lab)
show_further(lab)
close_page(lab, "What next")
