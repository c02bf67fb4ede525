"""Names that strangers give: one line, nothing hidden in it, and no sign torn apart."""

from itertools import takewhile
from unicodedata import normalize

import regex

_READ = 1000
"""Characters of a name; the library looks at a row of flags from its beginning for each of them."""

_SIGN = regex.compile(r"\X")
"""What a reader counts as one: a letter with its accents, an emoji of several parts, a flag."""

_HIDDEN = r"\p{Default_Ignorable_Code_Point}\u2800"
"""Takes no ink: joiners, selectors, fillers, letters of a flag's name, the braille blank."""

_NOTHING = regex.compile(rf"[\p{{Other}}\p{{Separator}}{_HIDDEN}]+")

_EMOJI = r"\p{Extended_Pictographic}(?:\ufe0f?\p{Emoji_Modifier}?)"
_WHOLE = regex.compile(
    rf"{_EMOJI}(?:\u200d{_EMOJI})*"  # joined, or coloured
    r"|\U0001f3f4[\U000e0020-\U000e007e]{2,6}\U000e007f"  # the flag of Scotland, say
    r"|\p{Emoji}\ufe0f\u20e3?"  # a sign as an emoji, a key of a keyboard
    # These join letters, or keep them apart, in Persian and in the scripts of India.
    r"|[\p{Arabic}\p{Mark}]+\u200c|.\p{Canonical_Combining_Class=Virama}[\u200c\u200d].*"
)
_PARTS = regex.compile(rf"[{_HIDDEN}]")


def clean(name: str) -> str:
    """A name on one line, without control characters and without signs that can't be seen.

    Of a name without end the beginning is read. What such signs make whole is kept: emoji that are joined, or coloured, and flags.
    """
    signs = _SIGN.findall(normalize("NFC", name[:_READ]))
    return " ".join("".join(map(_seen, signs)).split())


def _seen(sign: str) -> str:
    if _NOTHING.fullmatch(sign):
        return " "
    return sign if _WHOLE.fullmatch(sign) else _PARTS.sub("", sign)


def cut(name: str, longest: int) -> str:
    """The beginning of a name, `longest` characters at most; it ends between two signs."""
    ends = (match.end() for match in _SIGN.finditer(name[:_READ]))
    end = max(takewhile(lambda end: end <= longest, ends), default=longest)
    return name[:end].rstrip()
