"""The History: what it holds, how to read its curves, and all its numbers."""

import streamlit as st

from digitlab.records.history import history_columns
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show


def show_history(lab: Lab) -> None:
    """Explain the numbers of each epoch, and show those of the latest training."""
    st.markdown(
        "Keras keeps loss and accuracy of each epoch in the **History**. `fit` gives it back. The "
        "curves on the view *Train* show it."
    )
    job = lab.job
    if job and job.history:
        show.table(history_columns(job.history))
        if job.active:
            st.caption("It still learns. All epochs stand here when the training has ended.")
    else:
        link(path.step("Train"), "Train a network: its numbers stand here then", view="train")
    st.markdown(
        "- **Training loss and accuracy** are averages over the whole epoch. While the network "
        "improves, it reads more than that at the end of the epoch.\n"
        "- After each batch, Keras works out the **gradient** by **backpropagation**, and the "
        "optimizer makes a step: **Learn** shows both for one weight.\n"
        "- With a **validation share** the network does not learn from a part of the training "
        "pictures: the **validation digits**. A second curve shows how well it reads them at the "
        "end of each epoch. Compare settings by this **validation accuracy**.\n"
        "- When the validation loss rises while the training loss still falls, the network has "
        "begun to learn its examples by heart. That is **overfitting**."
    )
    link(path.step("Replay"), "Replay it, epoch by epoch", ":material/replay:")
