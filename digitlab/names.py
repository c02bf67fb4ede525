"""Names that strangers give: one line, nothing hidden in it, and no sign torn apart."""

import re
from unicodedata import category, combining, normalize

_JOINER = "\u200d"
_JOINERS = f"\u200c{_JOINER}"  # the first keeps letters apart, in Persian
_VIRAMA = 9  # Unicode's class of the signs that join two consonants, in India
_SELECTORS = "\ufe00-\ufe0f"  # make an emoji of a sign, or a sign of an emoji
_TAGS = "\U000e0020-\U000e007f"

_FLAG = f"\U0001f3f4[{_TAGS}]{{2,6}}\U000e007f"  # of Scotland, say, in letters that can't be seen
_MISPLACED = re.compile(
    rf"({_FLAG})"
    rf"|(?<![^\x00-\xa0{_JOINERS}])[{_JOINERS}]"  # where nothing is joined:
    rf"|[{_JOINERS}](?![^\x00-\xa0{_JOINERS}])"  # it needs a letter or an emoji on both sides
    rf"|(?<![^\s{_SELECTORS}])[{_SELECTORS}]"
    rf"|[{_TAGS}]"
)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U000e0100-\U000e01ef"
"""Can't be seen though they count as letters and marks."""

_HIDDEN = re.compile(rf"[{_BLANK}]")


def clean(name: str) -> str:
    """A name on one line, without control characters and without signs that can't be seen.

    What such signs make whole is kept: emoji that are joined, or coloured, and flags.
    """
    composed = normalize("NFC", _HIDDEN.sub(" ", name))
    kept = f"{_JOINERS}{''.join(map(chr, range(0xE0020, 0xE0080)))}"
    seen = "".join(char if char.isprintable() or char in kept else " " for char in composed)
    return " ".join(_MISPLACED.sub(r"\1", seen).split())


def cut(name: str, longest: int) -> str:
    """The beginning of a name, `longest` characters at most; it ends between two signs."""
    end = min(longest, len(name))
    while end and _belongs_together(name, end):
        end -= 1
    return name[: end or longest].rstrip()


def _belongs_together(name: str, place: int) -> bool:
    """Whether the character at this place is a part of the sign before it."""
    if place >= len(name):
        return False
    before, here = name[place - 1], name[place]
    if _is_half_a_flag(before) and _is_half_a_flag(here):
        halves = re.search("[\U0001f1e6-\U0001f1ff]*$", name[:place])
        return halves is not None and len(halves[0]) % 2 == 1
    conjunct = combining(before) == _VIRAMA and category(here).startswith("L")
    return before == _JOINER or conjunct or _adds_to_the_last(here)


def _is_half_a_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _adds_to_the_last(char: str) -> bool:
    """Accents, vowel signs, joiners, colours of skin, the letters of a flag."""
    skin, tag = "\U0001f3fb" <= char <= "\U0001f3ff", "\U000e0020" <= char <= "\U000e007f"
    return category(char).startswith("M") or char in _JOINERS or skin or tag
