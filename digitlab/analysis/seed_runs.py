"""The same recipe with several seeds: which runs count, how far luck goes, what is compared."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.analysis.kept_aside import kept_aside, label_changes
from digitlab.records.job_state import JobState
from digitlab.records.score import DigitSet
from digitlab.records.training import EpochRecord
from digitlab.runs.record import Run, newest_first
from digitlab.runs.scores import has_network
from digitlab.specs import RunSpec


def recipe_of(spec: RunSpec) -> RunSpec:
    """What all runs that differ in nothing but the seed have in common."""
    return spec.with_seed(0)


def by_recipe(runs: Iterable[Run]) -> dict[RunSpec, list[Run]]:
    """Runs that count, by their recipe; one of each seed, in the order of the seeds.

    What was stopped, failed or diverged does not count: it is no run of the whole recipe.

    Args:
        runs: newest first; of two with the same seed the newer counts.
    """
    by_seed: dict[RunSpec, dict[int, Run]] = {}
    for run in runs:
        complete = len(run.history) == run.spec.training.epochs
        if run.state is JobState.FINISHED and complete and has_network(run):
            seeds = by_seed.setdefault(recipe_of(run.spec), {})
            seeds.setdefault(run.spec.training.seed, run)
    return {recipe: [seeds[seed] for seed in sorted(seeds)] for recipe, seeds in by_seed.items()}


def uncounted(runs: Iterable[Run], recipe: RunSpec) -> list[Run]:
    """Runs of this recipe that ended and don't count: the latest of each seed, by seed.

    Args:
        runs: newest first.
        recipe: as `recipe_of` gives it.
    """
    runs = [run for run in runs if recipe_of(run.spec) == recipe and not run.state.active]
    counted = {run.spec.training.seed for run in by_recipe(runs).get(recipe, ())}
    latest = {run.spec.training.seed: run for run in reversed(runs)}
    return [run for seed, run in sorted(latest.items()) if seed not in counted]


def next_seeds(first: int, taken: Iterable[int], many: int) -> list[int]:
    """So many seeds from `first` on, without those that are taken."""
    seeds: list[int] = []
    taken, seed = set(taken), first
    while len(seeds) < many:
        if seed not in taken:
            seeds.append(seed)
        seed = seed + 1 if seed < limits.MAX_SEED else 0
    return seeds


@dataclass(frozen=True)
class Band:
    """Lowest, mean and highest of several curves, each of shape (epochs,)."""

    lowest: NDArray[np.float64]
    mean: NDArray[np.float64]
    highest: NDArray[np.float64]


def band(histories: Sequence[Sequence[EpochRecord]], name: str) -> Band | None:
    """The band of curves of the same length; None if there is none, or Keras logged no such thing.

    Args:
        histories: the finished epochs of each run.
        name: "loss" or "accuracy".
    """
    curves = [
        [record.logs[name] for record in history if name in record.logs] for history in histories
    ]
    if not curves or not curves[0]:
        return None
    values = np.array(curves)
    return Band(values.min(axis=0), values.mean(axis=0), values.max(axis=0))


def digits_to_compare_by(recipes: Sequence[RunSpec]) -> DigitSet:
    """Whose accuracy tells these recipes apart: the validation digits', if they share them.

    Else it is that of the test digits. That is fair only because the recipes are fixed beforehand.
    """
    first, *others = recipes
    training = [recipe.training for recipe in recipes]
    if not all(each.validation_share and each.metric == "accuracy" for each in training):
        return DigitSet.TEST
    same = all(
        kept_aside(other) == kept_aside(first) and label_changes(other) == label_changes(first)
        for other in others  # each gets the same seeds, which say which labels change
    )
    return DigitSet.VALIDATION if same else DigitSet.TEST


def accuracy_of(run: Run, digits: DigitSet) -> float:
    """The accuracy of a run that counts, 0 to 1, by the validation or the test digits."""
    if digits is DigitSet.VALIDATION:
        return run.history[-1].logs["val_accuracy"]
    if run.test_accuracy is None:
        raise ValueError(f"Run {run.id} has no network")
    return run.test_accuracy


def accuracies(runs: Iterable[Run], digits: DigitSet = DigitSet.TEST) -> list[float]:
    """The accuracies of runs that count, 0 to 1."""
    return [accuracy_of(run, digits) for run in runs]


def planned_seeds(
    size: int, first: int, taken: Sequence[Sequence[int]], without: Collection[int] = ()
) -> list[int]:
    """The seeds of a comparison: those that all recipes have, then those that some have, then more.

    Args:
        size: how many.
        first: where new seeds begin.
        taken: of each recipe, the seeds of its runs that count.
        without: seeds that no recipe is to be trained with.
    """
    some = sorted(set(chain.from_iterable(taken)) - {*without})
    shared = [seed for seed in some if all(seed in each for each in taken)]
    known = [*shared, *(seed for seed in some if seed not in shared)][:size]
    return [*known, *next_seeds(first, [*known, *without], size - len(known))]


def diverged_seeds(runs: Iterable[Run], recipe: RunSpec) -> set[int]:
    """Seeds with which this recipe diverges: the same seed would do so again."""
    return {
        run.spec.training.seed
        for run in runs
        if run.state is JobState.DIVERGED and recipe_of(run.spec) == recipe
    }


def pairs(first: Sequence[Run], second: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Runs of the same seed, those first that were complete first.

    So a comparison of 10 seeds holds the 5 of the comparison before, whatever their numbers are.
    """
    by_seed = {run.spec.training.seed: run for run in second}
    both = [
        (run, by_seed[run.spec.training.seed]) for run in first if run.spec.training.seed in by_seed
    ]
    age = {run.id: place for place, run in enumerate(reversed(newest_first([*first, *second])))}
    return sorted(both, key=lambda pair: max(age[run.id] for run in pair))
