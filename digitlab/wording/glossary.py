"""The glossary: what the words of the field mean, with the learner's own numbers."""

from typing import Final

from digitlab.specs import RunSpec
from digitlab.wording.glossary_entries import ENTRIES, Entry
from digitlab.wording.say import say, say_message

GLOSSARY: Final[dict[str, Entry]] = {entry.word: entry for entry in ENTRIES}
"""By the word, in the order of the alphabet."""


def glossary_words(terms: tuple[str, ...], spec: RunSpec) -> str:
    """The entries of some words as Markdown, a paragraph each, in the order of the alphabet.

    Args:
        terms: keys of `GLOSSARY`.
        spec: the learner's own settings.
    """
    return "\n\n".join(_paragraph(entry, spec) for term, entry in GLOSSARY.items() if term in terms)


def _paragraph(entry: Entry, spec: RunSpec) -> str:
    own = entry.own(spec) if entry.own else ""
    word, meaning = say_message(entry.word), say_message(entry.meaning)
    return say("**{word}**: {meaning}", word=word, meaning=meaning) + (f" {own}" if own else "")
