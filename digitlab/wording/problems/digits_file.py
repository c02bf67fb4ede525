"""What is wrong with the file of the digits, in words, with what to do."""

from typing import Final

from digitlab.data.mnist import DataError, DataProblem
from digitlab.wording.say import Message, say_message, to_say

_PROBLEMS: Final[dict[DataProblem, Message]] = {
    DataProblem.UNREADABLE: to_say(
        "The lab can't read the file of its digits, {file}. Restore this file from the project. "
        "You can do that with this command: {command}"
    ),
    DataProblem.DAMAGED: to_say(
        "The file of the lab's digits, {file}, is damaged, or somebody changed it. Restore this "
        "file from the project. You can do that with this command: {command}"
    ),
}


def digits_file_words(error: DataError) -> str:
    """Why the lab has no digits, and how it gets them back.

    >>> digits_file_words(DataError(DataProblem.UNREADABLE, "digits.npz")).partition(". ")[0]
    "The lab can't read the file of its digits, digits.npz"
    """
    command = f"git checkout -- {error.file}"
    return say_message(_PROBLEMS[error.problem], file=error.file, command=command)
