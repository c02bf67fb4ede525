"""What a network's answers to the test images say about it. Scores from scikit-learn.

scikit-learn is imported by the functions that use it. The import takes a second of a processor, and
most commands and pages use none of them.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from digitlab.caching.memoized import memoized
from digitlab.specs import CLASSES

_DIGITS = range(CLASSES)


@memoized
def confusion_matrix(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32]
) -> NDArray[np.int64]:
    """How often each true label (row) got each predicted label (column), shape (10, 10).

    Args:
        labels: true labels, shape (n,).
        probabilities: the network's answers, shape (n, 10); the largest is the prediction.
    """
    from sklearn import metrics

    predicted = probabilities.argmax(axis=1)
    matrix: NDArray[np.int64] = metrics.confusion_matrix(labels, predicted, labels=_DIGITS)
    return matrix


def favourite_mistake(matrix: NDArray[np.int64]) -> tuple[int, int, int]:
    """The most frequent mistake: true digit, the network's answer, how many times; 0 for never."""
    wrong = matrix - np.diag(np.diag(matrix))
    row, column = np.unravel_index(wrong.argmax(), wrong.shape)
    return int(row), int(column), int(wrong[row, column])


@dataclass(frozen=True)
class OneAgainstRest:
    """One digit ("positive") against the nine others ("negative"): counts and scores.

    A score whose denominator is 0 is 0, as in scikit-learn.
    """

    true_positives: int
    false_negatives: int
    false_positives: int
    true_negatives: int

    @property
    def total(self) -> int:
        """All test images."""
        return (
            self.true_positives + self.false_negatives + self.false_positives + self.true_negatives
        )

    @property
    def accuracy(self) -> float:
        """(TP + TN) / all."""
        return (self.true_positives + self.true_negatives) / self.total

    @property
    def recall(self) -> float:
        """TP / (TP + FN), also called sensitivity: the share of this digit read correctly."""
        return self.true_positives / max(1, self.true_positives + self.false_negatives)

    @property
    def precision(self) -> float:
        """TP / (TP + FP): how many called this digit really are it."""
        return self.true_positives / max(1, self.true_positives + self.false_positives)

    @property
    def f1(self) -> float:
        """2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall."""
        doubled = 2 * self.true_positives
        return doubled / max(1, doubled + self.false_positives + self.false_negatives)


@memoized
def one_against_rest(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32], digit: int
) -> OneAgainstRest:
    """Count one digit against the rest."""
    from sklearn import metrics

    matrices = metrics.multilabel_confusion_matrix(
        labels, probabilities.argmax(axis=1), labels=[digit]
    )
    (tn, fp), (fn, tp) = matrices[0].tolist()
    return OneAgainstRest(tp, fn, fp, tn)


@memoized
def scores_per_digit(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32]
) -> dict[str, list[float]]:
    """A table, one row a digit: test images, recall, precision and F1."""
    from sklearn import metrics

    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        labels, probabilities.argmax(axis=1), labels=_DIGITS, zero_division=0
    )
    return {
        "Digit": list(_DIGITS),
        "Test images": support.tolist(),
        "Recall": recall.tolist(),
        "Precision": precision.tolist(),
        "F1": f1.tolist(),
    }


def confident_mistakes(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32], most: int
) -> NDArray[np.int64]:
    """Indices of wrong answers, the surest first, at most `most` of them."""
    return by_confidence(mistakes(labels, probabilities), probabilities)[:most]


def mistakes(labels: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> NDArray[np.int64]:
    """Indices of all wrong answers."""
    return np.flatnonzero(probabilities.argmax(axis=1) != labels)


def in_cell(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32], true: int, predicted: int
) -> NDArray[np.int64]:
    """Indices of the images that one cell of the confusion matrix counts."""
    return np.flatnonzero((labels == true) & (probabilities.argmax(axis=1) == predicted))


def by_confidence(
    indices: NDArray[np.int64], probabilities: NDArray[np.float32], surest_first: bool = True
) -> NDArray[np.int64]:
    """These images sorted by how probable the network calls its answer; ties stay in order."""
    confidence = probabilities[indices].max(axis=1)
    order = np.argsort(-confidence if surest_first else confidence, kind="stable")
    sorted_indices: NDArray[np.int64] = indices[order]
    return sorted_indices


@dataclass(frozen=True)
class ConfusedPair:
    """Two digits that the network takes for each other, and how often each way."""

    digit: int
    other: int
    digit_as_other: int
    other_as_digit: int


def confused_pairs(matrix: NDArray[np.int64], most: int) -> list[ConfusedPair]:
    """The pairs of digits that are mistaken for each other most often, both ways together.

    In each pair the digit that is mistaken more often comes first. Pairs that are never
    mistaken are left out.

    Args:
        matrix: counts, shape (10, 10), rows are true labels.
        most: how many pairs at most.
    """
    pairs = []
    for digit, other in combinations(range(len(matrix)), 2):
        there, back = int(matrix[digit, other]), int(matrix[other, digit])
        if there or back:
            swap = back > there
            pairs.append(
                ConfusedPair(other, digit, back, there)
                if swap
                else ConfusedPair(digit, other, there, back)
            )
    pairs.sort(key=lambda pair: -pair.digit_as_other - pair.other_as_digit)
    return pairs[:most]
