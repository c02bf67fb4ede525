"""What a run left, as a session holds it: without its arrays, which all sessions share.

What it costs does not depend on the network, however long the server remembers a visitor who has
gone.
"""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.array_cache import ArrayCache, ArrayKey, WithArrays
from digitlab.uploads.models.pooled import NO_ANSWERS


class KeptNetwork(TrainedNetwork):
    """A network whose arrays are in the array cache.

    If they are lost, it has no file and no weights, and its probabilities are no numbers; `there`
    says so beforehand.

    Args:
        network: the same with its arrays.
        array_cache: that holds them.
        key: of the arrays in there.
    """

    _array_cache: ArrayCache
    _key: ArrayKey
    _had_model: bool

    @classmethod
    def of(cls, run_id: str, network: TrainedNetwork, array_cache: ArrayCache) -> "KeptNetwork":
        """The same without its arrays, which the cache holds from now on."""
        key = ArrayKey(run_id, TrainedNetwork, len(network.history))
        array_cache.put(key, network)
        return cls(network, array_cache, key)

    def __init__(self, network: TrainedNetwork, array_cache: ArrayCache, key: ArrayKey) -> None:
        _take_over(self, network, ("model", "probabilities", "replay"))
        vars(self).update(_array_cache=array_cache, _key=key, _had_model=network.has_model)

    @property
    def has_model(self) -> bool:
        """Whether there was a file when it was kept."""
        return self._had_model

    @property
    def there(self) -> bool:
        """Whether its arrays can be had."""
        return self.with_arrays is not None

    @property
    def with_arrays(self) -> TrainedNetwork | None:
        """The same with its arrays; not to be held longer than it is looked at."""
        network: TrainedNetwork | None = self._array_cache.get(self._key)
        return network

    @property
    def in_memory(self) -> TrainedNetwork | None:
        """The same with its arrays, if they need not be loaded."""
        network: TrainedNetwork | None = self._array_cache.held(self._key)
        return network

    @property
    def model(self) -> bytes:
        """The `.keras` file."""
        with_arrays = self.with_arrays
        return with_arrays.model if with_arrays else b""

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """The answers to the test images, shape (10000, 10)."""
        with_arrays = self.with_arrays
        return with_arrays.probabilities if with_arrays else NO_ANSWERS

    @property
    def replay(self) -> tuple[EpochWeights, ...]:
        """The weights of its epochs."""
        with_arrays = self.with_arrays
        return with_arrays.replay if with_arrays else ()

    @property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """The arrays of the network."""
        with_arrays = self.with_arrays
        return with_arrays.weights if with_arrays else ()

    @property
    def checkpoint(self) -> Checkpoint:
        """Where the training can go on."""
        start = Checkpoint(self.history, b"", self.seconds)
        return KeptCheckpoint(start, self._array_cache, self._key)


class KeptCheckpoint(Checkpoint):
    """A checkpoint whose arrays are in the array cache. What travels to a worker has them with it.

    Args:
        checkpoint: the same, with or without its arrays.
        array_cache: that holds them.
        key: of the arrays in there; a network's does as well.
    """

    _array_cache: ArrayCache
    _key: ArrayKey

    @classmethod
    def of(cls, run_id: str, checkpoint: Checkpoint, array_cache: ArrayCache) -> "KeptCheckpoint":
        """The same without its arrays, which the cache holds from now on."""
        key = ArrayKey(run_id, Checkpoint, len(checkpoint.history))
        array_cache.put(key, checkpoint)
        return cls(checkpoint, array_cache, key)

    def __init__(self, checkpoint: Checkpoint, array_cache: ArrayCache, key: ArrayKey) -> None:
        _take_over(self, checkpoint, ("model", "replay"))
        vars(self).update(_array_cache=array_cache, _key=key)

    @property
    def with_arrays(self) -> Checkpoint:
        """The same with its arrays; without a file if they are lost."""
        return self._with_arrays_of(self._array_cache.get(self._key))

    @property
    def in_memory(self) -> Checkpoint | None:
        """The same with its arrays, if they need not be loaded."""
        held = self._array_cache.held(self._key)
        return self._with_arrays_of(held) if held else None

    @property
    def model(self) -> bytes:
        """The `.keras` file."""
        return self.with_arrays.model

    @property
    def replay(self) -> tuple[EpochWeights, ...]:
        """The weights of earlier epochs."""
        return self.with_arrays.replay

    def _with_arrays_of(self, held: WithArrays | None) -> Checkpoint:
        model, replay = (held.model, held.replay) if held else (b"", ())
        return Checkpoint(self.history, model, self.seconds, replay)

    def __reduce__(self) -> tuple[Any, ...]:
        with_arrays = self.with_arrays
        return Checkpoint, (
            with_arrays.history,
            with_arrays.model,
            with_arrays.seconds,
            with_arrays.replay,
        )


def _take_over(kept: WithArrays, with_arrays: WithArrays, arrays: Collection[str]) -> None:
    """All but the arrays; the classes are frozen."""
    for field in fields(with_arrays):
        if field.name not in arrays:
            object.__setattr__(kept, field.name, getattr(with_arrays, field.name))
