"""Which digits a training takes, and when: Keras's own split, order and batches."""

import math
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab import limits
from digitlab.specs import TrainSpec

REPORTS_PER_EPOCH = 10
"""At least. Batches between two reports run inside TensorFlow: Python is out of the inner loop."""

_ORDERS_KEPT = 8
"""For a training that comes back for its next turn: tracing takes 0.03 s, an order 0.24 MB."""

Places = NDArray[np.int32]


class Batches:
    """The places of a run's digits among the training images.

    Args:
        training: the run's seed, batch size and validation share.
        digits: how many training images there are.

    Attributes:
        learned: the way through an epoch.
        validated: the way through the digits that validate; of no batches without a share.
        count: batches in an epoch.
    """

    def __init__(self, training: TrainSpec, digits: int) -> None:
        samples = math.floor(digits * (1 - training.validation_share))  # the rest validates
        self.learned = Groups(_shuffled(samples, training.seed), training.batch_size)
        self.validated = Groups(np.arange(samples, digits, dtype=np.int32), training.batch_size)
        self.count = self.learned.count


class Groups:
    """Some digits in groups of whole batches.

    An epoch is cut into tenths. Where a tenth takes longer than `limits.LOOK_SECONDS`, it is cut
    once more. The numbers that a network learns don't depend on that.

    Args:
        places: of the digits, in order.
        size: of a batch.

    Attributes:
        count: of the batches.
    """

    def __init__(self, places: Places, size: int) -> None:
        self._places, self._size = places, size
        self._seconds: float | None = None  # that a batch takes, None before the first one
        self.count = math.ceil(len(places) / size)

    def after(self, done: int) -> Iterator[tuple[int, Places]]:
        """The groups after so many batches, each with the number of batches done after it."""
        tenth = max(1, self.count // REPORTS_PER_EPOCH)
        while done < self.count:
            end = min(done + self._quick(), done - done % tenth + tenth, self.count)
            started = time.perf_counter()
            yield end, self._places[done * self._size : end * self._size]
            self._seconds = (time.perf_counter() - started) / (end - done)
            done = end

    def _quick(self) -> int:
        """How many batches are done before it is time to look again; the first one is timed."""
        if self._seconds is None:
            return 1
        return max(1, int(limits.LOOK_SECONDS / max(self._seconds, 1e-9)))


@lru_cache(maxsize=_ORDERS_KEPT)
def _shuffled(samples: int, seed: int) -> Places:
    """The order in which `fit` takes the samples after `set_random_seed(seed)`, in every epoch.

    Keras shuffles in the function of a `tf.data.Dataset`, and each epoch's iterator starts the
    random generator in there anew.
    """

    def shuffled(_: Any) -> Any:
        tf.random.set_seed(seed)  # of this function's graph only
        return tf.random.shuffle(tf.range(samples))

    # Nothing in there is for AutoGraph, which would leave files in the temporary folder.
    function = tf.autograph.experimental.do_not_convert(shuffled)
    order: Places = next(iter(tf.data.Dataset.range(1).map(function))).numpy()
    order.flags.writeable = False
    return order
