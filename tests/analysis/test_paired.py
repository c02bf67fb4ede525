"""Two recipes with the same seeds: the paired comparison, and how often luck fools it."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from digitlab import limits
from digitlab.analysis.paired import FALSE_ALARMS, LEVEL, compare

# Student's own data (1908): hours of sleep that ten patients gained by two drugs.
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_student_s_sleep_data_give_the_published_numbers() -> None:
    result = compare(DRUG_1, DRUG_2)
    assert (result.pairs, result.wins, result.ties) == (10, 0, 1)
    assert result.difference == pytest.approx(-1.58)
    assert result.p == pytest.approx(0.002833, abs=5e-7)
    apart = np.subtract(DRUG_1, DRUG_2)
    half = stats.t.ppf((1 + LEVEL) / 2, 9) * apart.std(ddof=1) / np.sqrt(10)
    assert (result.low, result.high) == pytest.approx((-1.58 - half, -1.58 + half))
    assert result.differs
    assert result.effect == pytest.approx(
        -1.58 / np.sqrt((1.789010**2 + 2.002249**2) / 2), rel=1e-5
    )


def test_the_interval_is_wider_than_one_of_95_per_cent_alone() -> None:
    alone = stats.ttest_rel(DRUG_1, DRUG_2).confidence_interval(0.95)
    assert (alone.low, alone.high) == pytest.approx((-2.4598858, -0.7001142))
    result = compare(DRUG_1, DRUG_2)
    assert result.low < alone.low < alone.high < result.high


def test_the_other_way_round_is_the_same_with_the_other_sign() -> None:
    one, other = compare(DRUG_1, DRUG_2), compare(DRUG_2, DRUG_1)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert one.p == pytest.approx(other.p)
    assert (other.wins, other.ties) == (9, 1)


def test_differences_that_are_all_alike_need_no_spread() -> None:
    same = compare([0.7, 0.8], [0.7, 0.8])
    assert (same.difference, same.p, same.ties, same.differs) == (0, 1, 2, False)
    apart = compare([0.7, 0.8, 0.6], [0.6, 0.7, 0.5])
    assert (apart.low, apart.high) == pytest.approx((0.1, 0.1))
    assert apart.p == 0
    assert apart.differs
    assert compare([0.7, 0.7], [0.6, 0.6]).effect is None


@pytest.mark.parametrize(("first", "second"), [([0.7], [0.8]), ([0.7, 0.8], [0.7]), ([], [])])
def test_what_is_no_pairs_is_refused(first: list[float], second: list[float]) -> None:
    with pytest.raises(ValueError, match="no pairs"):
        compare(first, second)


Draw = Callable[[np.random.Generator, tuple[int, ...]], NDArray[np.float64]]

# How the accuracies of a recipe's runs may lie: even, with a long tail, and with rare failures.
DEALS: dict[str, Draw] = {
    "normal": lambda random, shape: 0.72 + 0.03 * random.normal(size=shape),
    "long tail": lambda random, shape: 0.79 - 0.03 * random.exponential(size=shape),
    "rare failures": lambda random, shape: np.where(
        random.random(shape) < 0.1, 0.1, 0.9 + 0.01 * random.normal(size=shape)
    ),
}


def false_alarms(deal: Draw, level: float) -> tuple[float, float]:
    """Comparisons without any difference: shares that say there is one, by 5 seeds, and by any.

    Args:
        deal: draws the accuracies of runs.
        level: confidence of each interval.
    """
    random = np.random.default_rng(15)
    first, second = deal(random, (2, 20_000, max(limits.SEED_COUNTS)))
    said = np.array(
        [
            stats.ttest_rel(first[:, :size], second[:, :size], axis=1).pvalue < 1 - level
            for size in limits.SEED_COUNTS
        ]
    )
    if level == LEVEL:  # the quick way is that of `compare`
        for size, alarms in zip(limits.SEED_COUNTS, said, strict=True):
            pairs = zip(first[:60, :size], second[:60, :size], strict=True)
            assert [compare(a, b).differs for a, b in pairs] == alarms[:60].tolist()
    return float(said[0].mean()), float(said.any(axis=0).mean())


@pytest.mark.parametrize("name", DEALS)
def test_luck_fools_at_most_1_in_20_also_one_who_presses_for_more_seeds(name: str) -> None:
    """Somebody looks after 5, 10 and 20 seeds, and takes the answer that they like."""
    once, pressed = false_alarms(DEALS[name], LEVEL)
    assert once <= FALSE_ALARMS / 2
    assert once < pressed <= FALSE_ALARMS


def test_without_the_sharing_it_would_be_more_than_1_in_10() -> None:
    _, pressed = false_alarms(DEALS["normal"], 1 - FALSE_ALARMS)
    assert pressed > 0.1


@pytest.mark.parametrize("size", limits.SEED_COUNTS)
def test_the_interval_holds_the_true_difference(size: int) -> None:
    random, many = np.random.default_rng(3), 400
    start = random.normal(size=(many, size))  # what runs of one seed share
    a = 0.80 + 0.02 * start + 0.01 * random.normal(size=start.shape)
    b = 0.75 + 0.02 * start + 0.01 * random.normal(size=start.shape)
    results = [compare(*pair) for pair in zip(a, b, strict=True)]
    held = np.mean([result.low <= 0.05 <= result.high for result in results])
    assert held == pytest.approx(LEVEL, abs=0.02)  # three standard errors of 400
    assert np.mean([result.differs for result in results]) > 0.9  # and finds it
