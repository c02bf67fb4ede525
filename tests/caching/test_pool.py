"""What sessions hold of large things stays within a bound, whoever has gone without a word."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from digitlab.caching.pool import Pool

MEGABYTE = 10**6


class Thing:
    """A value that can be seen to go."""

    def __init__(self, number: int) -> None:
        self.number = number


def test_what_was_not_used_for_longest_goes() -> None:
    pool = Pool[Any](megabytes=3)
    first, second, third = (pool.put(name, MEGABYTE) for name in ("first", "second", "third"))
    assert first.get() == "first"  # so the second is now the oldest
    fourth = pool.put("fourth", MEGABYTE)
    assert [key.get() for key in (first, second, third, fourth)] == [
        "first",
        None,
        "third",
        "fourth",
    ]
    assert pool.size == 3 * MEGABYTE


def test_a_value_goes_with_its_key() -> None:
    pool = Pool[Any](megabytes=3)
    thing = Thing(1)
    gone = weakref.ref(thing)
    key = pool.put(thing, MEGABYTE)
    del thing
    assert gone() is not None
    del key
    assert gone() is None
    assert pool.size == 0


def test_one_that_is_too_large_by_itself_is_not_held_nor_does_it_drive_out_its_successors() -> None:
    pool = Pool[Any](megabytes=1)
    assert pool.put("large", MEGABYTE + 1).get() is None
    assert pool.size == 0
    key = pool.put("fits", MEGABYTE)
    assert key.get() == "fits"


def test_keys_that_are_collected_while_others_are_put_in() -> None:
    """The garbage collector ends keys in whatever thread, also within the pool's own lock."""
    pool = Pool[Any](megabytes=1)

    def come_and_go(seed: int) -> None:
        random = np.random.default_rng(seed)
        for number in range(300):
            circle: list[Any] = [pool.put(number, int(random.integers(1, MEGABYTE // 4)))]
            circle.append(circle)  # only the collector ends this one
            if number % 10 == 0:
                gc.collect(0)
            assert pool.size <= MEGABYTE

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(come_and_go, range(4))) == [None] * 4
    gc.collect()
    assert pool.size == 0


def test_a_key_that_ends_within_the_lock_does_not_stand_in_its_own_way() -> None:
    pool = Pool[Any](megabytes=1)
    key = pool.put("value", 1)
    with pool._lock:
        del key
    done = threading.Thread(target=pool.put, args=("next", 1), daemon=True)
    done.start()
    done.join(10)
    assert not done.is_alive()


@pytest.mark.parametrize("size", [0, MEGABYTE])
def test_a_value_is_the_same_object_for_all_who_ask(size: int) -> None:
    pool = Pool[Any](megabytes=1)
    thing = Thing(1)
    key = pool.put(thing, size)
    assert key.get() is thing
    assert key.get() is key.get()
