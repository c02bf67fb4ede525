"""Keras's cross-entropy, answer by answer: the loss of a network is the mean of these."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)

EPSILON = 1e-7
"""Keras's, where it gets probabilities: none counts as smaller, or the loss could be infinite. None
counts as larger than 1 minus this, either. In training it has the sums before softmax, and no such
bound."""


def cross_entropies(probabilities: NDArray[Number], labels: NDArray[np.uint8]) -> NDArray[Number]:
    """`keras.losses.categorical_crossentropy` of each answer, shape (n,).

    Args:
        probabilities: the answers, (n, 10); Keras lets each sum to 1 first.
        labels: true labels, (n,).
    """
    shares = probabilities / probabilities.sum(axis=1, keepdims=True)
    of_the_true = shares[np.arange(len(labels)), labels].clip(EPSILON, 1 - EPSILON)
    losses: NDArray[Number] = -np.log(of_the_true)
    return losses
