"""An uploaded network, as it was read and with its answers to the test digits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.loss import cross_entropies
from digitlab.architecture.stack import LayerStack
from digitlab.specs import Preprocessing, display_name

Array = NDArray[np.float32]

_NAME_LENGTH = 40

POOR = 0.5
"""Right answers; what reads fewer was hardly trained on pixels as the lab gives them."""


@dataclass(frozen=True, eq=False)
class ParsedModel:
    """What was in the file: enough to ask the network.

    Attributes:
        architecture: its layers.
        weights: their arrays, in Keras's order.
        preprocessing: in which numbers it takes the pixels; not in the file: see `input_guess`.
    """

    architecture: LayerStack
    weights: tuple[Array, ...]
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE


@dataclass(frozen=True, eq=False)
class UploadedModel:
    """A network from a visitor's file.

    Attributes:
        name: of the file.
        architecture: its layers.
        weights: their arrays, in Keras's order.
        probabilities: its answer to each test image, shape (10000, 10).
        test_accuracy: share of the test images whose most probable answer is right.
        test_loss: cross-entropy over the test images, as Keras computes it.
        preprocessing: in which numbers it takes the pixels.
        tried: the share of some training digits that it read with each preprocessing that was
            tried: test digits would tell of the exam.
    """

    name: str
    architecture: LayerStack
    weights: tuple[Array, ...]
    probabilities: NDArray[np.float32]
    test_accuracy: float
    test_loss: float
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE
    tried: Mapping[Preprocessing, float] = field(default_factory=dict)

    @property
    def there(self) -> bool:
        """Whether its arrays are there: a session's may be let go."""
        return True

    @property
    def training_share(self) -> float | None:
        """What it reads of some training digits with its preprocessing; None if untried."""
        return self.tried.get(self.preprocessing)

    @property
    def poor(self) -> bool:
        """Whether it reads so few digits that something must be wrong with it."""
        return self.training_share is not None and self.training_share < POOR


def evaluate_model(
    network: ParsedModel,
    name: str,
    probabilities: NDArray[np.float32],
    labels: NDArray[np.uint8],
    tried: Mapping[Preprocessing, float] | None = None,
) -> UploadedModel:
    """The network with these answers to the test images, and how good they are.

    Args:
        network: as it was read.
        name: of the file, as the visitor's browser says it.
        probabilities: its answers, shape (n, 10).
        labels: the true ones, shape (n,).
        tried: what `input_guess.shares` measured.

    Raises:
        UploadError: if its answers are no numbers.
    """
    if not np.isfinite(probabilities).all():
        raise UploadError(UploadProblem.NOT_FINITE)
    return UploadedModel(
        name=cleaned(name),
        architecture=network.architecture,
        weights=network.weights,
        probabilities=probabilities,
        test_accuracy=float(np.mean(probabilities.argmax(axis=1) == labels)),
        test_loss=cross_entropy(probabilities, labels),
        preprocessing=network.preprocessing,
        tried=tried or {},
    )


def cross_entropy(probabilities: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """`keras.losses.categorical_crossentropy`, averaged: `(n, 10)` and `(n,)`."""
    return float(cross_entropies(probabilities, labels).mean())


def cleaned(name: str) -> str:
    """A file's name without folders and invisible signs, of a length that a sidebar can show."""
    visible = display_name.clean(re.split(r"[/\\]", name)[-1])
    return display_name.shortened(visible, _NAME_LENGTH)
