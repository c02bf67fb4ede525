"""What can go wrong with the store, in sentences for the learner, and what to do, for the log."""

import logging
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

logger = logging.getLogger(__name__)

_GOES_ON = "the lab goes on without it, and a run may not be found again after a reload."

UNREACHABLE = f"The lab's memory cannot be reached just now: {_GOES_ON}"
BUSY = f"The lab's memory is busy: {_GOES_ON}"
FULL = f"The lab's memory is full: {_GOES_ON}"
READ_ONLY = f"The lab's memory cannot be written: {_GOES_ON}"
DAMAGED = f"The lab's memory is damaged: {_GOES_ON}"
NEWER = f"The lab's memory belongs to a newer version of the lab: {_GOES_ON}"
DAMAGED_RUN = "What was kept of this run is damaged: the lab goes on without it."
REFUSED = f"The lab's memory did not take this run: {_GOES_ON}"
LOST = (
    "The lab's memory was deleted or replaced, and a new one has begun: the lab goes on with the "
    "runs that pages had open, but the others are gone."
)
NO_ROOM = (
    "This network is not kept, as your other runs that must stay take all of your room: the lab "
    "goes on without it until you delete one on the page Runs."
)
NOT_YET = "This network is not kept yet: the lab goes on, and writes it as soon as it can."
NOT_KEPT = "This network is not kept: the lab goes on with it until you leave."

REMEDIES = {
    LOST: "A new one has begun with what was in memory. To have the old one again: stop the lab "
    "and put a backup in its place.",
    FULL: "Make room on its disk; what waits is then written.",
    NEWER: "Nothing was changed. Install the newer version of the lab.",
    DAMAGED: "Nothing was changed. Stop the lab. Then put a backup in the file's place, or rescue "
    "what can be read with sqlite3's .recover, or move the file away, with its -wal and -shm: the "
    "lab then begins a new one.",
}
"""What whoever runs the lab can do; of other failures the log's line says enough."""


class StoreError(Exception):
    """The store could not do it; the message is for the learner.

    Attributes:
        transient: whether the same may succeed later: the fault is the store's, not the run's.
    """

    def __init__(self, message: str, transient: bool = True) -> None:
        super().__init__(message)
        self.transient = transient


def attempt(do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
    """The answer, or the replacement for it and why; it never raises."""
    try:
        return do(), None
    except StoreError as error:
        return otherwise, error
    except Exception:  # threads and pages must go on, whatever it is
        logger.exception("The store failed.")
        return otherwise, StoreError(REFUSED, transient=False)
