"""Two sheets of paper for the guided hour, each an HTML file that needs nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from digitlab.data.mnist import Dataset
from digitlab.quiz.hour import OF_CARD
from digitlab.quiz.question import Question
from digitlab.teaching.answer_words import (
    article_words,
    fact_words,
    own_words,
    promised_words,
)
from digitlab.teaching.facts import Facts, OwnNetwork
from digitlab.teaching.plan import PLAN, Slot
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import expectation_words
from digitlab.wording.language import spoken
from digitlab.wording.numerals import whole
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say, say_message
from digitlab.wording.teaching import sheets as words

_BLANK, _LINE = "\0", "\1"  # where somebody writes; no sentence has these
_MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
    (re.compile(_BLANK), '<span class="blank"></span>'),
    (re.compile(_LINE), '<span class="line"></span>'),
)


@dataclass(frozen=True)
class CardOnPaper:
    """A card as its sheet shows it, in words.

    Attributes:
        head: its number and title.
        where: its page and its minutes.
        code: for the board; "" if there is none.
        asks: the question of its prediction.
        expected: the answers to choose from, or a line to write on.
        observed: sentences to complete.
        question: at its end.
        promised: what nearly always comes; "" where anything can.
        fact: what is known about it.
    """

    head: str
    where: str
    code: str
    asks: str
    expected: tuple[str, ...]
    observed: tuple[str, ...]
    question: Question
    promised: str = ""
    fact: str = ""

    @classmethod
    def of(cls, slot: Slot, code: str = "", facts: Facts | None = None) -> "CardOnPaper":
        """The card of this place in the plan; with the facts it says the answers."""
        card, said = slot.card, CARD_WORDS[slot.card.name]
        return cls(
            head=say("{number}. {title}", number=slot.number, title=say_message(said.title)),
            where=say(
                "Page {page}, minutes {begins} to {ends}",
                page=page_title(card.page),
                begins=slot.begins,
                ends=slot.ends,
            ),
            code=code,
            asks=say_message(said.asks),
            expected=tuple(expectation_words(card.name, each) for each in card.expectations),
            observed=tuple(
                say_message(sentence, blank=_BLANK, line=_LINE)
                for sentence in words.OBSERVED[card.name]
            ),
            question=OF_CARD[card.name](),
            promised=promised_words(card) if facts else "",
            fact=fact_words(card, facts) if facts else "",
        )


def pupil_sheet(codes: Mapping[str, str], address: str) -> str:
    """The sheet for pupils: what they predict, observe and answer, with lines to write on.

    Args:
        codes: for the board, by the name of what each opens; those that there are.
        address: of the front page, as it is typed.
    """
    return _template("pupil_sheet").render(
        **_common(points=9.4, leading=1.3),
        title=say_message(words.STUDENT_TITLE),
        fields=[say_message(field) for field in (words.NAME, words.CLASS, words.DATE)],
        way=_way(codes, address),
        cards=[CardOnPaper.of(slot, codes.get(slot.card.name, "")) for slot in PLAN],
        write=say_message(words.EXPECTED, line=_LINE),
        compared=say_message(words.COMPARED),
        choices=[say_message(words.YES), say_message(words.NO)],
        why=say_message(words.WHY, line=_LINE),
    )


def answer_sheet(data: Dataset, own: OwnNetwork | None = None) -> str:
    """The sheet for the teacher: what comes, the answers, and what to say to a wrong one.

    Args:
        data: the digits, for their numbers.
        own: the teacher's current network, if there is one.
    """
    facts = Facts.of(data)
    return _template("answer_sheet").render(
        **_common(points=9, leading=1.25),
        title=say_message(words.TEACHER_TITLE),
        cards=[CardOnPaper.of(slot, facts=facts) for slot in PLAN],
        correct=say("Correct"),
        counts_title=say("How many digits of each kind there are"),
        kinds=[
            (say("Training digits"), facts.training),
            (say("Test digits"), facts.test),
        ],
        all=say("All"),
        article_title=say("The article's network"),
        article=article_words(facts),
        own_title=say("Your network"),
        own=own_words(own) if own else "",
    )


def _common(points: float, leading: float) -> dict[str, str | float]:
    """What both sheets need; `points` and `leading` are of the letters on paper."""
    return {
        "points": points,
        "leading": leading,
        "language": spoken(),
        "predict": say_message(words.PREDICT),
        "observe": say_message(words.OBSERVE),
        "answer": say_message(words.ANSWER),
    }


def _way(codes: Mapping[str, str], address: str) -> str:
    """How a pupil comes to the cards."""
    if codes and address:
        return say(
            "Open **{address}** in a browser. Type the code of the card into *Code from the "
            "board*.",
            address=address,
        )
    page = page_title("Guided hour")
    return say("Open the lab in a browser. Choose the page *{page}*.", page=page)


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"marks": _marks, "whole": whole}
    return environment.get_template(f"{name}.html.jinja")


def _marks(text: str) -> Markup:
    """The little Markdown of the messages as HTML; a stranger's words stay words."""
    marked = str(escape(text))
    for mark, html in _MARKS:
        marked = mark.sub(html, marked)
    return Markup(marked)
