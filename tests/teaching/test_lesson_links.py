"""What the codes of the page For teachers open."""

from urllib.parse import parse_qs

import pytest

from digitlab.hour import CARDS
from digitlab.specs import PRESETS, LessonSpec, SampleSelection
from digitlab.specs.link import CARD, from_link
from digitlab.teaching import lesson_links, lies_here
from digitlab.teaching.lesson_links import typed_address
from digitlab.ui.shell import path

MINE = LessonSpec(
    PRESETS["Small CNN"].with_seed(9), SampleSelection("test", 3), frozenset({"epochs"})
)
LINKS = lesson_links(MINE)


def test_there_is_one_for_the_hour_each_card_and_the_settings() -> None:
    names = [link.name for link in LINKS]
    assert names == ["hour", *(card.name for card in CARDS), "settings"]
    assert len({link.link for link in LINKS}) == len(LINKS)
    assert len({link.title for link in LINKS}) == len(LINKS)
    assert LINKS[2].title == "Card 2: A picture is numbers"


@pytest.mark.parametrize("number", range(len(CARDS)))
def test_a_cards_link_carries_the_card_and_its_settings(number: int) -> None:
    card, link = CARDS[number], LINKS[1 + number]
    query = parse_qs(link.link.query)
    lesson, wrong = from_link(query)
    assert not wrong
    assert (link.link.page, query[CARD]) == (card.page, [card.name])
    assert query.get("view", [""]) == [card.view]
    assert lesson.spec.with_seed(0) == card.lesson.spec.with_seed(0)
    assert "seed" not in query, "each pupil has another seed"


def test_the_settings_are_the_teachers_and_the_seed_is_not() -> None:
    link = LINKS[-1].link
    lesson, wrong = from_link(parse_qs(link.query))
    assert not wrong
    assert "seed=" not in link.query
    assert lesson.spec.with_seed(0) == MINE.spec.with_seed(0)
    assert (lesson.selection, lesson.fixed) == (MINE.selection, {"epochs"})


@pytest.mark.parametrize("how", ["fixed", "hidden"])
def test_a_seed_that_the_lesson_holds_goes_along(how: str) -> None:
    locked = LessonSpec(MINE.spec, MINE.selection, **{how: frozenset({"seed"})})
    lesson, _ = from_link(parse_qs(lesson_links(locked)[-1].link.query))
    assert lesson.spec == MINE.spec


def test_each_leads_to_a_page() -> None:
    assert all(path.step(link.link.page) for link in LINKS)


@pytest.mark.parametrize(
    ("root", "here"),
    [
        ("http://localhost:8501/", True),
        ("http://127.0.0.1:8501/", True),
        ("http://[::1]:8501/", True),
        ("http://digitlab.localhost/", True),
        ("http://192.168.0.5:8501/", False),
        ("https://localhost.example/", False),
        ("http://[2001:db8::1]/", False),
        ("/", False),
    ],
)
def test_an_address_that_nobody_else_can_open_is_known(root: str, here: bool) -> None:
    assert lies_here(root) == here


def test_what_is_typed_is_short() -> None:
    assert typed_address("https://lab.example/") == "lab.example"
    assert typed_address("/") == "/", "where the address is not known"
