"""What can go wrong with the store, in sentences for the learner, and what to do, for the log."""

_GOES_ON = "the lab goes on without it, and a run may not be found again after a reload."

UNREACHABLE = f"The lab's memory cannot be reached just now: {_GOES_ON}"
BUSY = f"The lab's memory is busy: {_GOES_ON}"
FULL = f"The lab's memory is full: {_GOES_ON}"
READ_ONLY = f"The lab's memory cannot be written: {_GOES_ON}"
DAMAGED = f"The lab's memory is damaged: {_GOES_ON}"
NEWER = f"The lab's memory belongs to a newer version of the lab: {_GOES_ON}"
DAMAGED_RUN = "What was kept of this run is damaged: the lab goes on without it."
REFUSED = f"The lab's memory did not take this run: {_GOES_ON}"

REMEDIES = {
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
        passing: whether the same may succeed later: the fault is the store's, not the run's.
    """

    def __init__(self, message: str, passing: bool = True) -> None:
        super().__init__(message)
        self.passing = passing
