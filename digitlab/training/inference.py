"""Answers of networks. Imports Keras: for workers, never for the web process."""

from collections.abc import Sequence
from functools import lru_cache

import keras
import numpy as np
from numpy.typing import NDArray

from digitlab.brought.stack import LayerStack
from digitlab.models import build_model
from digitlab.specs import NetworkSpec
from digitlab.training import forward
from digitlab.training.fit import predict
from digitlab.training.records import Architecture

_ARCHITECTURES_KEPT = 16
"""A class uses a few; each costs a few MB at most."""


@lru_cache(maxsize=_ARCHITECTURES_KEPT)
def _model(network: NetworkSpec) -> keras.Sequential:
    return build_model(network)


def probabilities(
    network: Architecture, weights: Sequence[NDArray[np.float32]], images: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """What the network with these weights answers: uint8 `(n, 28, 28) -> (n, 10)`."""
    if isinstance(network, LayerStack):
        return forward.answers(network, weights, images)
    model = _model(network)
    model.set_weights(list(weights))
    return predict(model, network, images)
