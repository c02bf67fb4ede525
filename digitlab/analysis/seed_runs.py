"""The same recipe with several seeds: how far luck goes, and when one recipe is better."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.wording.descriptions import has_network, joined, state_words
from digitlab.wording.numerals import per_cent

NEEDED = 5
"""Runs of each recipe before one is called better. Of five equally good ones and five others, luck
puts all of the one kind before all of the other once in 126 times; with three and three it is once
in 10, so nothing could ever be told from luck."""

SURE = 0.05
"""A p-value below this is no longer called luck, as in most of science."""


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


def uncounted(runs: Iterable[Run], recipe: RunSpec) -> list[str]:
    """Seeds of this recipe that ended without a run that counts, and how: "seed 7 (stopped)".

    Args:
        runs: newest first.
        recipe: as `recipe_of` gives it.
    """
    runs = [run for run in runs if recipe_of(run.spec) == recipe and not run.state.active]
    counted = {run.spec.training.seed for run in by_recipe(runs).get(recipe, ())}
    latest = {run.spec.training.seed: run for run in reversed(runs)}
    return [
        f"seed {seed} ({state_words(run)})"
        for seed, run in sorted(latest.items())
        if seed not in counted
    ]


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


def accuracies(runs: Iterable[Run]) -> list[float]:
    """Their test accuracies, 0 to 1."""
    return [run.test_accuracy for run in runs if run.test_accuracy is not None]


def of_hundred(values: Sequence[float]) -> str:
    """From the lowest to the highest, in digits of a hundred: "67 to 79 of 100"."""
    lowest, highest = 100 * min(values), 100 * max(values)
    decimals = 0 if highest - lowest >= 1 else 1
    ends = dict.fromkeys(f"{value:.{decimals}f}" for value in (lowest, highest))
    return f"{joined(ends, ' to ')} of 100"


@dataclass(frozen=True)
class MannWhitney:
    """Every run of A against every run of B.

    Attributes:
        wins: pairs in which A reads more of the test digits; a tie counts half.
        pairs: all pairs.
        p: how likely luck alone is to split the pairs at least as unevenly, either way, if both
            recipes are equally good.
    """

    wins: float
    pairs: int
    p: float


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> MannWhitney:
    """Compare the test accuracies of A, the first, and B: the exact Mann-Whitney U test.

    U, its statistic, is the number of pairs that A wins. The p-value is exact without ties; with
    some it is a little off, yet no luck comes below `SURE` that should not (tried for five and
    five).
    """
    from scipy.stats import mannwhitneyu  # scikit-learn brings it; the first page waits for neither

    result = mannwhitneyu(first, second, alternative="two-sided", method="exact")
    return MannWhitney(float(result.statistic), len(first) * len(second), float(result.pvalue))


def verdict(runs: Mapping[str, Sequence[Run]]) -> str:
    """What may be said of two recipes, in a few sentences.

    Args:
        runs: those that count, of "A" and of "B".
    """
    short = [
        f"{name} has {len(counted)} of {NEEDED}"
        for name, counted in runs.items()
        if len(counted) < NEEDED
    ]
    if short:
        return f"**Not yet:** {joined(short, ', ')} runs. With fewer, luck can look like skill."
    test = mann_whitney(accuracies(runs["A"]), accuracies(runs["B"]))
    if len(set(accuracies([*runs["A"], *runs["B"]]))) == 1:
        return "**No difference:** all of them read exactly as many test digits."
    chance = (
        "If both recipes were equally good, luck alone would split the pairs at least as "
        f"unevenly **{percent(test.p)}** of the time: that is the **p-value**."
    )
    better, worse = "AB" if test.wins >= test.pairs / 2 else "BA"
    wins = max(test.wins, test.pairs - test.wins)
    pairs = (
        f"{better} reads more in **{wins:g} of {test.pairs}** pairs of a run of A and a run of B"
    )
    if set(accuracies(runs["A"])) & set(accuracies(runs["B"])):
        pairs += " (a tie counts as half)"
    if test.p < SURE:
        return f"**{better} is better than {worse}:** {pairs}. {chance}"
    return (
        f"**It could be luck:** {pairs}. {chance} Below 5\N{NO-BREAK SPACE}% one stops calling "
        "it luck."
    )


def percent(share: float) -> str:
    """A share of 1 in per cent, with two digits: "0.79 %"."""
    return per_cent(share) if share >= 0.0995 else f"{100 * share:.2g}\N{NO-BREAK SPACE}%"
