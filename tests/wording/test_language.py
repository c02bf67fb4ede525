"""What is said in which language, and that English costs next to nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path
from timeit import timeit

import pytest
from babel.numbers import format_decimal

from digitlab.wording import language, pseudo
from digitlab.wording.language import ENGLISH, languages, speak, spoken
from digitlab.wording.lists import with_and, with_commas
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import decimal, per_cent, significant, whole
from digitlab.wording.say import say, say_count, say_message, to_say
from tests.shown_words import unsaid

SPANISH = """
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "It reads {right} of {all} digits."
msgstr "De {all} cifras lee {right}."

msgid "{count} digit"
msgid_plural "{count} digits"
msgstr[0] "{count} cifra"
msgstr[1] "{count} cifras"
"""


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A lab that has a Spanish catalogue, and speaks it."""
    (tmp_path / "es.po").write_text(SPANISH, encoding="utf-8")
    monkeypatch.setattr(language, "_CATALOGUES", tmp_path)
    languages.cache_clear()
    speak("es")
    yield
    speak(ENGLISH)
    languages.cache_clear()
    language.translations.cache_clear()


@pytest.fixture
def pseudo_language() -> Iterator[None]:
    speak(pseudo.NAME)
    yield
    speak(ENGLISH)


def test_a_catalogue_gives_sentence_order_and_plural(spanish: None) -> None:
    assert spoken() == "es"
    assert say("It reads {right} of {all} digits.", right=3, all=10) == "De 10 cifras lee 3."
    assert [say_count("{count} digit", "{count} digits", n) for n in (1, 0, 2000)] == [
        "1 cifra",
        "0 cifras",
        "2.000 cifras",
    ]


def test_what_has_no_translation_yet_is_english(spanish: None) -> None:
    assert say("Not translated {how}.", how="yet") == "Not translated yet."


def test_numbers_are_written_as_the_language_writes_them(spanish: None) -> None:
    """Babel is the oracle; the digits are those of Python's rounding, in each language alike."""
    assert whole(1234567) == format_decimal(1234567, locale="es") == "1.234.567"
    assert decimal(1234.5678, 2) == "1.234,57"
    assert per_cent(0.9876, 1) == "98,8\N{NO-BREAK SPACE}%"
    assert significant(-0.00123456) == "−0,001235"
    assert decimal(2.675, 2) == "2,67", "as in English: the float is below the half"


def test_a_language_that_the_lab_does_not_have_is_english() -> None:
    speak("xx")
    assert spoken() == ENGLISH


def test_the_lab_has_english_and_the_pseudo_language() -> None:
    assert {ENGLISH, pseudo.NAME} <= set(languages())


def test_each_context_speaks_its_own_language(
    spanish: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread starts with nothing said; the first that asks in it finds out, once."""
    asked = []
    monkeypatch.setattr(language, "_find", lambda: asked.append(1) or pseudo.NAME)
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.extend([spoken(), say("Yes"), spoken()]))
    thread.start()
    thread.join()
    assert heard == [pseudo.NAME, "⟦Yes ⟧", pseudo.NAME]
    assert len(asked) == 1
    assert spoken() == "es"


def test_the_pseudo_language_marks_words_and_leaves_values(pseudo_language: None) -> None:
    said = say("It reads **{answer}** with {share}.", answer=8, share=per_cent(0.9))
    assert said.startswith("⟦It reads **⟧8⟦** with ⟧90\N{NO-BREAK SPACE}%⟦. ")
    assert say_message(to_say("Train")).startswith("⟦Train ")
    english = "One digit of many, and a sentence that goes on for a while."
    assert len(say(english)) - 2 == pytest.approx(1.4 * len(english), abs=1)


def test_lists_are_written_by_the_language_too(pseudo_language: None) -> None:
    assert with_commas(["a"]) == "a"
    assert unsaid(with_and(["all", "but", "this"])) == ["all", "but", "this"]
    assert with_and(["a", "b", "c"]).count("⟦ and ⟧") == 1


def test_braces_are_braces_where_there_are_no_values() -> None:
    assert say(r"$\frac{1}{2}$") == r"$\frac{1}{2}$"


def test_words_are_remembered_for_each_language() -> None:
    calls = []

    @memoized_words
    def words(number: int) -> str:
        calls.append(number)
        return say("The digit {number}", number=number)

    assert words(7) is words(7)
    speak(pseudo.NAME)
    assert words(7).startswith("⟦The digit ")
    speak(ENGLISH)
    assert words(7) == "The digit 7"
    assert calls == [7, 7]


def test_english_costs_little_more_than_an_f_string() -> None:
    """A page says a few hundred sentences: 1 µs for each would be a third of a millisecond."""
    right, everything = 93, 100
    said = min(
        timeit(lambda: say("It reads {a} of {b}.", a=right, b=everything), number=10_000)
        for _ in range(5)
    )
    assert said / 10_000 < 20e-6, "twenty times what it takes on an idle processor"
