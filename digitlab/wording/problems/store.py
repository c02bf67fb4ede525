"""What is wrong with the lab's memory, and why what a run left is not kept."""

from typing import Final

from digitlab.runs.errors import StoreProblem
from digitlab.wording.say import Message, say_message, to_say

_PROBLEMS: Final[dict[StoreProblem, Message]] = {
    StoreProblem.UNREACHABLE: to_say(
        "The lab can't reach its memory now. You can go on, but after a reload the lab may not "
        "find your run again."
    ),
    StoreProblem.BUSY: to_say(
        "The lab's memory is busy now. You can go on, but after a reload the lab may not find your "
        "run again."
    ),
    StoreProblem.FULL: to_say(
        "The lab's memory is full. You can go on, but after a reload the lab may not find your run "
        "again."
    ),
    StoreProblem.READ_ONLY: to_say(
        "The lab can't write into its memory. You can go on, but after a reload the lab may not "
        "find your run again."
    ),
    StoreProblem.DAMAGED: to_say(
        "The lab's memory is damaged. You can go on, but after a reload the lab may not find your "
        "run again."
    ),
    StoreProblem.NEWER: to_say(
        "The lab's memory belongs to a newer version of the lab. You can go on, but after a reload "
        "the lab may not find your run again."
    ),
    StoreProblem.DAMAGED_RUN: to_say(
        "The lab can't read what it kept of this run: it is damaged. You can go on without it."
    ),
    StoreProblem.REFUSED: to_say(
        "The lab's memory did not take this run. You can go on, but after a reload the lab may not "
        "find your run again."
    ),
    StoreProblem.LOST: to_say(
        "Somebody deleted or replaced the lab's memory, and the lab has begun a new one. The runs "
        "that are open now stay. The others are gone. You can go on."
    ),
    StoreProblem.NO_ROOM: to_say(
        "The lab does not keep this network, because your other runs take all of your space. "
        "Delete a run on the page Runs, and the lab keeps this network. Until then you can go on."
    ),
    StoreProblem.NO_STORE_ROOM: to_say(
        "The lab does not keep this network, because the runs of all visitors take all of its "
        "space. You can go on. Take this network home if you want to keep it."
    ),
    StoreProblem.NOT_YET: to_say(
        "The lab has not kept this network yet. You can go on: it does so as soon as it can."
    ),
    StoreProblem.NOT_KEPT: to_say(
        "The lab does not keep this network. You can go on with it until you leave the lab."
    ),
}


def store_words(problem: StoreProblem) -> str:
    """What is wrong, and what the lab does now."""
    return say_message(_PROBLEMS[problem])
