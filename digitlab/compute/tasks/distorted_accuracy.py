"""How well a network reads digits that are more and more spoiled."""

from collections.abc import Callable, Generator, Mapping

import numpy as np

from digitlab import limits
from digitlab.architecture.stack import Architecture
from digitlab.compute.parts import digits_at_once, parts
from digitlab.data.mnist import load_mnist
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.records.networks import ModelWeights

Survey = Mapping[str, tuple[float, ...]]
"""By the name of a distortion: the share read correctly, 0 to 1, at each of its strengths."""


def right(network: ModelWeights, kind: str, strength: int, first: int, last: int) -> int:
    """How many of some test digits, spoiled in this way, a network reads correctly.

    Args:
        network: that reads them.
        kind: one of `DISTORTIONS`.
        strength: how much they are spoiled.
        first: which of the first `SPOILED_DIGITS`.
        last: and up to which, this one not among them.
    """
    from digitlab.engine import inference

    data = load_mnist()
    images = DISTORTIONS[kind].apply(data.x_test[: limits.SPOILED_DIGITS], strength)[first:last]
    probabilities = inference.probabilities(network, images)
    return int(np.sum(probabilities.argmax(axis=1) == data.y_test[first:last]))


def share_right(
    ask: Callable[..., int], architecture: Architecture, kind: str, strength: int
) -> float:
    """The share of the first test digits, spoiled in this way, that a network reads correctly.

    Args:
        ask: asks a worker one thing of the network: `ask(task, *arguments)`.
        architecture: of the network.
        kind: as in `right`.
        strength: as in `right`.
    """
    pieces = parts(limits.SPOILED_DIGITS, digits_at_once(architecture))
    return sum(ask(right, kind, strength, *piece) for piece in pieces) / limits.SPOILED_DIGITS


def survey(ask: Callable[[str, int], float]) -> Generator[float, None, Survey]:
    """Every distortion at every strength, one question each.

    Args:
        ask: gives `share_right` for a distortion and a strength.

    Yields:
        The share of the questions that are answered, 0 to 1.
    """
    total = sum(len(distortion.strengths) for distortion in DISTORTIONS.values())
    shares: dict[str, tuple[float, ...]] = {}
    done = 0
    for kind, distortion in DISTORTIONS.items():
        shares[kind] = ()
        for strength in distortion.strengths:
            shares[kind] += (ask(kind, strength),)
            done += 1
            yield done / total
    return shares
