"""The article's four steps from MNIST's arrays to the network's input."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from digitlab.preprocess.preprocessing import preprocessed
from digitlab.specs import CLASSES, Preprocessing


class TakesDigits(Protocol):
    """A network's description: a `NetworkSpec`, or the layers of an uploaded one."""

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one sample."""


def cast(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The same numbers as 32-bit floats: four bytes a pixel instead of one."""
    return images.astype(np.float32)


def scale(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the range [0, 255] to [0, 1]."""
    return images / np.float32(255)


def flatten(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each picture as one row of numbers: `(n, 28, 28) -> (n, 784)`."""
    return images.reshape(len(images), -1)


def one_hot(labels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """One-hot vectors, 1 at the label's index: `(n,) -> (n, 10)`.

    The numbers of `keras.utils.to_categorical(labels, num_classes=10)`, in float32 as Keras
    computes with them.
    """
    return np.eye(CLASSES, dtype=np.float32)[labels]


def network_input(
    images: NDArray[np.uint8],
    network: TakesDigits,
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE,
) -> NDArray[np.float32]:
    """Images `(n, 28, 28)` as this network takes them, such as `(n, 784)`.

    Args:
        images: as MNIST has them.
        network: says the shape.
        preprocessing: in which numbers it takes the pixels.
    """
    return preprocessed(images, preprocessing).reshape(len(images), *network.input_shape)
