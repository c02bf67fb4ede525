"""The arrays of runs that are kept: one copy in memory for all who look at them, within a bound.

A session holds what a run came to, and where its arrays are: so what it costs does not depend on the
network, however long the server remembers a visitor who has gone.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.networks import TrainedNetwork
from digitlab.uploads.models.pooled import NO_ANSWERS

Whole = TrainedNetwork | Checkpoint
"""With its arrays."""


class ArrayKey(NamedTuple):
    """Where arrays stand: a run goes on under the same id, and then has others.

    Attributes:
        run_id: of the run.
        kind: what they belong to.
        epochs: finished then.
    """

    run_id: str
    kind: type[Whole]
    epochs: int


class ArrayCache:
    """Holds what was looked at last; what fell out is loaded again.

    Args:
        load: from the store; None if it is not there.
        megabytes: that it holds at most, but for one that is larger by itself.
    """

    def __init__(
        self,
        load: Callable[[ArrayKey], Whole | None],
        megabytes: float = limits.SHELF_MEGABYTES,
    ) -> None:
        self._load, self._most = load, int(megabytes * 10**6)
        self._held: OrderedDict[ArrayKey, Whole] = OrderedDict()
        self._loading: dict[ArrayKey, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes of all that stands there."""
        with self._lock:
            return sum(map(bytes_of, self._held.values()))

    def put(self, key: ArrayKey, whole: Whole) -> None:
        """Hold this one, and let those go that were not looked at for longest."""
        with self._lock:
            self._held[key] = whole
            self._held.move_to_end(key)
            size = sum(map(bytes_of, self._held.values()))
            while size > self._most and len(self._held) > 1:
                size -= bytes_of(self._held.popitem(last=False)[1])

    def get(self, key: ArrayKey) -> Any:
        """What stands there, loaded once however many ask for it; None if it is lost."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            loading = self._loading.setdefault(key, threading.Lock())
        with loading:
            with self._lock:
                found = self._held.get(key)
            if found is None and (found := self._load(key)) is not None:
                self.put(key, found)
        with self._lock:
            self._loading.pop(key, None)
        return found

    def held(self, key: ArrayKey) -> Any:
        """What stands there now; None if it would have to be loaded."""
        with self._lock:
            return self._held.get(key)

    def drop(self, run_id: str) -> None:
        """The run was deleted."""
        with self._lock:
            for key in [key for key in self._held if key.run_id == run_id]:
                del self._held[key]

    def network(self, run_id: str, whole: TrainedNetwork) -> "KeptNetwork":
        """The same without its arrays, which stand here."""
        key = ArrayKey(run_id, TrainedNetwork, len(whole.history))
        self.put(key, whole)
        return KeptNetwork(whole, self, key)

    def checkpoint(self, run_id: str, whole: Checkpoint) -> "KeptCheckpoint":
        """The same without its arrays, which stand here."""
        key = ArrayKey(run_id, Checkpoint, len(whole.history))
        self.put(key, whole)
        return KeptCheckpoint(whole, self, key)


def bytes_of(whole: Whole) -> int:
    """What the arrays take: the file, and its weights once more as they are read from it."""
    size = 2 * len(whole.model)
    size += sum(array.nbytes for moment in whole.replay for array in moment.arrays)
    return size + (whole.probabilities.nbytes if isinstance(whole, TrainedNetwork) else 0)


class KeptNetwork(TrainedNetwork):
    """A network whose arrays stand on a shelf.

    If they are lost, it has no file and no weights, and its probabilities are no numbers; `there` says
    so beforehand.

    Args:
        network: the same with its arrays.
        array_cache: which one.
        key: where on it.
    """

    _array_cache: ArrayCache
    _key: ArrayKey
    _had_model: bool

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
        return self.whole is not None

    @property
    def whole(self) -> TrainedNetwork | None:
        """The same with its arrays; not to be held longer than it is looked at."""
        found: TrainedNetwork | None = self._array_cache.get(self._key)
        return found

    @property
    def in_memory(self) -> TrainedNetwork | None:
        """The same with its arrays, if they need not be loaded."""
        found: TrainedNetwork | None = self._array_cache.held(self._key)
        return found

    @property
    def model(self) -> bytes:
        """The `.keras` file."""
        whole = self.whole
        return whole.model if whole else b""

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """The answers to the test images, shape (10000, 10)."""
        whole = self.whole
        return whole.probabilities if whole else NO_ANSWERS

    @property
    def replay(self) -> tuple[EpochWeights, ...]:
        """The weights of its epochs."""
        whole = self.whole
        return whole.replay if whole else ()

    @property
    def weights(self) -> tuple[NDArray[np.float32], ...]:
        """The arrays of the network."""
        whole = self.whole
        return whole.weights if whole else ()

    @property
    def checkpoint(self) -> Checkpoint:
        """Where the training can go on."""
        start = Checkpoint(self.history, b"", self.seconds)
        return KeptCheckpoint(start, self._array_cache, self._key)


class KeptCheckpoint(Checkpoint):
    """A checkpoint whose arrays stand on a shelf. What travels to a worker has them with it.

    Args:
        checkpoint: the same, with or without its arrays.
        array_cache: which one.
        key: where on it; a network's does as well.
    """

    _array_cache: ArrayCache
    _key: ArrayKey

    def __init__(self, checkpoint: Checkpoint, array_cache: ArrayCache, key: ArrayKey) -> None:
        _take_over(self, checkpoint, ("model", "replay"))
        vars(self).update(_array_cache=array_cache, _key=key)

    @property
    def whole(self) -> Checkpoint:
        """The same with its arrays; without a file if they are lost."""
        return self._with_arrays_of(self._array_cache.get(self._key))

    @property
    def in_memory(self) -> Checkpoint | None:
        """The same with its arrays, if they need not be loaded."""
        found = self._array_cache.held(self._key)
        return self._with_arrays_of(found) if found else None

    @property
    def model(self) -> bytes:
        """The `.keras` file."""
        return self.whole.model

    @property
    def replay(self) -> tuple[EpochWeights, ...]:
        """The weights of earlier epochs."""
        return self.whole.replay

    def _with_arrays_of(self, found: Whole | None) -> Checkpoint:
        model, replay = (found.model, found.replay) if found else (b"", ())
        return Checkpoint(self.history, model, self.seconds, replay)

    def __reduce__(self) -> tuple[Any, ...]:
        whole = self.whole
        return Checkpoint, (whole.history, whole.model, whole.seconds, whole.replay)


def _take_over(kept: Whole, whole: Whole, arrays: Collection[str]) -> None:
    """All but the arrays; the classes are frozen."""
    for field in fields(whole):
        if field.name not in arrays:
            object.__setattr__(kept, field.name, getattr(whole, field.name))
