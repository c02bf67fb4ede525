"""The training digits of a run: all of them, or with ablations."""

import math

import numpy as np
from numpy.typing import NDArray

from digitlab.specs import CLASSES, PrepSpec

Images = NDArray[np.uint8]  # (n, 28, 28)
Labels = NDArray[np.uint8]  # (n,)


def training_digits(
    images: Images, labels: Labels, preparation: PrepSpec, seed: int
) -> tuple[Images, Labels]:
    """The training images and labels that a run learns from.

    The snippets do the same with the same calls of NumPy, so the numbers are the same. The
    generator is NumPy's own: none of Keras's random numbers is used up.
    """
    if preparation.data_share < 1:
        used = math.floor(len(labels) * preparation.data_share)
        images, labels = images[:used], labels[:used]
    if preparation.dropped_digit is not None:
        kept = labels != preparation.dropped_digit
        images, labels = images[kept], labels[kept]
    random = np.random.default_rng(seed)
    if preparation.label_noise:
        noisy = random.random(len(labels)) < preparation.label_noise
        labels = labels.copy()
        labels[noisy] = random.integers(0, CLASSES, np.count_nonzero(noisy))
    if preparation.shuffle_labels:
        labels = random.permutation(labels)
    return images, labels
