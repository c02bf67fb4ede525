"""The History: what it holds, how to read its curves, and all its numbers."""

from collections.abc import Sequence
from math import isfinite

import streamlit as st

from digitlab.records.history import history_columns
from digitlab.records.training import EpochRecord
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say


def show_history(lab: Lab) -> str:
    """Explain the numbers of each epoch, and show those of the latest training.

    Returns:
        What was seen; empty until a training has ended.
    """
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
    return _seen(job.history) if job and not job.active else ""


def _seen(history: Sequence[EpochRecord]) -> str:
    """How the loss went; empty before an epoch, and where it is no longer a number."""
    losses = [record.logs["loss"] for record in history]
    if not losses or not isfinite(losses[-1]):
        return ""
    if len(losses) == 1:
        return say("After one epoch the training loss is {last}.", last=decimal(losses[-1], 4))
    return say(
        "The training loss went from {first} in the first epoch to {last} in epoch {epoch}.",
        first=decimal(losses[0], 4),
        last=decimal(losses[-1], 4),
        epoch=len(losses),
    )
