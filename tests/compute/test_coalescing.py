"""One question of many visitors is asked once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.compute import coalescing
from digitlab.compute.coalescing import SharedAnswers
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from tests.conftest import wait_until


def never() -> None:
    raise AssertionError("nobody else was to ask")


def patient() -> None:
    """Waits as long as it takes."""


class Finder:
    """Finds an answer when it may, and counts how often it was asked."""

    def __init__(self, answer: Any = "answer") -> None:
        self.times, self.may, self.answer = 0, threading.Event(), answer

    def __call__(self) -> str:
        self.times += 1
        assert self.may.wait(30)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalescing, "_LOOK_SECONDS", 0.02)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(30) as pool:
        yield pool


def test_thirty_who_ask_at_once_ask_once(pool: ThreadPoolExecutor) -> None:
    shared: SharedAnswers[Any] = SharedAnswers(5)
    find, waiting = Finder(), set[Any]()
    futures = [
        pool.submit(shared.get, "q", find, lambda: waiting.add(threading.get_ident()))
        for _ in range(30)
    ]
    wait_until(lambda: len(waiting) == 29, "the others to wait")
    find.may.set()
    assert {future.result(30) for future in futures} == {"answer"}
    assert find.times == 1
    assert shared.get("q", never, never) == "answer"


def test_other_questions_do_not_wait(pool: ThreadPoolExecutor) -> None:
    shared, slow = SharedAnswers[Any](5), Finder()
    first = pool.submit(shared.get, "slow", slow, patient)
    wait_until(lambda: slow.times, "the slow one")
    assert shared.get("other", lambda: 7, never) == 7
    slow.may.set()
    assert first.result(30) == "answer"


@pytest.mark.parametrize(
    "error", [EngineError(Problem.FAILED), SystemExit()], ids=["failed", "left"]
)
def test_if_the_first_has_no_answer_the_next_one_asks(
    pool: ThreadPoolExecutor, error: SystemExit | EngineError
) -> None:
    shared, first, second = SharedAnswers[Any](5), Finder(error), Finder()
    second.may.set()
    left, waits = pool.submit(shared.get, "q", first, patient), threading.Event()
    wait_until(lambda: first.times, "the first to ask")
    stays = pool.submit(shared.get, "q", second, waits.set)
    assert waits.wait(30)
    first.may.set()
    assert stays.result(30) == "answer"
    assert left.exception(30) is error
    assert (first.times, second.times) == (1, 1)


def test_who_waits_can_leave_and_the_others_still_get_it(pool: ThreadPoolExecutor) -> None:
    shared, find = SharedAnswers[Any](5), Finder()
    first = pool.submit(shared.get, "q", find, patient)
    wait_until(lambda: find.times, "the first to ask")

    def leave() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shared.get("q", never, leave)
    find.may.set()
    assert first.result(30) == "answer"


def test_only_so_many_are_remembered() -> None:
    shared = SharedAnswers[Any](2)
    for number in range(3):
        assert shared.get(str(number), partial(int, number), never) == number
    assert shared.get("2", never, never) == 2
    assert shared.get("0", lambda: "again", never) == "again"


def test_a_class_asks_a_network_once_for_all_test_digits(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    monkeypatch: pytest.MonkeyPatch,
    pool: ThreadPoolExecutor,
) -> None:
    asking, parts = queue.asking, []
    monkeypatch.setattr(asking, "_shared", SharedAnswers[Any](5))  # other tests have asked too
    real = asking._call
    monkeypatch.setattr(asking, "_call", lambda *call: parts.append(call) or real(*call))
    alone = asking.predict_test(trained)
    once = len(parts)
    assert once >= 1
    answers = list(pool.map(asking.predict_test, [trained] * 30))
    assert len(parts) == once
    for answer in answers:
        assert answer is alone
    np.testing.assert_allclose(alone, trained.probabilities, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        alone[0] = 0
    other = trained.at(trained.epochs[0])
    assert np.abs(asking.predict_test(other) - alone).max() > 0.1
    assert len(parts) > once


def test_the_last_training_digits_are_others_than_the_test_digits(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset
) -> None:
    answers = queue.asking.predict_training(trained, 300)
    np.testing.assert_allclose(
        answers, queue.predict(trained, mnist.x_train[-300:]), rtol=0, atol=1e-6
    )
    assert len(queue.asking.predict_training(trained, 200)) == 200
    assert len(queue.asking.predict_test(trained)) == 10_000


def test_a_class_asks_for_one_digit_at_all_moments_once(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    mnist: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    pool: ThreadPoolExecutor,
) -> None:
    asking, parts = queue.asking, []
    monkeypatch.setattr(asking, "_shared", SharedAnswers[Any](5))
    real = asking._call
    monkeypatch.setattr(asking, "_call", lambda *call: parts.append(call) or real(*call))
    checkpoints = [moment.arrays for moment in trained.epochs]

    def ask(index: int) -> NDArray[np.float32]:
        return asking.predict_each(trained, checkpoints, mnist.x_test[index : index + 1])

    alone = ask(7)
    once = len(parts)
    for answer in pool.map(ask, [7] * 30):
        assert answer is alone
    assert len(parts) == once
    with pytest.raises(ValueError, match="read-only"):
        alone[0] = 0
    np.testing.assert_allclose(alone[-1, 0], trained.probabilities[7], atol=1e-6)
    assert np.abs(ask(8) - alone).max() > 0.01
    assert len(parts) == 2 * once
