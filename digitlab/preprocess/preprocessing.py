"""Each `Preprocessing` of pixels, in NumPy."""

import numpy as np
from numpy.typing import NDArray

from digitlab.specs import Preprocessing

MEAN, STANDARD_DEVIATION = 0.1307, 0.3081
"""Of all pixels of MNIST's training digits, from 0 to 1: the numbers in PyTorch's examples."""

_PIXEL_MAX = np.float32(255)
_ONE = np.float32(1)


def preprocessed(images: NDArray[np.uint8], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """Images in the range that a network takes: uint8 `(n, 28, 28)` to float32 `(n, 28, 28)`."""
    pixels = images.astype(np.float32)
    match preprocessing:
        case Preprocessing.ZERO_TO_ONE:
            return pixels / _PIXEL_MAX
        case Preprocessing.ZERO_TO_255:
            return pixels
        case Preprocessing.MINUS_ONE_TO_ONE:
            return pixels / (_PIXEL_MAX / 2) - _ONE
        case Preprocessing.STANDARDIZED:
            return (pixels / _PIXEL_MAX - np.float32(MEAN)) / np.float32(STANDARD_DEVIATION)
        case Preprocessing.INVERTED_ZERO_TO_ONE:
            return _ONE - pixels / _PIXEL_MAX
        case Preprocessing.INVERTED_ZERO_TO_255:
            return _PIXEL_MAX - pixels
        case _:
            normalized: NDArray[np.float32] = pixels / _norms(pixels, preprocessing)
            return normalized


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
        Preprocessing.STANDARDIZED: 1 / STANDARD_DEVIATION,
        Preprocessing.INVERTED_ZERO_TO_ONE: -1,
        Preprocessing.INVERTED_ZERO_TO_255: -255,
    }
    return gradient * np.float32(factors.get(preprocessing, 1))


def _norms(pixels: NDArray[np.float32], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """The L2 norm of each row, column or picture, as Keras has it: 1 where there is no ink."""
    axis = preprocessing.normalized_axis
    norms: NDArray[np.float32] = np.sqrt(np.sum(pixels * pixels, axis=axis, keepdims=True))
    norms[norms == 0] = 1
    return norms
