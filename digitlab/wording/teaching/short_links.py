"""The short form of a lesson link in words."""

from digitlab.runs.short_link import CODE_LETTERS
from digitlab.specs.checks import shown
from digitlab.wording.say import say


def code_label() -> str:
    """What the field for a code is called."""
    return say("Code from the board")


def code_help() -> str:
    """What the field is for."""
    return say("Four letters that your teacher shows you.")


def code_unknown(typed: str) -> str:
    """What is said of a code that leads nowhere.

    Args:
        typed: a stranger's words.
    """
    return say(
        "The lab knows no code {typed}. A code has four of the letters {letters}. Look at the "
        "board and type it again.",
        typed=shown(typed),
        letters=CODE_LETTERS,
    )
