"""Split, order and batches of the training digits, as in Keras's own `fit`."""

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
"""For a training that gets its next time slice: tracing takes 0.03 s, an order 0.24 MB."""

Indices = NDArray[np.int32]


class Batches:
    """The indices of a run's samples among the training images, in batches.

    Args:
        training: the run's seed, batch size and validation share.
        digits: how many training images there are.

    Attributes:
        training: the batches of an epoch.
        validation: those of the validation digits; none without a validation share.
        count: batches in an epoch.
    """

    def __init__(self, training: TrainSpec, digits: int) -> None:
        samples = training.digits_to_learn_from(digits)
        self.training = BatchGroups(_shuffled(samples, training.seed), training.batch_size)
        self.validation = BatchGroups(
            np.arange(samples, digits, dtype=np.int32), training.batch_size
        )
        self.count = self.training.count


class BatchGroups:
    """Samples in groups of whole batches: one call of TensorFlow takes a group.

    An epoch is cut into tenths. Where a tenth takes longer than `limits.LOOK_SECONDS`, it is cut
    once more. The numbers that a network learns don't depend on that.

    Args:
        indices: of the samples, in order.
        batch_size: samples in a batch.

    Attributes:
        count: of the batches.
    """

    def __init__(self, indices: Indices, batch_size: int) -> None:
        self._indices, self._batch_size = indices, batch_size
        self._seconds: float | None = None  # that a batch takes, None before the first one
        self.count = math.ceil(len(indices) / batch_size)

    def after(self, done: int) -> Iterator[tuple[int, Indices]]:
        """The groups after `done` batches, each with the number of batches done after it."""
        tenth = max(1, self.count // REPORTS_PER_EPOCH)
        while done < self.count:
            end = min(done + self._batches_per_look(), done - done % tenth + tenth, self.count)
            started = time.perf_counter()
            yield end, self._indices[done * self._batch_size : end * self._batch_size]
            self._seconds = (time.perf_counter() - started) / (end - done)
            done = end

    def _batches_per_look(self) -> int:
        """How many batches one group may take; the first batch is timed alone."""
        if self._seconds is None:
            return 1
        return max(1, int(limits.LOOK_SECONDS / max(self._seconds, 1e-9)))


@lru_cache(maxsize=_ORDERS_KEPT)
def _shuffled(samples: int, seed: int) -> Indices:
    """The order in which `fit` takes the samples after `set_random_seed(seed)`, in every epoch.

    Keras shuffles in the function of a `tf.data.Dataset`, and each epoch's iterator starts the
    random generator in there anew.
    """

    def shuffled(_: Any) -> Any:
        tf.random.set_seed(seed)  # of this function's graph only
        return tf.random.shuffle(tf.range(samples))

    # Nothing in there is for AutoGraph, which would leave files in the temporary folder.
    function = tf.autograph.experimental.do_not_convert(shuffled)
    order: Indices = next(iter(tf.data.Dataset.range(1).map(function))).numpy()
    order.flags.writeable = False
    return order
