"""Changes of a trained network's weights, in words."""

from dataclasses import dataclass

from digitlab.specs.ablations import Outcome
from digitlab.specs.weight_changes import WeightChangeKind


@dataclass(frozen=True)
class WeightChangeWords:
    """What is said of one kind of change.

    Attributes:
        title: what is done, in a list of such.
        does: what is done, in a sentence or two.
        amount: what the amount means.
        why: why a small amount changes little and a large one much.
    """

    title: str
    does: str
    amount: str
    why: str


WORDS = {
    WeightChangeKind.CUT: WeightChangeWords(
        title="Cut hidden units",
        does=(
            "Some of the 128 hidden units are cut off. The ten weights from such a unit to the "
            "outputs become 0, so what the unit says is not heard. Random numbers choose the units."
        ),
        amount="Units that are cut",
        why=(
            "Each hidden unit adds a little to each of the ten sums of the output. One unit of 128 "
            "is hardly missed: the other 127 still speak. The more units are "
            "cut, the more often the largest sum is another one."
        ),
    ),
    WeightChangeKind.NOISE: WeightChangeWords(
        title="Add noise to the weights",
        does=(
            "A random number is added to each weight. The **spread** (standard deviation) says how "
            "large these numbers are. A spread of 1 means: the noise spreads as far as the weights "
            "of that layer."
        ),
        amount="Spread of the noise",
        why=(
            "A sum adds up many products. Small random changes in many weights partly cancel out, "
            "so the exact value of a single weight matters little. When the noise is as large as "
            "the weights, it hides much of what was learned."
        ),
    ),
}
"""By the kind of change."""

OUTCOMES = (Outcome.BETTER, Outcome.SAME, Outcome.WORSE, Outcome.NOTHING)
"""What it can come to: nothing is trained, so Keras can't refuse."""
