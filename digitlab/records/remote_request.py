"""What the web processes of one lab request of each other."""

from typing import NamedTuple

from digitlab.records.training import Interruption


class RemoteRequest(NamedTuple):
    """What pages of other processes request of a job.

    Attributes:
        interruption: that it should stop or pause, if anything.
        watched: counts how often one of them said that it watches.
    """

    interruption: Interruption | None = None
    watched: int = 0
