"""Pixels in the numbers that a network takes: each `Preprocessing`, in NumPy."""

import numpy as np
from numpy.typing import NDArray

from digitlab.specs import Preprocessing

MEAN, DEVIATION = 0.1307, 0.3081
"""Of all pixels of MNIST's training digits, from 0 to 1: the numbers in PyTorch's examples."""

_WHITE = np.float32(255)
_ONE = np.float32(1)


def preprocessed(images: NDArray[np.uint8], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """Pictures in the numbers that a network takes: uint8 `(n, 28, 28)` to float32 `(n, 28, 28)`."""
    pixels = images.astype(np.float32)
    match preprocessing:
        case Preprocessing.ZERO_TO_ONE:
            return pixels / _WHITE
        case Preprocessing.ZERO_TO_255:
            return pixels
        case Preprocessing.MINUS_ONE_TO_ONE:
            return pixels / (_WHITE / 2) - _ONE
        case Preprocessing.STANDARDIZED:
            return (pixels / _WHITE - np.float32(MEAN)) / np.float32(DEVIATION)
        case Preprocessing.INVERTED_ZERO_TO_ONE:
            return _ONE - pixels / _WHITE
        case Preprocessing.INVERTED_ZERO_TO_255:
            return _WHITE - pixels
        case _:
            divided: NDArray[np.float32] = pixels / _lengths(pixels, preprocessing)
            return divided


def ink_gradient(
    gradient: NDArray[np.float32], preprocessing: Preprocessing
) -> NDArray[np.float32]:
    """The gradient for ink from 0 to 1, from the gradient for the numbers that the network takes.

    Of normalized pixels it stays what it is, for the numbers: there a little ink in an almost empty
    column changes a number by very much, and such columns would outshine all others.

    Args:
        gradient: for the numbers, of any shape.
        preprocessing: what makes the numbers of the pixels.
    """
    factors: dict[Preprocessing, float] = {
        Preprocessing.ZERO_TO_255: 255,
        Preprocessing.MINUS_ONE_TO_ONE: 2,
        Preprocessing.STANDARDIZED: 1 / DEVIATION,
        Preprocessing.INVERTED_ZERO_TO_ONE: -1,
        Preprocessing.INVERTED_ZERO_TO_255: -255,
    }
    return gradient * np.float32(factors.get(preprocessing, 1))


def _lengths(pixels: NDArray[np.float32], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """The length of each row, column or picture, as Keras has it: 1 where there is no ink."""
    axis = preprocessing.normalized_axis
    lengths: NDArray[np.float32] = np.sqrt(np.sum(pixels * pixels, axis=axis, keepdims=True))
    lengths[lengths == 0] = 1
    return lengths
