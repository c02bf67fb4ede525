"""A map of a hidden layer by PCA. Imports Keras: for workers, never for the web process."""

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from digitlab.engine.inspection.forward_pass import features
from digitlab.records.networks import Network

_SEED = 0  # the same network has the same map


def pca(
    network: Network, images: NDArray[np.uint8], image: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32], float | None]:
    """The first two principal components of the features of images (n, 28, 28).

    Returns:
        The coordinates of the images, (n, 2), and of one more, (2,); and the explained variance
        ratio, None if nothing varies.
    """
    points = features(network, images)
    # scikit-learn divides by the variance, which is zero where no feature varies.
    with np.errstate(invalid="ignore"):
        fitted = PCA(min(2, points.shape[1]), random_state=_SEED).fit(points)
    points = np.vstack([points, features(network, image[None])])
    coordinates = _two_columns(fitted.transform(points))
    varies = fitted.explained_variance_.sum() > 0
    share = float(fitted.explained_variance_ratio_.sum()) if varies else None
    return coordinates[:-1], coordinates[-1], share


def _two_columns(coordinates: NDArray[np.float32]) -> NDArray[np.float32]:
    """Coordinates (n, 2), also of a layer with a single unit."""
    return np.pad(coordinates, ((0, 0), (0, 2 - coordinates.shape[1]))).astype(np.float32)
