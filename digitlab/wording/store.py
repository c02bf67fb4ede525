"""What is wrong with the lab's memory, and why what a run left is not kept."""

from digitlab.runs.errors import StoreProblem

_GOES_ON = "the lab goes on without it, and a run may not be found again after a reload."

_PROBLEMS = {
    StoreProblem.UNREACHABLE: f"The lab's memory cannot be reached just now: {_GOES_ON}",
    StoreProblem.BUSY: f"The lab's memory is busy: {_GOES_ON}",
    StoreProblem.FULL: f"The lab's memory is full: {_GOES_ON}",
    StoreProblem.READ_ONLY: f"The lab's memory cannot be written: {_GOES_ON}",
    StoreProblem.DAMAGED: f"The lab's memory is damaged: {_GOES_ON}",
    StoreProblem.NEWER: f"The lab's memory belongs to a newer version of the lab: {_GOES_ON}",
    StoreProblem.DAMAGED_RUN: ("What was kept of this run is damaged: the lab goes on without it."),
    StoreProblem.REFUSED: f"The lab's memory did not take this run: {_GOES_ON}",
    StoreProblem.LOST: (
        "The lab's memory was deleted or replaced, and a new one has begun: the lab goes on with "
        "the runs that pages had open, but the others are gone."
    ),
    StoreProblem.NO_ROOM: (
        "This network is not kept, as your other runs that must stay take all of your room: the "
        "lab goes on without it until you delete one on the page Runs."
    ),
    StoreProblem.NOT_YET: (
        "This network is not kept yet: the lab goes on, and writes it as soon as it can."
    ),
    StoreProblem.NOT_KEPT: ("This network is not kept: the lab goes on with it until you leave."),
}


def store_words(problem: StoreProblem) -> str:
    """What is wrong, and what the lab does now."""
    return _PROBLEMS[problem]
