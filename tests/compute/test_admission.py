"""Whose question is next: drawings, pages, background; nobody's many before others' first."""

import contextlib
import threading
from typing import Any

import pytest

from digitlab import limits
from digitlab.compute import admission as admissions
from digitlab.compute.admission import Admission, Urgency
from digitlab.compute.errors import EngineError, Problem
from tests.conftest import wait_until

DRAWING, PAGE, BACKGROUND = Urgency


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admissions, "_LOOK_SECONDS", 0.02)


class Askers:
    """Threads that ask one part each of an admission with one place, which the test holds first."""

    def __init__(self) -> None:
        self.admission = Admission(1)
        self.served: list[Any] = []
        self.threads: list[Any] = []
        self._first = self.admission.question(PAGE, "first")
        self._slot = self.admission.slot(self._first.__enter__())
        self._slot.__enter__()

    def add(self, name: str, urgency: Urgency, owner: str = "") -> None:
        def ask() -> None:
            with (
                self.admission.question(urgency, owner or name) as question,
                self.admission.slot(question),
            ):
                self.served.append(name)

        self.threads.append(threading.Thread(target=ask))
        self.threads[-1].start()
        wait_until(lambda: len(self.admission._waiting) == len(self.threads), "it to wait")

    def order(self) -> list[Any]:
        self._slot.__exit__(None, None, None)
        self._first.__exit__(None, None, None)
        for thread in self.threads:
            thread.join(30)
        return self.served


def test_drawings_go_before_pages_and_pages_before_studies() -> None:
    askers = Askers()
    for name, urgency in (
        ("s", BACKGROUND),
        ("p1", PAGE),
        ("p2", PAGE),
        ("d1", DRAWING),
        ("d2", DRAWING),
    ):
        askers.add(name, urgency)
    assert askers.order() == ["d1", "d2", "p1", "p2", "s"]


def test_nobodys_second_question_comes_before_anothers_first() -> None:
    askers = Askers()
    for number in (1, 2, 3):
        askers.add(f"many{number}", PAGE, "many")
    askers.add("one", PAGE, "one")
    assert askers.order() == ["many1", "one", "many2", "many3"]


def test_those_who_are_not_known_are_not_one_owner() -> None:
    admission = Admission(1)
    with contextlib.ExitStack() as stack:
        for _ in range(limits.QUESTIONS_PER_OWNER + 1):
            stack.enter_context(admission.question(PAGE, ""))
        assert admission.busy
    assert not admission.busy


def test_a_drawing_comes_between_two_parts_of_a_long_question() -> None:
    askers = Askers()
    admission = askers.admission

    def in_two_parts() -> None:
        with admission.question(PAGE, "long") as question:
            for part in ("part 1", "part 2"):
                with admission.slot(question):
                    askers.served.append(part)
                    if part == "part 1":
                        askers.add("drawing", DRAWING)  # it waits while part 1 is at work

    thread = threading.Thread(target=in_two_parts)
    thread.start()
    wait_until(lambda: admission._waiting, "the long question to wait")
    askers.order()
    thread.join(30)
    assert askers.served == ["part 1", "drawing", "part 2"]


def test_only_so_many_parts_are_with_the_workers_at_once() -> None:
    admission, most, gate = Admission(2), [], threading.Semaphore(0)
    inside = []

    def ask() -> None:
        with admission.question(PAGE, "") as question, admission.slot(question):
            inside.append(1)
            most.append(len(inside))
            gate.acquire()
            inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(inside) == 2 and len(admission._waiting) == 6, "six to wait")
    gate.release(8)
    for thread in threads:
        thread.join(30)
    assert max(most) == 2
    assert len(most) == 8


class Left(BaseException):
    """As what Streamlit raises in a page that the visitor has left."""


def test_a_page_that_was_left_takes_its_question_back() -> None:
    askers = Askers()
    admission = askers.admission

    def leave() -> None:
        raise Left

    with (
        pytest.raises(Left),
        admission.question(PAGE, "gone") as question,
        admission.slot(question, leave),
    ):
        pytest.fail("it had a slot")
    assert admission._waiting == []
    askers.add("next", PAGE)
    assert askers.order() == ["next"]


def test_what_waits_too_long_is_told_that_others_are_before_it() -> None:
    now = [0.0]
    admission = Admission(1, lambda: now[0])
    with admission.question(PAGE, "a") as first, admission.slot(first):

        def time_passes() -> None:
            now[0] += limits.PREDICTION_TIMEOUT_SECONDS

        with (
            pytest.raises(EngineError) as told,
            admission.question(DRAWING, "b") as second,
            admission.slot(second, time_passes),
        ):
            pytest.fail("it had a slot")
    assert told.value.problem is Problem.BUSY


def test_one_owner_has_few_long_questions_and_draws_on() -> None:
    admission = Admission(1)
    with contextlib.ExitStack() as stack:
        for _ in range(limits.QUESTIONS_PER_OWNER):
            stack.enter_context(admission.question(PAGE, "many"))
        with pytest.raises(EngineError) as told:
            stack.enter_context(admission.question(PAGE, "many"))
        assert told.value.problem is Problem.TOO_MANY
        stack.enter_context(admission.question(DRAWING, "many"))
        stack.enter_context(admission.question(PAGE, "another"))


def test_those_who_wait_are_bounded_and_long_ones_leave_room_for_drawings() -> None:
    admission = Admission(1)
    with contextlib.ExitStack() as stack:
        for number in range(limits.QUESTIONS_WAITING):
            stack.enter_context(admission.question(PAGE, str(number)))
        with pytest.raises(EngineError) as told:
            stack.enter_context(admission.question(BACKGROUND, "new"))
        assert told.value.problem is Problem.BUSY
        stack.enter_context(admission.question(DRAWING, "new"))
