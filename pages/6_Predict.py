"""Ask the network for one test digit and read its ten answers."""

import numpy as np
import streamlit as st

from digitlab.export import snippets
from digitlab.figures.evaluation import probability_bars
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.gate import need_network
from digitlab.ui.widgets import show
from digitlab.ui.widgets.digit_selection import choose_test_digit, picture_alt
from digitlab.wording.results.answers import loss_of, loss_words, shared_out_by
from digitlab.wording.results.article_digit import INDEX, article_digit_words
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import all_ten, percent

lab, data = open_page("Predict")
st.markdown(
    say(
        "Choose a test digit. The network gives ten **probabilities**, one for each digit. The "
        "largest one is its answer. Look for a test digit where the network is not sure."
    )
)
network = need_network(lab)

picture, result = st.columns([1, 2], gap="large")
with picture:
    index = choose_test_digit(lab, "predict")
    label = int(data.y_test[index])
    probabilities = network.probabilities[index]
    answer = int(probabilities.argmax())
    show.digit(data.x_test[index], alt=picture_alt(f"x_test[{index}]", label))
    st.markdown(say("True label: **{label}**", label=label))
with result:
    show.chart(
        probability_bars(probabilities, label),
        key="probabilities",
        alt=say(
            "Ten bars: {listed}. The true label is {label}.",
            listed=all_ten(probabilities),
            label=label,
        ),
    )
    if answer == label:
        st.markdown(say("Your network says **{answer}**. This is **right**.", answer=answer))
    else:
        st.markdown(
            say(
                "Your network says **{answer}**. This is **wrong**: the true digit is {label}.",
                answer=answer,
                label=label,
            )
        )
    if index == INDEX:
        st.markdown(article_digit_words(probabilities))

st.header(say("What Python prints"), anchor=False)
st.markdown(
    say(
        "`model.predict(x_test)` gives ten probabilities for each test digit. The code of "
        "**Evaluate** calls them `predictions`. Here is one row:"
    )
)
program, printed = st.columns(2, gap="medium")
with program:
    show.piece(snippets.predict(index), key="predict")
printed.code(f"{np.round(probabilities, 2)}\n{probabilities.sum()!s}\n{answer}", language=None)
st.markdown(
    say(
        "The ten numbers always add up to 1. Only the last decimal can differ, because the "
        "computer rounds. The reason for this sum is {cause} at the end of the network. **argmax** "
        "gives the place of the largest number.",
        cause=shared_out_by(network),
    )
)
loss = loss_words(probabilities, label, loss_of(network))
st.markdown(say("**The loss of this answer.** {words}", words=loss))
close_page(
    lab,
    "Predict",
    say(
        "For test digit {index} your network says {answer} with {share}. Its label is {label}.",
        index=index,
        answer=answer,
        share=percent(probabilities[answer]),
        label=label,
    ),
    fold_quiz=True,
)
