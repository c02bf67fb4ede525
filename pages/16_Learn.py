"""One step of learning, by hand, with the numbers of the learner's own network."""

import streamlit as st

from digitlab.ui.learn.batch import show_batch
from digitlab.ui.learn.keras_code import show_step_code
from digitlab.ui.learn.one_weight import show_one_weight
from digitlab.ui.learn.optimizers import show_optimizers
from digitlab.ui.learn.rate import show_rate
from digitlab.ui.learn.subject import choose_subject
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Learn")
st.markdown(
    say(
        "Training makes thousands of small steps. Here your own network makes one step, and you "
        "see its numbers.  \nBegin with *One weight*: choose a digit, and predict which way a "
        "weight will go."
    )
)
view = choose_page_view("Learn")
subject = choose_subject(lab, data, digit=view in ("weight", "rate"))
if subject is None:
    seen = ""
elif view == "rate":
    seen = show_rate(subject)
elif view == "batch":
    seen = show_batch(lab, subject)
elif view == "optimizers":
    seen = show_optimizers(subject)
elif view == "keras":
    seen = show_step_code(lab, subject)
else:
    seen = show_one_weight(lab, subject)
close_page(lab, "Learn", seen, quiz=view == "rate")
