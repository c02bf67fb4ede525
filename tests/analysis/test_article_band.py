"""The article's recipe with many seeds: where a run lies among the others."""

from dataclasses import astuple

import pytest

from digitlab.analysis.article_band import BANDS, PRINTED, Place, place
from digitlab.records.score import DigitSet


@pytest.mark.parametrize(
    ("accuracy", "where"),
    [
        (0.6493, Place.BELOW_ALL),  # seed 881, seen before the band was made
        (0.6674, Place.LOW),
        (0.69, Place.LOW),
        (0.6947, Place.USUAL),
        (0.75, Place.USUAL),
        (0.7787, Place.USUAL),
        (0.78, Place.HIGH),
        (0.7970, Place.HIGH),
        (0.7971, Place.ABOVE_ALL),
    ],
)
def test_place(accuracy: float, where: Place) -> None:
    assert place(accuracy, BANDS[DigitSet.TEST]) is where


@pytest.mark.parametrize("digits", BANDS)
def test_quantiles_ascend_and_none_reaches_the_printed_number(digits: DigitSet) -> None:
    values = astuple(BANDS[digits])
    assert list(values) == sorted(set(values))
    assert values[-1] < PRINTED
