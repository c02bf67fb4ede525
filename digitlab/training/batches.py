"""Which digits a training takes, and when: Keras's own split, order and batches."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.specs import TrainSpec

REPORTS_PER_EPOCH = 10
"""Batches between two reports run inside TensorFlow: Python is out of the inner loop."""

Places = NDArray[np.int32]


class Batches:
    """The places of a run's digits among the training images.

    Args:
        training: the run's seed, batch size and validation share.
        digits: how many training images there are.

    Attributes:
        count: batches in an epoch.
    """

    def __init__(self, training: TrainSpec, digits: int) -> None:
        samples = math.floor(digits * (1 - training.validation_share))  # the rest validates
        self._size = training.batch_size
        self._learnt = _shuffled(samples, training.seed)
        self._validated = np.arange(samples, digits, dtype=np.int32)
        self.count = math.ceil(samples / self._size)

    def epoch(self) -> Iterator[tuple[int, Places]]:
        """Groups of whole batches, each with the number of batches done after it."""
        done = 0
        for places in self._groups(self._learnt):
            done += math.ceil(len(places) / self._size)
            yield done, places

    def validation(self) -> Iterator[Places]:
        """The digits that validate, in groups of whole batches; none without a share."""
        return self._groups(self._validated)

    def _groups(self, places: Places) -> Iterator[Places]:
        step = max(1, self.count // REPORTS_PER_EPOCH) * self._size
        return (places[first : first + step] for first in range(0, len(places), step))


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
    return order
