"""Ablations of a trained network: its weights are changed, and it does not learn again."""

from dataclasses import dataclass
from enum import StrEnum


class WeightChangeKind(StrEnum):
    """What is done to the weights."""

    CUT = "cut"  # hidden units are silenced
    NOISE = "noise"  # is added


@dataclass(frozen=True)
class WeightChange:
    """One change of a trained network's weights.

    Attributes:
        kind: what is done.
        amount: how many hidden units are cut; or the spread (standard deviation) of the noise, in
            times that of the weights to which it is added.
    """

    kind: WeightChangeKind
    amount: float


AMOUNTS: dict[WeightChangeKind, tuple[float, ...]] = {
    WeightChangeKind.CUT: (1, 8, 32, 64, 96, 112, 120, 127),
    WeightChangeKind.NOISE: (0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0),
}
"""To choose from, for a network with 128 hidden units."""
