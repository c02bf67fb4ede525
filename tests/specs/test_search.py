"""What a search tries, and what it gives up."""

from dataclasses import replace
from typing import Any

import pytest

from digitlab import limits
from digitlab.specs import ARTICLE, PRESETS, RunSpec, TrainSpec
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.specs.search import HYPERPARAMETERS, Rung, SearchSpec

RATES = (0.01, 0.03, 0.1, 0.3, 1.0)


def plan(halving: bool = False, epochs: int = 8, many: int = 5, seeds: Any = (4,)) -> SearchSpec:
    base = replace(ARTICLE, training=replace(ARTICLE.training, epochs=epochs))
    return SearchSpec(base, (("learning_rate", RATES[:many]),), seeds, halving)


def test_every_combination_with_every_seed_differs_in_nothing_else() -> None:
    grid = (("learning_rate", (0.1, 1.0)), ("units", (8, 16)))
    tried = SearchSpec(PRESETS["Two hidden layers"], grid, (5, 6))
    runs = tried.runs(tried.settings, 0)
    assert [
        (run.training.learning_rate, run.network.hidden[0].units, run.training.seed) for run in runs
    ] == [(rate, units, seed) for rate in (0.1, 1.0) for units in (8, 16) for seed in (5, 6)]
    assert tried.size == len(runs) == 8
    alike = {
        HYPERPARAMETERS["units"].applied_to(
            HYPERPARAMETERS["learning_rate"].applied_to(run.with_seed(0), 0.001), 128
        )
        for run in runs
    }
    assert alike == {PRESETS["Two hidden layers"].with_seed(0)}


@pytest.mark.parametrize("name", HYPERPARAMETERS)
def test_a_value_comes_back_out_of_the_run(name: str) -> None:
    parameter = HYPERPARAMETERS[name]
    for value in parameter.values:
        assert parameter.value_in(parameter.applied_to(ARTICLE, value)) == value
    assert set(parameter.usual) <= set(parameter.values)


def test_a_share_of_the_digits_always_validates_and_accuracy_is_counted() -> None:
    other = RunSpec(training=TrainSpec(metric="top_k_categorical_accuracy"))
    (run, *_) = SearchSpec(other, (("epochs", (1, 2)),), (0,)).runs([(1,)], 0)
    assert (run.training.validation_share, run.training.metric) == (VALIDATION_SHARE, "accuracy")
    own = RunSpec(training=TrainSpec(validation_share=0.3))
    assert (
        SearchSpec(own, (("epochs", (1, 2)),), (0,)).run((1,), 0).training.validation_share == 0.3
    )


@pytest.mark.parametrize(
    ("many", "epochs", "rungs"),
    [
        (2, 8, [(4, 2), (8, 1)]),
        (4, 8, [(2, 4), (4, 2), (8, 1)]),
        (5, 8, [(1, 5), (2, 3), (4, 2), (8, 1)]),
        (5, 5, [(1, 5), (2, 3), (5, 2)]),  # no half epochs: two are left at the end
        (5, 1, [(1, 5)]),
    ],
)
def test_halving_doubles_the_epochs_as_the_settings_halve(
    many: int, epochs: int, rungs: list[tuple[int, int]]
) -> None:
    assert plan(True, epochs, many).rungs == tuple(Rung(*rung) for rung in rungs)


def test_the_epochs_are_those_that_are_really_trained() -> None:
    # 5 settings for 1 epoch, 3 for 1 more, 2 for 2 more, 1 for 4 more; with two seeds.
    assert plan(True, seeds=(1, 2)).total_epochs == 2 * (5 + 3 + 2 * 2 + 4)
    assert plan(seeds=(1, 2)).total_epochs == 2 * 5 * 8
    assert SearchSpec(ARTICLE, (("epochs", (1, 3)),), (1, 2)).total_epochs == 2 * (1 + 3)


def test_the_better_half_by_the_mean_of_its_seeds_goes_on_in_the_old_order() -> None:
    halving = plan(True, seeds=(1, 2))
    means = dict(zip(halving.settings, (0.1, 0.6, 0.2, 0.9, 0.5), strict=True))
    scores = {
        halving.run(setting, seed, 0): means[setting] + (0.05 if seed == 1 else -0.05)
        for setting in halving.settings
        for seed in halving.seeds
    }
    assert halving.in_rung(0, {}) == halving.settings
    assert halving.in_rung(1, scores) == ((0.03,), (0.3,), (1.0,))
    assert halving.in_rung(2, scores) is None  # the second rung has no scores yet
    scores.popitem()
    assert halving.in_rung(1, scores) is None


def test_among_equals_the_earlier_one_goes_on() -> None:
    halving = plan(True, many=2)
    scores = dict.fromkeys(halving.runs(halving.settings, 0), 0.5)
    assert halving.in_rung(1, scores) == ((0.01,),)


@pytest.mark.parametrize(
    ("grid", "seeds"),
    [
        ((), (0,)),
        ((("epochs", (1,)), ("units", (8,)), ("batch_size", (16,))), (0,)),
        ((("epochs", (1, 2)),), ()),
        ((("epochs", (1, 2)),), tuple(range(limits.MAX_SEARCH_RUNS // 2 + 1))),
    ],
    ids=["nothing varied", "three", "no seed", "too many"],
)
def test_what_the_lab_does_not_take_is_refused(grid: Any, seeds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="A search"):
        SearchSpec(ARTICLE, grid, seeds)


def test_halving_sets_the_epochs_itself() -> None:
    with pytest.raises(ValueError, match="epochs itself"):
        SearchSpec(ARTICLE, (("epochs", (1, 2)),), (0,), halving=True)
