"""Test the network on digits that it has never seen."""

import numpy as np
import streamlit as st

from digitlab import evaluation, snippets
from digitlab.descriptions import a
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.snippets.brought import evaluate_brought
from digitlab.ui import show
from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network
from digitlab.ui.names import a_bold
from digitlab.ui.scores import show_mistakes, show_one_against_rest
from digitlab.ui.take_home import take_home

lab, data = open_page("Evaluate")
st.markdown(
    "Here your network reads the 10,000 **test digits**. "
    + ("If it has" if lab.brought else "It has")
    + " learned from none of them, "
    + ("they" if lab.brought else "so they")
    + " tell how well it reads new ones, and which it takes for another."
)
network = need_network(lab)
brought = lab.brought
answers = network.probabilities
matrix = evaluation.confusion_matrix(data.y_test, answers)
right = int(np.trace(matrix))

result, numbers = st.columns([3, 2], gap="large")
with numbers:
    first, second = st.columns(2)
    first.metric("Test accuracy", f"{network.test_accuracy:.4f}")
    second.metric("Test loss", f"{network.test_loss:.4f}")
    unit = st.segmented_control(
        "Show in each cell", ("Counts", "Row per cent"), default="Counts", required=True, key="unit"
    )
    st.markdown(
        "This table is the **confusion matrix**: the true digit down, the network's answer across. "
        f"On the **diagonal** both agree: {right:,} digits.\n\n"
        f"{right:,} / {matrix.sum():,} = **{right / matrix.sum():.4f}**, "
        + (
            "the accuracy."
            if brought or network.spec.training.metric != "accuracy"
            else f"the accuracy that `evaluate` gives: **{network.test_metric:.4f}**."
        )
    )
    row, column, times = evaluation.favourite_mistake(matrix)
    st.markdown(f"Most often it takes {a_bold(row)} for {a_bold(column)}: {times} times.")
with result:
    show.chart(
        confusion_heat_map(matrix, unit == "Row per cent"),
        key="confusion",
        alt=f"Confusion matrix of 10,000 test digits: {right} on the diagonal; the most frequent "
        f"mistake is {a(row)} read as {column}, {times} times.",
    )

st.subheader("One digit against the rest", anchor=False)
show_one_against_rest(data.y_test, answers)

st.subheader("Every digit", anchor=False)
share = st.column_config.NumberColumn(format="%.3f")
st.dataframe(
    evaluation.scores_per_digit(data.y_test, answers),
    hide_index=True,
    column_config={
        "Test images": st.column_config.NumberColumn(format="localized"),
        "Recall": share,
        "Precision": share,
        "F1": share,
    },
)

st.subheader("Its surest mistakes", anchor=False)
show_mistakes(data, answers)

if lab.trained and not brought:
    take_home(lab.trained, "evaluate", lab.look)
show.code(
    evaluate_brought(brought.architecture) if brought else snippets.evaluate(network.spec.training)
)
close_page(
    lab,
    "Evaluate",
    f"your network gets {right:,} of 10,000 right; its favourite mistake is to read {a(row)} as {a(column)}.",
)
