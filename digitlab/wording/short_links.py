"""The short form of a lesson link in words."""

from typing import Final

from digitlab.runs.short_link import CODE_LETTERS
from digitlab.specs.checks import shown

CODE_LABEL: Final = "Code from the board"
CODE_HELP: Final = "Four letters that your teacher shows you."


def code_unknown(typed: str) -> str:
    """What is said of a code that leads nowhere.

    Args:
        typed: a stranger's words.
    """
    return (
        f"The lab knows no code {shown(typed)}. A code has four letters of {CODE_LETTERS}. Look at "
        "the board and type it again."
    )
