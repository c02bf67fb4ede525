"""A map of a hidden layer by PCA. Imports Keras: for workers, never for the web process."""

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from digitlab.engine.forward_pass import features
from digitlab.records.networks import Network

_SEED = 0  # the same network has the same map


def pca(
    network: Network, images: NDArray[np.uint8], image: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32], float | None]:
    """The two directions in which pictures (n, 28, 28) differ most, in the last hidden layer.

    Returns:
        The places of the pictures, (n, 2), and of one more, (2,); and the share of the variance
        that is seen, None if all the pictures are at one place.
    """
    numbers = features(network, images)
    plane = PCA(min(2, numbers.shape[1]), random_state=_SEED).fit(numbers)
    places = _in_plane(plane.transform(np.vstack([numbers, features(network, image[None])])))
    differ = plane.explained_variance_.sum() > 0
    seen = float(plane.explained_variance_ratio_.sum()) if differ else None
    return places[:-1], places[-1], seen


def _in_plane(places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Two numbers a place, also of a layer with a single unit."""
    return np.pad(places, ((0, 0), (0, 2 - places.shape[1]))).astype(np.float32)
