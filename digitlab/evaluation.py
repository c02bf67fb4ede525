"""What a network's answers to the test images say about it. Scores from scikit-learn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from digitlab.specs import CLASSES

_DIGITS = range(CLASSES)


def confusion_matrix(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32]
) -> NDArray[np.int64]:
    """How often each true label (row) got each predicted label (column), shape (10, 10).

    Args:
        labels: true labels, shape (n,).
        probabilities: the network's answers, shape (n, 10); the largest is the prediction.
    """
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
        """TP / (TP + FN), also called sensitivity: how many of this digit were found."""
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


def one_against_rest(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32], digit: int
) -> OneAgainstRest:
    """Count one digit against the rest."""
    matrices = metrics.multilabel_confusion_matrix(
        labels, probabilities.argmax(axis=1), labels=[digit]
    )
    (tn, fp), (fn, tp) = matrices[0].tolist()
    return OneAgainstRest(tp, fn, fp, tn)


def scores_per_digit(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32]
) -> dict[str, list[float]]:
    """A table, one row a digit: test images, recall, precision and F1."""
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
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    surest: NDArray[np.int64] = wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")]
    return surest[:most]
