"""An uploaded network as a session holds it: its arrays are in a pool that all sessions share."""

from dataclasses import fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.caching.pool import Key, Pool
from digitlab.specs import CLASSES, SET_SIZES
from digitlab.uploads.models.parsed import Array, UploadedModel


class Arrays(NamedTuple):
    """The large parts of an uploaded network; see there."""

    weights: tuple[Array, ...]
    probabilities: NDArray[np.float32]


POOL: Pool[Arrays] = Pool(limits.MAX_UPLOADED_MEGABYTES)
"""Of the process."""

NO_ANSWERS = np.full((SET_SIZES["test"], CLASSES), np.nan, np.float32)
"""In the place of a network's answers to the test images that are lost: no numbers."""


class PooledModel(UploadedModel):
    """The same network, without its arrays; they are there as long as the pool holds them.

    If it has let them go, there are no weights, and the probabilities are no numbers; `there` says
    so beforehand.

    Args:
        network: with its arrays.
        pool: that shall hold them.
    """

    _key: Key[Arrays]

    def __init__(self, network: UploadedModel, pool: Pool[Arrays] = POOL) -> None:
        arrays = Arrays(network.weights, network.probabilities)
        size = sum(array.nbytes for array in arrays.weights) + arrays.probabilities.nbytes
        light = (field.name for field in fields(network) if field.name not in Arrays._fields)
        own = {name: getattr(network, name) for name in light} | {"_key": pool.put(arrays, size)}
        vars(self).update(own)  # the class is frozen

    @property
    def there(self) -> bool:
        """Whether the pool holds its arrays."""
        return self._key.get() is not None

    @property
    def weights(self) -> tuple[Array, ...]:
        """Their arrays, in Keras's order; none if they are let go."""
        arrays = self._key.get()
        return arrays.weights if arrays else ()

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """Its answer to each test image, shape (10000, 10)."""
        arrays = self._key.get()
        return arrays.probabilities if arrays else NO_ANSWERS
