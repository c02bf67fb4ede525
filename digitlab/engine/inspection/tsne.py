"""A map of a hidden layer by t-SNE. Imports Keras and openTSNE: for workers only."""

import pickle
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openTSNE import TSNEEmbedding, initialization
from openTSNE.affinity import PerplexityBasedNN
from sklearn.decomposition import PCA

from digitlab.engine.inspection.forward_pass import features
from digitlab.records.networks import Network

_PERPLEXITY = 30  # as many neighbours as each digit should have near it; the usual value
_MOST_FEATURES = 50  # that t-SNE works with, after a PCA; the usual value
_SEED = 0  # the same network has the same map


@dataclass(frozen=True, eq=False)
class _Unfinished:
    """A t-SNE map under way: how features are reduced, and the embedding so far."""

    reduction: PCA | None
    embedding: TSNEEmbedding


def begin(network: Network, images: NDArray[np.uint8]) -> bytes:
    """A t-SNE map before its first step, for `optimize` and `coordinates`."""
    points = features(network, images)
    wide = points.shape[1] > _MOST_FEATURES
    reduction = PCA(_MOST_FEATURES, random_state=_SEED).fit(points) if wide else None
    reduced = reduction.transform(points) if reduction else points
    affinities = PerplexityBasedNN(reduced, _PERPLEXITY, method="exact", random_state=_SEED)
    initial = initialization.spectral(affinities.P, random_state=_SEED)
    embedding = TSNEEmbedding(
        initial, affinities, negative_gradient_method="bh", random_state=_SEED, n_jobs=1
    )
    return pickle.dumps(_Unfinished(reduction, embedding))


def optimize(state: bytes, steps: int, exaggeration: float) -> bytes:
    """The map after more steps of gradient descent; exaggeration parts the clusters at first."""
    unfinished: _Unfinished = pickle.loads(state)
    momentum = 0.5 if exaggeration > 1 else 0.8  # both as the method's authors advise
    embedding: Any = unfinished.embedding.optimize(
        steps, exaggeration=exaggeration, momentum=momentum
    )
    return pickle.dumps(_Unfinished(unfinished.reduction, embedding))


def coordinates(
    network: Network, state: bytes, image: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The coordinates of the map's images, (n, 2), and of one more, (2,), put among them."""
    finished: _Unfinished = pickle.loads(state)
    points = features(network, image[None])
    reduced = finished.reduction.transform(points) if finished.reduction else points
    star = finished.embedding.transform(reduced)
    return np.asarray(finished.embedding, np.float32), np.asarray(star, np.float32)[0]
