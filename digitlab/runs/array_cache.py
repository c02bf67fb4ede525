"""The arrays of runs that are kept: one copy in memory for all who look at them, within a bound."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork

WithArrays = TrainedNetwork | Checkpoint
"""With its arrays."""


class ArrayKey(NamedTuple):
    """Where arrays stand: a run goes on under the same id, and then has others.

    Attributes:
        run_id: of the run.
        kind: what they belong to.
        epochs: finished then.
    """

    run_id: str
    kind: type[WithArrays]
    epochs: int


class ArrayCache:
    """Holds what was looked at last; what fell out is loaded again.

    Args:
        load: from the store; None if it is not there.
        megabytes: that it holds at most, but for one that is larger by itself.
    """

    def __init__(
        self,
        load: Callable[[ArrayKey], WithArrays | None],
        megabytes: float = limits.SHELF_MEGABYTES,
    ) -> None:
        self._load, self._most = load, int(megabytes * 10**6)
        self._held: OrderedDict[ArrayKey, WithArrays] = OrderedDict()
        self._loading: dict[ArrayKey, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes of all that stands there."""
        with self._lock:
            return sum(map(bytes_of, self._held.values()))

    def put(self, key: ArrayKey, with_arrays: WithArrays) -> None:
        """Hold this one, and let those go that were not looked at for longest."""
        with self._lock:
            self._held[key] = with_arrays
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
                held = self._held.get(key)
            if held is None and (held := self._load(key)) is not None:
                self.put(key, held)
        with self._lock:
            self._loading.pop(key, None)
        return held

    def held(self, key: ArrayKey) -> Any:
        """What stands there now; None if it would have to be loaded."""
        with self._lock:
            return self._held.get(key)

    def drop(self, run_id: str) -> None:
        """The run was deleted."""
        with self._lock:
            for key in [key for key in self._held if key.run_id == run_id]:
                del self._held[key]


def bytes_of(with_arrays: WithArrays) -> int:
    """What the arrays take: the file, and its weights once more as they are read from it."""
    size = 2 * len(with_arrays.model)
    size += sum(array.nbytes for moment in with_arrays.replay for array in moment.arrays)
    return size + (
        with_arrays.probabilities.nbytes if isinstance(with_arrays, TrainedNetwork) else 0
    )
