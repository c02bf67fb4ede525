"""Names that strangers give: one line, no hidden characters, no grapheme cut in two."""

from itertools import takewhile
from unicodedata import normalize

import regex

_READ = 1000
"""Characters of a name; the library looks at a row of flags from its beginning for each of them."""

_GRAPHEME = regex.compile(r"\X")
"""A grapheme: a letter with its accents, an emoji of several parts, a flag."""

_HIDDEN = r"\p{Default_Ignorable_Code_Point}\u2800"
"""Takes no ink: joiners, selectors, fillers, letters of a flag's name, the braille blank."""

_INVISIBLE = regex.compile(rf"[\p{{Other}}\p{{Separator}}{_HIDDEN}]+")

_EMOJI = r"\p{Extended_Pictographic}(?:\ufe0f?\p{Emoji_Modifier}?)"
_JOINED = regex.compile(
    rf"{_EMOJI}(?:\u200d{_EMOJI})*"  # joined, or coloured
    r"|\U0001f3f4[\U000e0020-\U000e007e]{2,6}\U000e007f"  # the flag of Scotland, say
    r"|\p{Emoji}\ufe0f\u20e3?"  # a sign as an emoji, a key of a keyboard
    # These join letters, or keep them apart, in Persian and in the scripts of India.
    r"|[\p{Arabic}\p{Mark}]+\u200c|.\p{Canonical_Combining_Class=Virama}[\u200c\u200d].*"
)
_HIDDEN_CHARACTERS = regex.compile(rf"[{_HIDDEN}]")


def clean(name: str) -> str:
    """A name on one line, without control characters and without signs that can't be seen.

    Of an endless name the beginning is read. Graphemes that need such characters are kept: emoji
    that are joined, or coloured, and flags.
    """
    graphemes = _GRAPHEME.findall(normalize("NFC", name[:_READ]))
    return " ".join("".join(map(_visible, graphemes)).split())


def _visible(grapheme: str) -> str:
    if _INVISIBLE.fullmatch(grapheme):
        return " "
    return grapheme if _JOINED.fullmatch(grapheme) else _HIDDEN_CHARACTERS.sub("", grapheme)


def shortened(name: str, longest: int) -> str:
    """A name of `longest` characters at most: of a longer one its beginning and "…".

    >>> shortened("Ada", 3), shortened("Ada Lovelace", 5)
    ('Ada', 'Ada…')
    """
    return name if len(name) <= longest else f"{cut(name, longest - 1)}…"


def cut(name: str, longest: int) -> str:
    """The beginning of a name, `longest` characters at most; it ends between two graphemes."""
    ends = (match.end() for match in _GRAPHEME.finditer(name[:_READ]))
    end = max(takewhile(lambda end: end <= longest, ends), default=longest)
    return name[:end].rstrip()
