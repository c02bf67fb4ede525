"""Two recipes with the same seeds: their difference, how sure it is, and what luck can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np

from digitlab import limits

FALSE_ALARMS = 0.05
"""Of the comparisons in which the recipe makes no difference, at most this share says that it does.
The sizes of a comparison (`limits.SEED_COUNTS`) share it evenly: so it holds for somebody, too, who
looks after 5 seeds, after 10 and after 20, and keeps the answer that they like."""

LEVEL = 1 - FALSE_ALARMS / len(limits.SEED_COUNTS)
"""Confidence of one interval; all of a comparison's intervals together have 95 %."""


@dataclass(frozen=True)
class PairedComparison:
    """Runs of A and of B, paired by their seeds.

    Attributes:
        pairs: how many.
        difference: mean of A minus B, in accuracy (0 to 1).
        low, high: its confidence interval, by the t distribution.
        p: how often luck alone gives a mean difference at least as large, either way, if the
            recipe makes no difference; by the paired t-test.
        effect: Cohen's d: the difference in standard deviations of the runs of one recipe; None if
            the runs of both are all alike.
        wins: pairs in which A reads more.
        ties: pairs in which both read as many.
    """

    pairs: int
    difference: float
    low: float
    high: float
    p: float
    effect: float | None
    wins: int
    ties: int

    @property
    def differs(self) -> bool:
        """Whether 0 lies outside the interval."""
        return not self.low <= 0 <= self.high


def compare(first: Sequence[float], second: Sequence[float]) -> PairedComparison:
    """Compare the accuracies of A, the first, and B; the same place is the same seed.

    The t-test is exact for differences that are normal, and careful for others: if the recipe makes
    no difference, those of a pair are symmetric, whatever one run's accuracies look like.

    Raises:
        ValueError: for fewer than two pairs, or lists of different lengths.
    """
    a, b = np.array(first, float), np.array(second, float)
    if len(a) != len(b) or len(a) < 2:
        raise ValueError(f"{len(a)} and {len(b)} runs are no pairs")
    apart = a - b
    mean = float(apart.mean())
    low, high, p = mean, mean, float(mean == 0)
    if not all(isclose(value, mean, abs_tol=1e-12) for value in apart):
        from scipy.stats import ttest_rel  # scikit-learn brings it; the first page need not wait

        test = ttest_rel(a, b)
        low, high = map(float, test.confidence_interval(LEVEL))
        p = float(test.pvalue)
    spread = float(np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2))
    effect = mean / spread if spread > 1e-12 else None
    wins, ties = int((apart > 0).sum()), int((apart == 0).sum())
    return PairedComparison(len(a), mean, low, high, p, effect, wins, ties)
