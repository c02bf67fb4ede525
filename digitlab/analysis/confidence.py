"""Confidence, calibration and the reject option: "I don't know" below a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.uint8]  # (n,)
Probabilities = NDArray[np.float32]  # (n, 10)

FAIR = 0.01
"""Sure and right on average, less apart than this: no word is worth it."""

_BINS = 10
SURE_ENOUGH = 80
"""Per cent: the highest threshold that is proposed."""


@dataclass(frozen=True)
class RejectOption:
    """What comes of a reject option: the network says "I don't know" below a threshold.

    Attributes:
        threshold: the smallest probability, 0 to 1, with which it answers.
        total: digits that it was asked.
        answered: those that it answered.
        right: those of the answered that it read correctly.
        right_unsaid: those of the others that it would have read correctly.
    """

    threshold: float
    total: int
    answered: int
    right: int
    right_unsaid: int

    @property
    def unanswered(self) -> int:
        """How often it says "I don't know"."""
        return self.total - self.answered

    @property
    def coverage(self) -> float:
        """Share of the digits that it answered."""
        return self.answered / self.total

    @property
    def accuracy(self) -> float | None:
        """Share of its answers that are right; None without an answer."""
        return self.right / self.answered if self.answered else None


def reject_option(labels: Labels, probabilities: Probabilities, threshold: float) -> RejectOption:
    """Count what is answered, and how well, with a reject option at this threshold.

    Args:
        labels: true labels, shape (n,).
        probabilities: the network's answers, shape (n, 10).
        threshold: the smallest probability, 0 to 1, with which it answers.
    """
    (option,) = _count(labels, probabilities, [threshold])
    return option


def reject_options(labels: Labels, probabilities: Probabilities) -> list[RejectOption]:
    """The same at each threshold from 0 to 99 %, in steps of 1 %."""
    return _count(labels, probabilities, [percent / 100 for percent in range(100)])


def _count(
    labels: Labels, probabilities: Probabilities, thresholds: Sequence[float]
) -> list[RejectOption]:
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    options = []
    for threshold in thresholds:
        said = confidence >= threshold
        well = int(np.count_nonzero(right & said))
        answered, unsaid = int(np.count_nonzero(said)), int(np.count_nonzero(right)) - well
        options.append(RejectOption(threshold, len(labels), answered, well, unsaid))
    return options


def usual_threshold(probabilities: Probabilities) -> int:
    """A threshold in per cent at which at least half is answered: a multiple of 5, at most 80."""
    return min(SURE_ENOUGH, 5 * int(20 * np.median(probabilities.max(axis=1))))


@dataclass(frozen=True)
class Bin:
    """The answers whose probability lies between two numbers.

    Attributes:
        low, high: the two; `low` itself lies in the bin below.
        count: how many answers.
        confidence: their mean probability, 0 without any.
        accuracy: the share of them that is right, 0 without any.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """Confidence minus accuracy: above 0 it is overconfident, below 0 underconfident."""
        return self.confidence - self.accuracy


def reliability(labels: Labels, probabilities: Probabilities) -> tuple[Bin, ...]:
    """The bins of a reliability diagram: the answers by confidence, ten bins of the same width.

    Args:
        labels: true labels, shape (n,).
        probabilities: the network's answers, shape (n, 10).
    """
    # Shares in float32 may be a little more than 1, or lie on the wrong side of an edge.
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, _BINS + 1)
    indices = np.digitize(confidence, edges[1:-1], right=True)
    counts = np.bincount(indices, minlength=_BINS)
    of_each = np.maximum(1, counts)
    means = np.bincount(indices, confidence, _BINS) / of_each
    shares = np.bincount(indices, right, _BINS) / of_each
    columns = (edges[:-1], edges[1:], counts, means, shares)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(Bin(*row) for row in rows)


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the bins' mean gap, each counted by its answers."""
    total = sum(bin_.count for bin_ in bins)
    return sum(bin_.count * abs(bin_.gap) for bin_ in bins) / total


def means(bins: Sequence[Bin]) -> tuple[float, float]:
    """The mean confidence over all answers, and the accuracy."""
    total = sum(bin_.count for bin_ in bins)
    return (
        sum(bin_.count * bin_.confidence for bin_ in bins) / total,
        sum(bin_.count * bin_.accuracy for bin_ in bins) / total,
    )
