"""Test the network on digits that it has never seen."""

import numpy as np
import streamlit as st

from digitlab.analysis import evaluation
from digitlab.records.score import DigitSet
from digitlab.ui.evaluate.code import show_code
from digitlab.ui.evaluate.confusion_matrix import show_cell, show_matrix
from digitlab.ui.evaluate.exam import before_exam
from digitlab.ui.evaluate.mean_loss import show_test_loss
from digitlab.ui.evaluate.mistakes import show_mistakes, show_pairs
from digitlab.ui.evaluate.one_against_rest import show_one_against_rest
from digitlab.ui.session.exam import exams, is_taken
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.article_band import is_whole_article, show_article_band
from digitlab.ui.widgets.downloads import take_home
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.descriptions import favourite_mistake_words
from digitlab.wording.exam import exams_words

lab, data = open_page("Evaluate")
if lab.network is None or is_taken(lab):
    st.markdown(
        "Here your network reads the 10,000 **test digits**. "
        + ("If it has" if lab.uploaded else "It has")
        + " learned from none of them, "
        + ("they" if lab.uploaded else "so they")
        + " tell how well it reads new ones, and which it takes for another."
    )
network = need_network(lab)
if not is_taken(lab):
    before_exam(lab)
    show_code(network)
    close_page(lab, "Evaluate")
    st.stop()
st.caption(exams_words(len(exams(lab))))
probabilities = network.probabilities
matrix = evaluation.confusion_matrix(data.y_test, probabilities)
right = int(np.trace(matrix))

metrics, words = st.columns([1, 2], gap="medium")
with metrics.container(horizontal=True, gap="large"):
    st.metric("Test accuracy", f"{network.test_accuracy:.4f}", width="content")
    st.metric("Test loss", f"{network.test_loss:.4f}", width="content")
with words:
    st.markdown(
        "This table is the **confusion matrix**: the true digit down, the network's answer across. "
        f"On the **diagonal** both agree: {right:,} digits. "
        f"{right:,} / {matrix.sum():,} = **{right / matrix.sum():.4f}**, "
        + (
            "the accuracy."
            if isinstance(network, UploadedModel) or network.spec.training.metric != "accuracy"
            else f"the accuracy that `evaluate` gives: **{network.test_metric:.4f}**."
        )
    )
    favourite = favourite_mistake_words(*evaluation.favourite_mistake(matrix))
    st.markdown(f"{favourite} **Click a cell**, or choose its two labels, to see its digits.")
show_test_loss(lab, data, network)
if not isinstance(network, UploadedModel) and is_whole_article(network):
    show_article_band(network.test_accuracy, DigitSet.TEST)
table, digits = st.columns([11, 10], gap="medium")
with table:
    show_matrix(lab, matrix)
with digits:
    show_cell(lab, data, probabilities, matrix)

st.header("Which digits it confuses", anchor=False)
show_pairs(matrix)

st.header("One digit against the rest", anchor=False)
show_one_against_rest(data.y_test, probabilities)

st.header("Every digit", anchor=False)
share = st.column_config.NumberColumn(format="%.3f")
show.table(
    evaluation.scores_per_digit(data.y_test, probabilities),
    column_config={
        "Test images": st.column_config.NumberColumn(format="localized"),
        "Recall": share,
        "Precision": share,
        "F1": share,
    },
)

st.header("All its mistakes", anchor=False)
show_mistakes(lab, data, probabilities)

if not isinstance(network, UploadedModel):
    take_home(network, "evaluate", lab.selection, exam=True)
show_code(network)
close_page(
    lab,
    "Evaluate",
    f"your network gets {right:,} of 10,000 right. {favourite}",
)
