"""Each sentence that people read is said here, in the language of whoever reads it.

It is written in English where it is shown. The English words are the key in the catalogues, for
which Babel finds them in the source; CONTRIBUTING.md tells how a sentence is written so that it can
be translated.
"""

from typing import NewType

from digitlab.wording.language import ENGLISH, spoken, translations
from digitlab.wording.numerals import whole

Message = NewType("Message", str)
"""English words that stand in a table and are said later."""


def say(english: str, /, **values: object) -> str:
    """A sentence, or the words on a control, in the language that is spoken.

    Args:
        english: the whole of it, as one literal; each value stands in it as `{name}`.
        values: by these names, as they are to be read: `numerals` writes numbers. Without values
            a brace is a brace.

    >>> say("It reads {right} of {all} digits.", right=93, all=100)
    'It reads 93 of 100 digits.'
    """
    language = spoken()
    words = english if language == ENGLISH else translations(language).gettext(english)
    return words.format_map(values) if values else words


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """A sentence about a number of things.

    Args:
        one: the sentence for one thing, as one literal.
        many: for any other number; in both `{count}` is the number.
        count: how many there are.
        values: as in `say`.

    >>> say_count("{count} digit", "{count} digits", 10_000)
    '10,000 digits'
    >>> say_count("One {kind} digit", "{count} {kind} digits", 1, kind="test")
    'One test digit'
    """
    language = spoken()
    if language == ENGLISH:
        words = one if count == 1 else many
    else:
        words = translations(language).ngettext(one, many, count)
    return words.format_map({"count": whole(count), **values})


def to_say(english: str, /) -> Message:
    """Mark words in a table: Babel finds them here, and `say_message` says them.

    Args:
        english: as in `say`.
    """
    return Message(english)


def say_message(known: Message, /, **values: object) -> str:
    """Say words of a table; as `say`.

    >>> say_message(to_say("Draw a {digit}."), digit=7)
    'Draw a 7.'
    """
    return say(known, **values)
