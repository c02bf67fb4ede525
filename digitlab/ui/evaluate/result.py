"""The result of the exam: accuracy and loss, and the confusion matrix with the digits behind it."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet
from digitlab.ui.evaluate.confusion_matrix import show_cell, show_matrix
from digitlab.ui.evaluate.mean_loss import show_test_loss
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.article_band import is_whole_article, show_article_band
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say


def show_result(
    lab: Lab,
    data: Dataset,
    network: TrainedNetwork | UploadedModel,
    matrix: NDArray[np.int64],
    favourite: str,
) -> None:
    """The two scores, what the matrix says, and the matrix beside the digits of a cell.

    Args:
        lab: of this session.
        data: all digits.
        network: whose exam was taken.
        matrix: 10 rows of true labels, 10 columns of predicted ones, counts.
        favourite: what it says of the most frequent mistake.
    """
    right, total = int(np.trace(matrix)), int(matrix.sum())
    metrics, words = st.columns([1, 2], gap="medium")
    with metrics.container(horizontal=True, gap="large"):
        st.metric(say("Test accuracy"), decimal(network.test_accuracy, 4), width="content")
        st.metric(say("Test loss"), decimal(network.test_loss, 4), width="content")
    with words:
        table_words = say(
            "This table is the **confusion matrix**. Each row is a true digit. Each column is an "
            "answer. On the **diagonal** the two are the same: {right} digits."
            "  \nAccuracy: {right} / {total} = **{share}**.",
            right=whole(right),
            total=whole(total),
            share=decimal(right / total, 4),
        )
        st.markdown(f"{table_words} {_of_keras(network)}".strip())
        st.markdown(
            say(
                "{favourite} **Click a cell** to see its digits, or choose its two labels.",
                favourite=favourite,
            )
        )
    table, digits = st.columns([11, 10], gap="medium")
    with table:
        show_matrix(lab, matrix)
        show_test_loss(lab, data, network)
        if not isinstance(network, UploadedModel) and is_whole_article(network):
            show_article_band(network.test_accuracy, DigitSet.TEST)
    with digits:
        show_cell(lab, data, network.probabilities, matrix)


def _of_keras(network: TrainedNetwork | UploadedModel) -> str:
    """The same number as Keras gives it; "" where it counted another metric."""
    if isinstance(network, UploadedModel) or network.spec.training.metric != "accuracy":
        return ""
    return say(
        "`evaluate` gives the same number: **{accuracy}**.",
        accuracy=decimal(network.test_metric, 4),
    )
