"""The History: what it holds, how to read its curves, and all its numbers."""

import streamlit as st

from digitlab.records.history import history_columns
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.say import say


def show_history(lab: Lab) -> None:
    """Explain the numbers of each epoch, and show those of the latest training."""
    st.markdown(
        say(
            "Keras keeps the loss and the accuracy of each epoch in the **History**. `fit` gives "
            "it back. The curves on the view *Train* show it."
        )
    )
    job = lab.job
    if job and job.history:
        show.table(history_columns(job.history))
        if job.active:
            st.caption(
                say(
                    "The network still learns. You see all epochs here when the training has ended."
                )
            )
    else:
        link(path.step("Train"), say("Train a network to see its numbers here"), view="train")
    st.markdown(
        say(
            "- **Training loss and accuracy** are averages over the whole epoch. The network "
            "improves meanwhile. So at the end of the epoch it usually reads more digits than "
            "this average.\n"
            "- After each batch, **backpropagation** gives the **gradient**, and the optimizer "
            "makes a step. **Learn** shows both for one weight.\n"
            "- With a **validation share** the network does not learn from a part of the training "
            "pictures, the **validation digits**. A second curve shows how well it reads them at "
            "the end of each epoch. Compare settings by this **validation accuracy**.\n"
            "- Sometimes the training loss still falls, but the validation loss begins to rise. "
            "Then the network begins to remember its examples. This is **overfitting**."
        )
    )
    link(path.step("Replay"), say("Replay the training, epoch by epoch"), ":material/replay:")
