"""What the test loss is made of: one loss worked out, and the mean of all of them."""

import numpy as np
import streamlit as st

from digitlab.analysis.sample_loss import sample_losses
from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.loss_words import loss_of, loss_words
from digitlab.uploads.models.parsed import UploadedModel


def show_test_loss(lab: Lab, data: Dataset, network: TrainedNetwork | UploadedModel) -> None:
    """The loss of the test digit that is looked at, then the mean of all."""
    index = lab.selection.test_index
    answer, label = network.probabilities[index], int(data.y_test[index])
    losses = sample_losses(data.y_test, network.probabilities, loss_of(network))
    right = network.probabilities.argmax(axis=1) == data.y_test
    with st.expander("How is the test loss worked out?"):
        st.markdown(f"Take test digit {index}. {loss_words(answer, label, loss_of(network))}")
        st.markdown(
            f"The **test loss** is the mean of {len(losses):,} such losses, one for each test "
            f"digit: {losses.sum():,.1f} / {len(losses):,} = **{losses.mean():.4f}**. "
            + _two_means(losses, right)
        )


def _two_means(losses: np.ndarray, right: np.ndarray) -> str:
    """The losses of right answers beside those of wrong ones; nothing without both."""
    if right.all() or not right.any():
        return ""
    return (
        f"The {right.sum():,} right answers have a mean loss of {losses[right].mean():.3f}, the "
        f"{(~right).sum():,} wrong ones a mean loss of {losses[~right].mean():.3f}. Accuracy only "
        "counts right and wrong. The loss also counts how sure the network was."
    )
