"""A session remembers what its networks answered lately."""

import gc

import numpy as np
import pytest

from digitlab import limits
from digitlab.records.networks import ModelWeights
from digitlab.ui.session.answer_cache import AnswerCache


class Asked:
    """Answers with the number of times it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> np.ndarray:
        self.times += 1
        return np.full((1, 10), self.times, np.float32)


def network() -> ModelWeights:
    return object.__new__(ModelWeights)


def digit(number: int) -> np.ndarray:
    return np.full((1, 28, 28), number, np.uint8)


def test_each_network_answers_each_picture_once() -> None:
    answered, ask, first, second = AnswerCache(), Asked(), network(), network()
    order = [(first, 1), (first, 2), (second, 1), (first, 1), (first, 2), (second, 1)]
    given = [answered.get(each_network, digit(number), ask)[0, 0] for each_network, number in order]
    assert given == [1, 2, 3, 1, 2, 3]


def test_a_failure_is_not_remembered() -> None:
    def fail() -> np.ndarray:
        raise TimeoutError

    answered, ask, first = AnswerCache(), Asked(), network()
    with pytest.raises(TimeoutError):
        answered.get(first, digit(1), fail)
    assert answered.get(first, digit(1), ask)[0, 0] == 1


def test_it_keeps_the_latest_only() -> None:
    answered, ask, first = AnswerCache(), Asked(), network()
    for number in range(limits.ANSWERS_SEEN + 1):
        answered.get(first, digit(number), ask)
    answered.get(first, digit(limits.ANSWERS_SEEN), ask)
    assert ask.times == limits.ANSWERS_SEEN + 1
    answered.get(first, digit(0), ask)
    assert ask.times == limits.ANSWERS_SEEN + 2


def test_it_holds_no_network() -> None:
    answered, first, kept = AnswerCache(), network(), []
    kept.append(answered.get(first, digit(1), Asked()))
    del first
    gc.collect()
    assert len(answered._probabilities) == 0
