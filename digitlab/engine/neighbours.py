"""The training digits nearest to a picture. Imports Keras: for workers, never for the web process."""

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import hidden_batch_size, neighbours_searched
from digitlab.engine.forward_pass import features
from digitlab.records.inside import Neighbours
from digitlab.records.networks import Network

_PICTURES_AT_ONCE = 1000
"""As floats they stay in the processor's cache: four times as fast as all at once."""


def by_pixels(images: NDArray[np.uint8], image: NDArray[np.uint8], count: int) -> Neighbours:
    """The nearest of some pictures (n, 28, 28), each pixel a number from 0 to 1."""
    wanted = image.reshape(-1).astype(np.float32)
    squares = [
        _squares(images[first : first + _PICTURES_AT_ONCE].reshape(-1, wanted.size), wanted)
        for first in range(0, len(images), _PICTURES_AT_ONCE)
    ]
    return _nearest(np.concatenate(squares) / np.float32(255**2), count)


def by_network(
    network: Network, images: NDArray[np.uint8], image: NDArray[np.uint8], count: int
) -> Neighbours:
    """The nearest of some pictures for the network: in its last hidden layer's numbers.

    As many of the pictures are compared as `stacks.compared` says.
    """
    stack, wanted = stack_of(network.architecture), features(network, image[None])[0]
    searched = images[: neighbours_searched(stack)]
    squares = [
        _squares(features(network, searched[first : first + hidden_batch_size(stack)]), wanted)
        for first in range(0, len(searched), hidden_batch_size(stack))
    ]
    return _nearest(np.concatenate(squares), count)


def _squares(
    points: NDArray[np.float32] | NDArray[np.uint8], wanted: NDArray[np.float32]
) -> NDArray[np.float32]:
    differences = points - wanted
    squares: NDArray[np.float32] = np.einsum("ij,ij->i", differences, differences)
    return squares


def _nearest(squares: NDArray[np.float32], count: int) -> Neighbours:
    indices = np.argsort(squares, kind="stable")[:count]
    return Neighbours(indices, np.sqrt(squares[indices]), len(squares))
