"""What all sessions of a server share: the digits and the queue."""

import os

import streamlit as st

from digitlab.runs import Keeper
from digitlab.training.queue import TrainingQueue


@st.cache_resource(show_spinner=False)
def queue() -> TrainingQueue:
    """The server's one training queue.

    `DIGITLAB_SCHEDULER=tcp://host:8786` uses a Dask cluster that exists; otherwise the lab
    starts its own workers, which end with the server.
    """
    return TrainingQueue(os.environ.get("DIGITLAB_SCHEDULER") or None, keeper().keep, keeper().beat)


@st.cache_resource(show_spinner=False)
def keeper() -> Keeper:
    """The server's memory of runs.

    `DIGITLAB_DATABASE_URL=postgresql+psycopg://…` uses that database; otherwise a file in the
    user's data directory.
    """
    return Keeper(os.environ.get("DIGITLAB_DATABASE_URL") or None)
