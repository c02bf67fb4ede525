"""The loss of single answers, as Keras works it out: the test loss is their mean."""

import numpy as np
from numpy.typing import NDArray

SMALLEST = 1e-7
"""Keras's epsilon: cross-entropy counts no probability as smaller, or the loss could be infinite.
It counts none as larger than 1 minus this, either."""

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
    true = answers[np.arange(len(labels)), labels] / answers.sum(axis=1)
    entropy: NDArray[np.float64] = -np.log(np.clip(true, SMALLEST, 1 - SMALLEST))
    return entropy
