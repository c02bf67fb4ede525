"""Ask the network for one test digit and read its ten answers."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures.evaluation import probability_bars
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit
from digitlab.ui.widgets.loss_words import loss_of, loss_words
from digitlab.ui.widgets.output_words import shared_out_by
from digitlab.wording.article_digit import INDEX, article_digit_words
from digitlab.wording.descriptions import a, all_ten, percent

lab, data = open_page("Predict")
st.markdown(
    "Choose a test digit. The network answers with ten **probabilities**, one for each digit; "
    "the largest is its answer. Look for one where it hesitates."
)
network = need_network(lab)

picture, result = st.columns([1, 2], gap="large")
with picture:
    index = choose_test_digit(lab, "predict")
    label = int(data.y_test[index])
    probabilities = network.probabilities[index]
    answer = int(probabilities.argmax())
    show.digit(data.x_test[index], alt=f"Test digit {index}: {label}, by hand")
    st.markdown(f"True label: **{label}**")
with result:
    show.chart(
        probability_bars(probabilities, label),
        key="probabilities",
        alt=f"Ten bars: {all_ten(probabilities)}. The true label is {label}.",
    )
    verdict = "right" if answer == label else f"wrong: it is {a(label)}"
    st.markdown(f"It says **{answer}**, and that is **{verdict}**.")
    if index == INDEX:
        st.markdown(article_digit_words(probabilities))

st.header("What Python prints", anchor=False)
st.markdown(
    "`model.predict(x_test)` gives ten probabilities for each test digit. It stands in the code "
    "of **Evaluate** and made `predictions`. Here is one row of it:"
)
program, printed = st.columns(2, gap="medium")
with program:
    show.piece(snippets.predict(index), key="predict")
printed.code(f"{np.round(probabilities, 2)}\n{probabilities.sum()!s}\n{answer}", language=None)
st.markdown(
    "The ten numbers always add up to 1, apart from rounding in the last decimal: that is what "
    f"{shared_out_by(network)} at the end does. **argmax** names the place of the largest."
)
st.markdown(f"**The loss of this answer.** {loss_words(probabilities, label, loss_of(network))}")
close_page(
    lab,
    "Predict",
    f"for test digit {index} your network says {answer} with {percent(probabilities[answer])}; it "
    f"is {a(label)}.",
    fold_quiz=True,
)
