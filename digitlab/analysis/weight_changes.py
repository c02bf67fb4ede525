"""A trained network with other weights: units cut, or noise added. Plain arrays, without Keras.

The code on the page makes the same changes with the same calls of NumPy, so the numbers are the
same (`export/snippets/weight_changes.py`).
"""

import numpy as np
from numpy.typing import NDArray

from digitlab.records.networks import ModelWeights, Network
from digitlab.specs.weight_changes import WeightChange, WeightChangeKind

Arrays = tuple[NDArray[np.float32], ...]


def changed(network: Network, change: WeightChange, seed: int) -> ModelWeights:
    """The network after a change; the one that is given stays as it is.

    Args:
        network: with dense layers only.
        change: what is done.
        seed: where the random numbers start that choose the units, or are the noise.
    """
    random = np.random.default_rng(seed)
    arrays = tuple(array.copy() for array in network.weights)
    kernels = [array for array in arrays if array.ndim > 1]  # the others are biases
    if change.kind is WeightChangeKind.CUT:
        output = kernels[-1]  # a row for each hidden unit: what it says to the ten outputs
        output[random.permutation(len(output))[: int(change.amount)]] = 0
    else:
        for kernel in kernels:
            kernel += random.normal(0, change.amount * kernel.std(), kernel.shape)
    return ModelWeights(network.architecture, arrays, network.preprocessing)
