"""Let the network learn, and watch how."""

import streamlit as st

from digitlab.records.score import choosing_score
from digitlab.ui.ablation.line import ablation_line
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.ui.train.history import show_history
from digitlab.ui.train.keras_code import show_code_and_take_home
from digitlab.ui.train.three_sets import three_sets
from digitlab.ui.train.training import show_training
from digitlab.wording.results.exam import own_score_words
from digitlab.wording.say import say

lab, data = open_page("Train")
st.markdown(
    say(
        "A new network only guesses. Here it learns: it looks at the training pictures in small "
        "groups, the **batches**. After each batch it makes a step and changes its weights a "
        "little. **Learn** shows such a step.  \nPress **Train**. Then change one control, train "
        "again and compare."
    )
)
ablation_line(lab, "train")
view = choose_page_view("Train")
seen = ""
if view == "history":
    seen = show_history(lab)
elif view == "sets":
    three_sets(data, lab.spec.training.validation_share)
elif view == "keras":
    show_code_and_take_home(lab)
else:
    show_training(lab)
    if lab.trained and (score := choosing_score(lab.trained.history)):
        seen = own_score_words(score)
close_page(lab, "Train", seen, quiz=view == "history")
