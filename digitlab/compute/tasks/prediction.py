"""What networks read: probabilities for images."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitlab.data.mnist import load_mnist
from digitlab.records.networks import ModelWeights


def predict(network: ModelWeights, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`."""
    from digitlab.engine import inference

    return inference.probabilities(network, images)


def predict_test(network: ModelWeights, first: int, last: int) -> NDArray[np.float32]:
    """Probabilities for the test images from `first` to before `last`: they need not travel."""
    return predict(network, load_mnist().x_test[first:last])


def predict_training(network: ModelWeights, first: int, last: int) -> NDArray[np.float32]:
    """The same for the training images from `first` to before `last`."""
    return predict(network, load_mnist().x_train[first:last])


def predict_each(
    network: ModelWeights,
    checkpoints: Sequence[tuple[NDArray[np.float32], ...]],
    images: NDArray[np.uint8],
) -> NDArray[np.float32]:
    """Probabilities at several moments of a training: `(n, 28, 28) -> (moments, n, 10)`.

    Args:
        network: whose layers they are.
        checkpoints: its weights at each moment.
        images: what it is asked.
    """
    return np.stack([predict(replace(network, weights=arrays), images) for arrays in checkpoints])
