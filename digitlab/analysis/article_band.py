"""The article's recipe with many seeds: what its runs read, and where one more run lies."""

from dataclasses import dataclass
from enum import Enum

from digitlab.records.score import DigitSet

RUNS = 200
"""Seeds 0 to 199, by `benchmarks/article_band.py` with Keras 3.15.1 and TensorFlow 2.21.0."""

PRINTED = 0.9018
"""The test accuracy that the article prints for this recipe."""


@dataclass(frozen=True)
class Quantiles:
    """Accuracies of `RUNS` runs: the lowest, the 5, 25, 50, 75 and 95 % quantiles, the highest."""

    lowest: float
    low: float
    lower: float
    median: float
    upper: float
    high: float
    highest: float


BANDS = {
    DigitSet.TEST: Quantiles(0.6674, 0.6947, 0.7323, 0.7476, 0.7581, 0.7787, 0.7970),
    DigitSet.TRAINING: Quantiles(0.6453, 0.6737, 0.7093, 0.7237, 0.7364, 0.7595, 0.7813),
}
"""After the last of the five epochs, as `benchmarks/article_band.py` prints them. The training
accuracy is the one of the History."""


class Place(Enum):
    """Where a run lies among the others."""

    BELOW_ALL = "below all"
    LOW = "low"
    USUAL = "usual"
    HIGH = "high"
    ABOVE_ALL = "above all"


def place(accuracy: float, band: Quantiles) -> Place:
    """Where a run lies; the middle 90 % of the band are usual."""
    if accuracy < band.lowest:
        return Place.BELOW_ALL
    if accuracy > band.highest:
        return Place.ABOVE_ALL
    if accuracy < band.low:
        return Place.LOW
    return Place.HIGH if accuracy > band.high else Place.USUAL
