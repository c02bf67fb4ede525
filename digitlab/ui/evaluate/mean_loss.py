"""What the test loss is made of: one loss worked out, and the mean of all of them."""

import numpy as np
import streamlit as st

from digitlab.analysis.sample_loss import SQUARED, sample_losses
from digitlab.architecture.loss import EPSILON
from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.fold import fold
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.results.answers import loss_of, loss_words
from digitlab.wording.say import say, say_count


def show_test_loss(lab: Lab, data: Dataset, network: TrainedNetwork | UploadedModel) -> None:
    """The loss of the test digit that is looked at, then the mean of all."""
    index = lab.selection.test_index
    answer, label = network.probabilities[index], int(data.y_test[index])
    losses = sample_losses(data.y_test, network.probabilities, loss_of(network))
    right = network.probabilities.argmax(axis=1) == data.y_test
    with fold(say("How is the test loss calculated?")):
        example = loss_words(answer, label, loss_of(network))
        st.markdown(say("Take test digit {index}. {example}", index=index, example=example))
        mean = say(
            "The **test loss** is the mean of {count} such losses, one for each test digit: {sum} "
            "/ {count} = **{mean}**.",
            count=whole(len(losses)),
            sum=decimal(losses.sum(), 1),
            mean=decimal(losses.mean(), 4),
        )
        st.markdown(f"{mean} {_two_means(losses, right)}".strip())
        if loss_of(network) != SQUARED:
            _show_least(
                int((network.probabilities[np.arange(len(losses)), data.y_test] < EPSILON).sum())
            )


def _show_least(below: int) -> None:
    """Where `model.evaluate` gives a larger loss than the lab: for so many digits; 0: nowhere."""
    if below:
        st.caption(
            say_count(
                "For {count} test digit, the probability of the true digit is below {least}. The "
                "lab counts it as {least}. `evaluate` in Keras uses the sums before softmax: it "
                "counts the smaller number. So its test loss is a little larger.",
                "For {count} test digits, the probability of the true digit is below {least}. The "
                "lab counts it as {least}. `evaluate` in Keras uses the sums before softmax: it "
                "counts the smaller numbers. So its test loss is a little larger.",
                below,
                least=decimal(EPSILON, 7),
            )
        )


def _two_means(losses: np.ndarray, right: np.ndarray) -> str:
    """The losses of right answers beside those of wrong ones; nothing without both."""
    if right.all() or not right.any():
        return ""
    return say(
        "Right answers: {right}, with a mean loss of {right_mean}. Wrong answers: {wrong}, with a "
        "mean loss of {wrong_mean}. The accuracy only counts right and wrong answers. The loss "
        "also counts how sure the network is.",
        right=whole(int(right.sum())),
        right_mean=decimal(losses[right].mean(), 3),
        wrong=whole(int((~right).sum())),
        wrong_mean=decimal(losses[~right].mean(), 3),
    )
