"""A lesson link and its short form: four letters that can be typed from a projector."""

from dataclasses import dataclass

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants only, so that no word can come out; nothing that looks like a digit."""

CODE_LENGTH = 4
"""160,000 codes. A code protects nothing: it leads to settings, not to anybody's work."""


@dataclass(frozen=True)
class ShortLink:
    """Where a code leads.

    Attributes:
        page: name of the page.
        query: the query string of its address: settings, view and card.
    """

    page: str
    query: str


def clean_code(text: str) -> str | None:
    """The code in what somebody typed, None if it can't be one.

    >>> clean_code(" bd fg ")
    'BDFG'
    >>> clean_code("ABCD") is None
    True
    """
    code = "".join(text.split()).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None
