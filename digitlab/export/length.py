"""How much of the lab is taken home. A module of its own: a page that offers it loads no more."""

from enum import StrEnum


class Length(StrEnum):
    """How much of the lab a lesson holds."""

    LESSON = "lesson"
    """The steps of the lesson."""

    EVERYTHING = "everything"
    """These, and the pages that say why."""
