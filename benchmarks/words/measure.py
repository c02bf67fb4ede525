"""The lengths of sentences, and the words that a learner of English may not know."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Final

from digitlab.wording.glossary import GLOSSARY

LONG: Final = 20
"""Words; a sentence that has more is hard to follow."""

COMMON: Final = 4.0
"""The logarithm of how often a word stands in 10⁹ words of English: 4 is once in 100,000 words.
Some 7,000 words are as common; B1 asks for some 3,000."""

_MARKUP: Final = (
    (re.compile(r"\$[^$]+\$|`[^`]*`"), "8"),  # formulas and code: one word that nobody looks up
    (re.compile(r":material/\w+:|:(?:gray|small|green|red|blue|orange)\[|\]\([^)]*\)"), " "),
    (re.compile(r"https?://\S+|--[A-Za-z.=]+"), "8"),  # addresses, options of a command
    (re.compile(r"\{\w+\}"), "8"),
    (re.compile(r"[*_\[\]]"), ""),
)
_END: Final = re.compile(r"(?<=[.!?…])[\"”)]*\s+(?=[\"“(]?[A-Z0-9])|\n\s*\n|\n(?=[-|] )")
_CLOSED: Final = re.compile(r"[.!?…:][\"”)]*$")
_ENDINGS: Final = re.compile(r"(?:s|es|d|ed|ing|ly|er)$")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Measured:
    """Some texts.

    Attributes:
        texts: how many there are.
        sentences: how many words each sentence has; headings and labels are none.
        uncommon: the words that are neither common nor known, with how often they stand there.
    """

    texts: int
    sentences: tuple[int, ...]
    uncommon: Counter[str]

    @property
    def mean(self) -> float:
        """Words in a sentence."""
        return fmean(self.sentences)

    @property
    def long(self) -> float:
        """Share of the sentences that are long; 0 if there are none."""
        many = sum(length > LONG for length in self.sentences)
        return many / max(1, len(self.sentences))


def measured(texts: Iterable[str]) -> Measured:
    """Measure these texts."""
    plain = [_plain(text) for text in texts]
    parts = [part.strip() for text in plain for part in _END.split(text)]
    sentences = [words for part in parts if _CLOSED.search(part) and (words := _words(part))]
    uncommon = Counter(
        word for part in parts for word in map(str.lower, _words(part)) if not _is_known(word)
    )
    return Measured(len(plain), tuple(map(len, sentences)), uncommon)


def _plain(text: str) -> str:
    for markup, instead in _MARKUP:
        text = markup.sub(instead, text)
    return text


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def _is_known(word: str) -> bool:
    """Whether a word, or each part of one with hyphens, is common or explained."""
    if word in terms() or any(letter.isdigit() for letter in word):
        return True
    if "-" in word:
        return all(map(_is_known, word.split("-")))
    word = re.sub(r"['’](s|ll|re|ve|d|t|m)?$", "", word)
    stem = _ENDINGS.sub("", word)
    forms = {word, stem, f"{stem}e", f"{stem[:-1]}y"}  # "learns", "dividing", "multiplies"
    # Here, not above: it takes half a second, which all tests would wait for as they are collected.
    from wordfreq import zipf_frequency

    return len(word) < 2 or any(
        form in terms() or zipf_frequency(form, "en") >= COMMON for form in forms
    )


@cache
def terms() -> frozenset[str]:
    """The words of the glossary, and the names in terms.txt, in lower case and with a plural."""
    named = Path(__file__).with_name("terms.txt").read_text(encoding="utf-8")
    lines = [line for line in named.splitlines() if not line.startswith("#")]
    words = [word.lower() for term in (*GLOSSARY, *lines) for word in re.split(r"[ -]", term)]
    return frozenset(form for word in words for form in (word, f"{word}s", f"{word}es"))
