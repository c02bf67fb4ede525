"""The loss of single answers, as Keras gets it from probabilities; the test loss is their mean."""

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.loss import cross_entropies

SQUARED = "mean_squared_error"
"""Keras's name of the loss that looks at all ten probabilities; the others look at one of them."""


def sample_losses(
    labels: NDArray[np.uint8], probabilities: NDArray[np.float32], loss: str
) -> NDArray[np.float64]:
    """The loss of each answer, shape (n,).

    Args:
        labels: true labels, (n,).
        probabilities: the answers, (n, 10).
        loss: Keras's name of it, one of `specs.LOSSES`.
    """
    answers = probabilities.astype(float)
    if loss == SQUARED:
        targets = np.eye(answers.shape[1])[labels]
        squared: NDArray[np.float64] = np.mean((answers - targets) ** 2, axis=1)
        return squared
    return cross_entropies(answers, labels)
