"""The cards of the guided hour: their links, their words, and when they are done."""

from urllib.parse import parse_qs

import pytest

from digitlab.hour import CARDS, MINUTES, Card, HourProgress, card
from digitlab.hour.cards import seeded
from digitlab.hour.outcomes import Values
from digitlab.quiz.hour import OF_CARD
from digitlab.specs.link import CARD, from_link, to_query
from digitlab.ui.shell import path
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import result_words, verdict_words

NAMES = [card.name for card in CARDS]

SEEN: list[tuple[str, Values, str, str]] = [
    ("own_three", {"answer": 3, "share": 0.93}, "three", "the digit 3"),
    ("own_three", {"answer": 8, "share": 0.5}, "other", "the digit 8"),
    ("numbers", {"sample": "x_train[212]", "ink": 99}, "few", "99 of the 784 numbers are ink"),
    ("numbers", {"sample": "x_train[1]", "ink": 400}, "half", "384 are paper"),
    ("numbers", {"sample": "x_train[1]", "ink": 600}, "most", "184 are paper"),
    ("step", {"before": 2.5, "after": 2.25}, "falls", "2.5000. After one step it was 2.2500"),
    ("step", {"before": 2.5, "after": 2.5}, "stays", "2.5000"),
    ("step", {"before": 2.5, "after": 3.0}, "rises", "3.0000"),
    ("seeds", {"seeds": 5, "lowest": 0.7, "highest": 0.7}, "same", "With 5 seeds"),
    ("seeds", {"seeds": 5, "lowest": 0.70, "highest": 0.72}, "near", "0.7200"),
    ("seeds", {"seeds": 5, "lowest": 0.70, "highest": 0.75}, "far", "0.7500"),
    ("matrix", {"true": 9, "predicted": 4, "count": 31}, "4_9", "read the digit 9 as 4"),
    ("matrix", {"true": 7, "predicted": 9, "count": 31}, "other", "the digit 7 as 9"),
    ("change", {"rate": 1.0, "score": 0.93}, "1", "The learning rate 1 won"),
    ("change", {"rate": 0.03, "score": 0.8}, "0.03", "0.8000"),
    ("exam", {"validation": 0.93, "test": 0.92}, "lower", "0.9300"),
    ("exam", {"validation": 0.93, "test": 0.933}, "alike", "0.9330"),
    ("exam", {"validation": 0.93, "test": 0.95}, "higher", "0.9500"),
    (
        "own_question",
        {"change": "zero_start", "expected": "worse", "came": "nothing"},
        "nothing",
        "Your change: ",
    ),
]


def of(name: str) -> Card:
    named = card(name)
    assert named is not None
    return named


@pytest.mark.parametrize("card", CARDS, ids=NAMES)
def test_a_card_leads_to_a_view_that_is_there_and_its_words_fit(card: Card) -> None:
    step = path.step(card.page)
    assert card.view in step.views if step.views else not card.view
    assert card.promised
    assert set(card.promised) <= set(card.expectations or card.promised)
    assert list(CARD_WORDS[card.name].expectations) == list(card.expectations)
    question = OF_CARD[card.name]()
    assert question.answer in question.options
    wrong = {misconception.answer for misconception in question.misconceptions}
    assert wrong == set(question.options) - {question.answer}, "each wrong answer has its reason"


@pytest.mark.parametrize("card", CARDS, ids=NAMES)
def test_the_link_of_a_card_sets_up_its_lesson_and_names_it(card: Card) -> None:
    query = parse_qs(to_query(card.link))
    lesson, wrong = from_link(query)
    assert not wrong
    assert query[CARD] == [card.name]
    assert (lesson.spec.with_seed(0), lesson.selection) == (
        card.lesson.spec.with_seed(0),
        card.lesson.selection,
    )
    assert lesson.locked == card.lesson.locked
    assert "seed" not in query, "each pupil has a seed of their own"
    assert seeded(card, 77).spec.training.seed == 77


def test_the_eight_cards_fill_a_lesson() -> None:
    assert len(CARDS) == len(set(NAMES)) == 8
    assert MINUTES == 45
    assert card("nonsense") is None


@pytest.mark.parametrize(("name", "values", "outcome", "words"), SEEN)
def test_what_came_is_an_answer_to_the_prediction_and_is_said(
    name: str, values: Values, outcome: str, words: str
) -> None:
    assert of(name).outcome(values) == outcome
    assert outcome in (of(name).expectations or [outcome])
    said = result_words(name, values)
    assert words in said
    assert "{" not in said


@pytest.mark.parametrize("card", CARDS, ids=NAMES)
def test_each_answer_of_a_prediction_can_come_true(card: Card) -> None:
    """But for some learning rates, which a search may find or not."""
    came = {outcome for name, _, outcome, _ in SEEN if name == card.name}
    if card.name not in ("change", "matrix"):
        assert came >= set(card.expectations)


def test_a_card_is_done_by_a_prediction_and_then_its_action() -> None:
    hour, three = HourProgress(), of("own_three")
    assert not hour.saw(three, {"answer": 3, "share": 0.9}), "nothing was predicted"
    assert (hour.done, hour.next) == (0, three)
    hour.expect(three, "nonsense")
    assert hour.expectation(three) is None
    hour.expect(three, "other")
    assert not hour.is_done(three), "nothing was done"
    hour.expect(three, "three")  # it may be changed until then
    assert hour.saw(three, {"answer": 5, "share": 0.9})
    assert hour.is_done(three)
    hour.expect(three, "other")
    assert hour.expectation(three) == "three", "afterwards it stays as it was said"
    assert hour.observed["own_three"].outcome == "other"
    assert not hour.saw(three, {"answer": 3, "share": 0.8}), "it was done before"
    assert hour.observed["own_three"].outcome == "three", "the latest drawing counts"
    assert (hour.done, hour.next) == (1, CARDS[1])
    hour.begin_anew()
    assert (hour.done, hour.next, hour.expected) == (0, three, {})


def test_where_the_page_asks_for_the_prediction_the_card_must_be_open() -> None:
    hour, own = HourProgress(), of("own_question")
    values = {"change": "scale", "expected": "worse", "came": "nothing"}
    assert not hour.saw(own, values)
    hour.current = own.name
    assert hour.saw(own, values)
    assert hour.expectation(own) == "worse"


def test_a_verdict_says_whether_it_was_right() -> None:
    assert verdict_words("step", "falls", "falls") == "You expected: *It falls*. You were right."
    assert "Something else" in verdict_words("own_question", "worse", "same")
