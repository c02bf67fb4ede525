"""What a search has found, and how lucky its winner was."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from digitlab.analysis.search import saved, tried, winner
from digitlab.analysis.selection_bias import fifty_networks, selection_bias
from digitlab.data.mnist import Dataset
from digitlab.specs import ARTICLE
from digitlab.specs.search import SearchSpec

GRID = (("learning_rate", (0.01, 0.1, 1.0)),)


def test_the_mean_over_the_seeds_decides() -> None:
    plan = SearchSpec(ARTICLE, GRID, (1, 2))
    values = iter((0.5, 0.5, 0.99, 0.1, 0.7, 0.6))
    scores = {run: next(values) for run in plan.runs(plan.settings, 0)}
    best = winner(plan, scores)
    assert best is not None
    assert (best.setting, best.scores) == ((1.0,), (0.7, 0.6))
    assert best.mean == pytest.approx(0.65)
    assert [each.setting for each in tried(plan, scores)] == [(0.01,), (0.1,), (1.0,)]


def test_as_long_as_one_run_is_missing_there_is_no_winner() -> None:
    plan = SearchSpec(ARTICLE, GRID, (1, 2))
    scores = dict.fromkeys(plan.runs(plan.settings, 0), 0.5)
    scores.pop(plan.run((0.1,), 2))
    assert winner(plan, scores) is None
    assert [each.setting for each in tried(plan, scores)] == [(0.01,), (1.0,)]


def test_what_was_given_up_keeps_its_last_score() -> None:
    plan = SearchSpec(ARTICLE, GRID, (1,), halving=True)
    assert [tuple(rung) for rung in plan.rungs] == [(1, 3), (2, 2), (5, 1)]
    scores = {plan.run((rate,), 1, 0): rate / 2 for rate in (0.01, 0.1, 1.0)}
    scores |= {plan.run((rate,), 1, 1): rate / 2 for rate in (0.1, 1.0)}
    scores |= {plan.run((1.0,), 1, 2): 0.9}
    settings = tried(plan, scores)
    assert [(each.epochs, each.given_up, each.mean) for each in settings] == [
        (1, True, 0.005),
        (2, True, 0.05),
        (5, False, 0.9),
    ]
    best = winner(plan, scores)
    assert best is not None
    assert best.setting == (1.0,)
    assert saved(plan) == (3 + 2 + 3, 15)


def test_the_best_of_equals_is_lucky_with_the_digits_it_was_chosen_by() -> None:
    """Fifty coins: the best of them in 100 throws has some 61 heads, and then as many as all."""
    coins = np.random.default_rng(1).random((50, 6000)) < 0.5
    seen, others = selection_bias(coins, 100)
    # The expected maximum of 50 normal variables is 2.25 standard deviations above their mean.
    assert seen == pytest.approx(0.5 + 2.25 * 0.05, abs=0.01)
    assert others == pytest.approx(0.5, abs=0.01)
    alone, rest = selection_bias(coins[:1], 100)
    assert alone == pytest.approx(rest, abs=0.01)


def test_the_fifty_networks_are_nearly_equal_and_their_best_looks_too_good() -> None:
    right = fifty_networks()
    assert right.shape == (50, 6000)
    shares = right.mean(axis=1)
    assert shares.min() > 0.97
    assert shares.max() < 0.98
    falls = [np.subtract(*selection_bias(right, digits)) for digits in (100, 300, 1000, 3000)]
    assert falls == sorted(falls, reverse=True)
    assert falls[0] > 0.012
    assert falls[-1] > 0


def test_validation_digits_are_easier_than_test_digits(mnist: Dataset) -> None:
    """What the page says of them, by a method without chance: whose mean picture is nearest?"""
    learned, labels = mnist.x_train[:54000], mnist.y_train[:54000]
    means = np.array([learned[labels == digit].mean(axis=0).ravel() for digit in range(10)])

    def read(images: NDArray[np.uint8], true: NDArray[np.uint8]) -> float:
        nearest = cdist(images.reshape(len(images), -1), means).argmin(axis=1)
        return float(np.mean(nearest == true))

    validation = read(mnist.x_train[54000:], mnist.y_train[54000:])
    assert validation > 0.02 + read(mnist.x_test, mnist.y_test)
