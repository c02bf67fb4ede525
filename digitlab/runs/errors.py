"""What can go wrong with the store, as codes, and what whoever runs the lab can do, for the log."""

import logging
from collections.abc import Callable
from enum import StrEnum, auto
from typing import TypeVar

T = TypeVar("T")

logger = logging.getLogger(__name__)


class StoreProblem(StrEnum):
    """What is wrong with the store, or why what a run left is not kept."""

    UNREACHABLE = auto()
    BUSY = auto()
    FULL = auto()
    READ_ONLY = auto()
    DAMAGED = auto()
    NEWER = auto()  # made by a newer version of the lab
    DAMAGED_RUN = auto()  # one run's row
    REFUSED = auto()  # the store did not take this run
    LOST = auto()  # deleted or replaced; a new one has begun
    NO_ROOM = auto()  # the owner's other runs must stay, and take all of their room
    NO_STORE_ROOM = auto()  # all owners' runs that must stay take all that the store may take
    NOT_YET = auto()  # it waits to be written
    NOT_KEPT = auto()


REMEDIES = {
    StoreProblem.LOST: (
        "A new one has begun with what was in memory. To have the old one again: stop the lab and "
        "put a backup in its place."
    ),
    StoreProblem.FULL: "Make room on its disk; what waits is then written.",
    StoreProblem.NEWER: "Nothing was changed. Install the newer version of the lab.",
    StoreProblem.DAMAGED: (
        "Nothing was changed. Stop the lab. Then put a backup in the file's place, or rescue what "
        "can be read with sqlite3's .recover, or move the file away, with its -wal and -shm: the "
        "lab then begins a new one."
    ),
}
"""What whoever runs the lab can do; of other failures the log's line says enough."""


class StoreError(Exception):
    """The store could not do it.

    Attributes:
        problem: why.
        transient: whether the same may succeed later: the fault is the store's, not the run's.
    """

    def __init__(self, problem: StoreProblem, transient: bool = True) -> None:
        super().__init__(problem)
        self.problem = problem
        self.transient = transient


def attempt(do: Callable[[], T], otherwise: T) -> tuple[T, StoreError | None]:
    """The answer, or the replacement for it and why; it never raises."""
    try:
        return do(), None
    except StoreError as error:
        return otherwise, error
    except Exception:  # threads and pages must go on, whatever it is
        logger.exception("The store failed.")
        return otherwise, StoreError(StoreProblem.REFUSED, transient=False)
