"""A code for the board: made in Copy link, typed on the front page, or brought by an address."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.hour import CARDS
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.errors import StoreError, StoreProblem
from digitlab.runs.short_link import CODE_LENGTH, CODE_LETTERS, ShortLink
from digitlab.specs.link import to_query
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from tests.conftest import finished
from tests.pages.test_copy_link import MINE, again, share
from tests.pages.test_pages import ROOT
from tests.reading import control


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pages, with their views, that were opened: AppTest knows one page only."""
    pages: list[tuple[str, str]] = []

    def switch(file: str, query_params: dict[str, str]) -> None:
        pages.append((file, query_params.get("view", "")))
        st.stop()

    monkeypatch.setattr("streamlit.switch_page", switch)
    return pages


def visit(lab: Lab, page: str = "app.py", **parameters: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / page), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.query_params.update(parameters)
    test.run()
    assert not test.exception
    return test


def typed(lab: Lab, code: str) -> AppTest:
    """The front page after a code was typed and sent."""
    test = visit(lab)
    control(test.text_input, "Code from the board").set_value(code)
    control(test.button, "Open").click().run()
    assert not test.exception
    return test


def kept(link: ShortLink) -> str:
    code = services.repository().keep_short_link("a teacher", link)
    assert code is not None
    return code


def code_made(test: AppTest) -> str:
    """The code that stands in the dialog."""
    (shown,) = test.metric
    assert shown.label == "Code from the board"
    assert len(shown.value) == CODE_LENGTH
    assert set(shown.value) <= set(CODE_LETTERS)
    return str(shown.value)


def test_a_code_of_a_lesson_link_sets_up_the_lesson(
    queue: TrainingQueue, opened: list[tuple[str, str]]
) -> None:
    test = share()
    control(test.multiselect, "Fixed").set_value(["epochs", "network"])
    control(test.button, "Copy link").click().run()
    control(test.button, "Make a code").click()
    again(test)
    lab = Lab()
    typed(lab, code_made(test).lower())
    assert opened == [("pages/4_Train.py", "")]
    assert (lab.spec, lab.lesson.fixed) == (MINE.spec, {"epochs", "network"})


def by_address(lab: Lab, code: str) -> AppTest:
    """A page that is not the code's, as a new visitor opens it with a code."""
    return visit(lab, "pages/2_Prepare.py", code=code)


@pytest.mark.parametrize("bring", [typed, by_address])
def test_a_code_of_a_card_opens_it_on_its_page(
    queue: TrainingQueue, opened: list[tuple[str, str]], bring: Callable[[Lab, str], AppTest]
) -> None:
    card = CARDS[1]
    code = kept(ShortLink(card.page, to_query(card.link)))
    lab = Lab()
    seed = lab.spec.training.seed
    test = bring(lab, code)
    assert opened == [("pages/1_Data.py", "one")]
    assert lab.shared.hour.current == card.name
    assert lab.lesson.locked == card.lesson.locked
    assert lab.spec == card.lesson.spec.with_seed(seed), "each pupil has another seed"
    test.run()
    assert len(opened) == 1, "it leads there once"


@pytest.mark.parametrize("bring", [typed, by_address])
def test_a_code_of_a_card_that_needs_a_network_trains_one(
    queue: TrainingQueue, opened: list[tuple[str, str]], bring: Callable[[Lab, str], AppTest]
) -> None:
    card = CARDS[0]
    code = kept(ShortLink(card.page, to_query(card.link)))
    lab = Lab()
    bring(lab, code)
    assert opened == [("pages/7_Draw.py", "")]
    assert lab.job is not None
    assert lab.job.spec == card.lesson.spec.with_seed(lab.spec.training.seed)
    queue.stop(lab.job)


def test_who_has_a_network_keeps_it(
    queue: TrainingQueue, opened: list[tuple[str, str]], trained: TrainedNetwork
) -> None:
    card = CARDS[0]
    lab = Lab(job=finished(trained))
    job = lab.job
    typed(lab, kept(ShortLink(card.page, to_query(card.link))))
    assert opened == [("pages/7_Draw.py", "")]
    assert lab.job is job


def free() -> str:
    """A code that leads nowhere; the codes of other tests are drawn by lot."""
    codes = (letter * CODE_LENGTH for letter in CODE_LETTERS)
    return next(code for code in codes if services.repository().short_link(code) is None)


@pytest.mark.parametrize("bring", [typed, by_address])
@pytest.mark.parametrize(
    "code", [free, lambda: "A*b", lambda: "' OR 1=1"], ids=["free", "A*b", "SQL"]
)
def test_an_unknown_code_is_said_with_a_remedy(
    queue: TrainingQueue,
    opened: list[tuple[str, str]],
    bring: Callable[[Lab, str], AppTest],
    code: Callable[[], str],
) -> None:
    lab = Lab()
    before = lab.spec
    (warning,) = bring(lab, code()).warning
    assert warning.value.startswith("The lab knows no code ")
    assert "Look at the board and type it again." in warning.value
    assert "A*b" not in warning.value, "a stranger's words are no Markdown"
    assert (opened, lab.spec, lab.lesson.locked) == ([], before, set())


def test_nothing_typed_says_nothing(queue: TrainingQueue, opened: list[tuple[str, str]]) -> None:
    assert not typed(Lab(), "").warning
    assert opened == []


@pytest.mark.parametrize("bring", [typed, by_address])
def test_without_a_memory_the_lab_does_not_say_that_the_code_is_wrong(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch, bring: Callable[[Lab, str], AppTest]
) -> None:
    monkeypatch.setattr(services.repository()._store, "short_link", unreachable)
    (warning,) = bring(Lab(), "BBBB").warning
    assert warning.value.startswith("The lab can't reach its memory now.")


def test_a_code_that_is_not_kept_is_not_shown(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.repository()._store, "keep_short_link", unreachable)
    test = share()
    control(test.button, "Make a code").click()
    again(test)
    assert not test.metric
    assert [warning.value[:22] for warning in test.warning] == ["The lab can't reach it"]


def unreachable(*_: object) -> None:
    raise StoreError(StoreProblem.UNREACHABLE)
