"""What the workers tell about a network's inside: frozen, picklable records."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class LayerPass:
    """What one layer made of one picture.

    Attributes:
        inputs: what came in.
        sums: before the activation function.
        outputs: after it, as the next layer gets it.
    """

    inputs: Array
    sums: Array
    outputs: Array


@dataclass(frozen=True, eq=False)
class ForwardPass:
    """One picture's way through a network.

    Attributes:
        layers: first to last.
        logits: the ten sums before the softmax, or before the sigmoids.
    """

    layers: tuple[LayerPass, ...]
    logits: Array


@dataclass(frozen=True, eq=False)
class Attribution:
    """What in a picture speaks for an answer.

    Attributes:
        gradient: of the answer's logit with regard to each pixel, shape (28, 28): by how much it
            would rise, for a pixel that goes from paper to ink, if it went on like that.
        drops: by how much the answer's probability falls when a patch of paper lies on the
            picture; each patch `PATCH` pixels wide, `STEP` pixels from the next, (13, 13).
    """

    gradient: Array
    drops: Array


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The training digits that are nearest to a picture, nearest first.

    Attributes:
        indices: their numbers in `x_train`.
        distances: Euclidean.
        searched: how many training digits were compared, the first ones.
    """

    indices: NDArray[np.int64]
    distances: Array
    searched: int


@dataclass(frozen=True, eq=False)
class DigitMap:
    """Test digits as points in a plane, by what the last hidden layer makes of them.

    Attributes:
        positions: of the first test digits, shape (n, 2).
        star: the position of one more picture, (2,).
        share: of the layer's variance that the two axes show; None where nothing varies, and for
            t-SNE.
    """

    positions: Array
    star: Array
    share: float | None = None


PATCH = 4
"""Width of the patch of paper that `Attribution.drops` moves over the digit, in pixels."""

STEP = 2
"""Pixels from one position of the patch to the next."""

PATCH_POSITIONS = (28 - PATCH) // STEP + 1
"""How many positions the patch has along one side."""
