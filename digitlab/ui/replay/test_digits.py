"""The view of Replay that shows what the network reads of all test digits at an epoch."""

import numpy as np
import streamlit as st

from digitlab.data.mnist import Dataset
from digitlab.figures.evaluation import confusion_heat_map
from digitlab.ui.replay.training_replay import TrainingReplay, of_hundred, when
from digitlab.ui.widgets import show


def show_test_digits(replay: TrainingReplay, epoch: int, data: Dataset) -> None:
    """How many test digits it reads at this epoch, and which it takes for another."""
    matrix = replay.matrix(epoch, data)
    right = int(np.trace(matrix))
    reads = "reads" if epoch else "read"
    sentence = f"**{when(epoch).capitalize()}** it {reads} {of_hundred(matrix)} test digits"
    earlier = [seen for seen in replay.matrices if seen < epoch]
    if epoch == 0:
        start = "all zero" if replay.network.spec.training.zero_start else "random"
        sentence += f". Its weights were still {start}: guessing would get 10"
    elif earlier:
        last = max(earlier)
        gain = right - int(np.trace(replay.matrices[last]))
        more = "more" if gain > 0 else "fewer"
        change = f"{abs(gain):,} {more} of the 10,000 than" if gain else "as many as"
        sentence += f": {change} {when(last)}"
    st.markdown(f"{sentence}.")
    show.chart(
        confusion_heat_map(matrix),
        key="replay_matrix",
        alt=f"Confusion matrix of the 10,000 test digits {when(epoch)}: {right:,} on the diagonal.",
    )
