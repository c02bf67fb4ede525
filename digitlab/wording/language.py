"""Which language the lab speaks with whoever it serves now, and the languages that it has.

English is the language of the source. Another one is a catalogue `locale/<language>.po`, which is
read when somebody first asks for it.
"""

import gettext
import io
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from digitlab.wording import pseudo

ENGLISH: Final = "en"

T = TypeVar("T")

_CATALOGUES: Final = Path(__file__).with_name("locale")
_spoken: ContextVar[str] = ContextVar("spoken")
_find: Callable[[], str] | None = None


def spoken() -> str:
    """The language that is spoken in this context, a name of `languages`.

    A context is a run of a page, or a thread. The first that asks in it finds out (`find_with`).
    """
    language = _spoken.get(None)
    if language is None:
        language = _find() if _find else ENGLISH
        _spoken.set(language)
    return language


def speak(language: str) -> None:
    """From now on speak this language in this context; what the lab does not have is English."""
    _spoken.set(language if language in languages() else ENGLISH)


def speaking(language: str, make: Callable[[], T]) -> T:
    """What this function makes when this language is spoken; elsewhere it is spoken no longer.

    For a thread that works for several visitors one after another.
    """

    def in_language() -> T:
        speak(language)
        return make()

    return copy_context().run(in_language)


def find_with(find: Callable[[], str]) -> None:
    """Name the function that finds the language where nobody has said which one to speak.

    A page says it (`speak`), but a part of it may run again without the rest, in a thread of its
    own.
    """
    global _find
    _find = find


@cache
def languages() -> tuple[str, ...]:
    """English, those with a catalogue, and the pseudo-language of the tests."""
    return ENGLISH, *sorted(file.stem for file in _CATALOGUES.glob("*.po")), pseudo.NAME


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language other than English."""
    if language == pseudo.NAME:
        return pseudo.Pseudo()
    # Babel: English needs it for nothing.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (_CATALOGUES / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
