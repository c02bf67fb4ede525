"""Test the network on digits that it has never seen."""

import numpy as np
import streamlit as st

from digitlab.analysis import evaluation
from digitlab.ui.evaluate.exam import before_exam
from digitlab.ui.evaluate.keras_code import show_code, show_code_and_take_home
from digitlab.ui.evaluate.mistakes import show_all_mistakes
from digitlab.ui.evaluate.one_against_rest import show_every_digit, show_one_against_rest
from digitlab.ui.evaluate.result import show_result
from digitlab.ui.session.exam import exams, is_taken
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.numerals import whole
from digitlab.wording.results.exam import exams_words
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import favourite_mistake_words

lab, data = open_page("Evaluate")
if lab.network is None or is_taken(lab):
    good = say("A good network reads digits that it has never seen.")
    if lab.uploaded:
        test = say(
            "Here your network reads the 10,000 **test digits**. The lab does not know which "
            "digits it has learned from. If it has not learned from these, you see how well it "
            "reads new digits."
        )
    else:
        test = say(
            "Here your network reads the 10,000 **test digits**. It has not learned from them. So "
            "you see how well it reads new digits, and which digits it mixes up."
        )
    st.markdown(f"{good} {test}")
network = need_network(lab)
if not is_taken(lab):
    before_exam(lab)
    show_code(network)
    close_page(lab, "Evaluate")
    st.stop()
st.caption(exams_words(len(exams(lab))))
view = choose_page_view("Evaluate")
matrix = evaluation.confusion_matrix(data.y_test, network.probabilities)
favourite = favourite_mistake_words(*evaluation.favourite_mistake(matrix))
if view == "mistakes":
    show_all_mistakes(lab, data, network.probabilities, matrix)
elif view == "digit":
    show_one_against_rest(data.y_test, network.probabilities)
elif view == "every":
    show_every_digit(data.y_test, network.probabilities)
elif view == "keras":
    show_code_and_take_home(lab, network)
else:
    show_result(lab, data, network, matrix, favourite)
close_page(
    lab,
    "Evaluate",
    say(
        "Your network reads {right} of {count} test digits correctly. {favourite}",
        right=whole(int(np.trace(matrix))),
        count=whole(int(matrix.sum())),
        favourite=favourite,
    ),
    quiz=view == "digit",
)
