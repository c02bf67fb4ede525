"""A map of a hidden layer by t-SNE. Imports Keras and openTSNE: for workers, never for the web process."""

import pickle
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openTSNE import TSNEEmbedding, initialization
from openTSNE.affinity import PerplexityBasedNN
from sklearn.decomposition import PCA

from digitlab.engine.forward_pass import features
from digitlab.records.networks import Network

_PERPLEXITY = 30  # as many neighbours as each digit should have near it; the usual value
_WIDEST = 50  # numbers of a digit that t-SNE works with; the usual value
_SEED = 0  # the same network has the same map


@dataclass(frozen=True, eq=False)
class _Unfinished:
    """A t-SNE map under way: how a picture's numbers come in, and the embedding so far."""

    narrower: PCA | None
    embedding: TSNEEmbedding


def begin(network: Network, images: NDArray[np.uint8]) -> bytes:
    """A t-SNE map before its first step, for `go_on` and `place`."""
    numbers = features(network, images)
    narrower = PCA(_WIDEST, random_state=_SEED).fit(numbers) if numbers.shape[1] > _WIDEST else None
    near = narrower.transform(numbers) if narrower else numbers
    affinities = PerplexityBasedNN(near, _PERPLEXITY, method="exact", random_state=_SEED)
    first = initialization.spectral(affinities.P, random_state=_SEED)
    embedding = TSNEEmbedding(
        first, affinities, negative_gradient_method="bh", random_state=_SEED, n_jobs=1
    )
    return pickle.dumps(_Unfinished(narrower, embedding))


def go_on(state: bytes, steps: int, exaggeration: float) -> bytes:
    """The map after some more steps; exaggeration draws the groups apart at the beginning."""
    unfinished: _Unfinished = pickle.loads(state)
    momentum = 0.5 if exaggeration > 1 else 0.8  # both as the method's authors advise
    embedding: Any = unfinished.embedding.optimize(
        steps, exaggeration=exaggeration, momentum=momentum
    )
    return pickle.dumps(_Unfinished(unfinished.narrower, embedding))


def place(
    network: Network, state: bytes, image: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The places of the map's pictures, (n, 2), and of one more, (2,), that is put among them."""
    finished: _Unfinished = pickle.loads(state)
    numbers = features(network, image[None])
    near = finished.narrower.transform(numbers) if finished.narrower else numbers
    star = finished.embedding.transform(near)
    return np.asarray(finished.embedding, np.float32), np.asarray(star, np.float32)[0]
