"""Predictions of networks. Imports Keras: for workers, never for the web process."""

from functools import lru_cache

import keras
import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack
from digitlab.engine import uploaded_model
from digitlab.engine.build import build_model
from digitlab.engine.fit import predict
from digitlab.records.networks import Network
from digitlab.specs import NetworkSpec

_ARCHITECTURES_KEPT = 16
"""A class uses a few; each costs a few MB at most."""


@lru_cache(maxsize=_ARCHITECTURES_KEPT)
def _model(network: NetworkSpec) -> keras.Sequential:
    return build_model(network)


def probabilities(network: Network, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A network's probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`."""
    architecture = network.architecture
    if isinstance(architecture, LayerStack):
        return uploaded_model.probabilities(
            architecture, network.weights, images, network.preprocessing
        )
    model = _model(architecture)
    model.set_weights(list(network.weights))
    return predict(model, architecture, images, network.preprocessing)
