"""A least-recently-used pool for the large objects of all sessions, within one bound.

Streamlit remembers up to 128 visitors who have gone, each with all that their session holds. So a
session does not hold what is large: it holds a key to it.
"""

import itertools
import threading
import weakref
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Pool(Generic[T]):
    """Evicts the least recently used value when all are too large. Safe in any thread.

    Args:
        megabytes: of all that it holds.
    """

    def __init__(self, megabytes: float) -> None:
        self._size = 0
        self._max_size = int(megabytes * 10**6)
        self._values: OrderedDict[int, tuple[T, int]] = OrderedDict()
        self._numbers = itertools.count()
        # A key may be collected at any moment, also while this thread is in here.
        self._lock = threading.RLock()

    @property
    def size(self) -> int:
        """Bytes of all that it holds."""
        with self._lock:  # while something is put in, there is too much for a moment
            return self._size

    def put(self, value: T, size: int) -> "Key[T]":
        """Keep a value of so many bytes, as long as its key lives and there is room."""
        number = next(self._numbers)
        with self._lock:
            self._values[number] = (value, size)
            self._size += size
            while self._size > self._max_size:
                self._evict(next(iter(self._values)))
        return Key(self, number)

    def _get(self, number: int) -> T | None:
        with self._lock:
            if number not in self._values:
                return None
            self._values.move_to_end(number)
            return self._values[number][0]

    def _evict(self, number: int) -> None:
        with self._lock:
            _, size = self._values.pop(number, (None, 0))
            self._size -= size


class Key(Generic[T]):
    """The key of one value in a pool. The value is evicted with its key."""

    def __init__(self, pool: Pool[T], number: int) -> None:
        self._pool, self._number = pool, number
        weakref.finalize(self, pool._evict, number).atexit = False

    def get(self) -> T | None:
        """The value, which counts as used; None if it was evicted."""
        return self._pool._get(self._number)
