"""Changes of a trained network's weights, in words."""

from dataclasses import dataclass
from typing import Final

from digitlab.specs.ablations import Outcome
from digitlab.specs.weight_changes import WeightChangeKind
from digitlab.wording.say import Message, to_say


@dataclass(frozen=True)
class WeightChangeWords:
    """What is said of one kind of change.

    Attributes:
        title: what is done, in a list of such.
        does: what is done, in a sentence or two.
        amount: what the amount means.
        why: why a small amount changes little and a large one much.
    """

    title: Message
    does: Message
    amount: Message
    why: Message


WORDS: Final = {
    WeightChangeKind.CUT: WeightChangeWords(
        title=to_say("Cut hidden units"),
        does=to_say(
            "The lab cuts off some of the 128 hidden units. The ten weights from such a unit to "
            "the outputs become 0, so its value no longer counts. Random numbers choose the units."
        ),
        amount=to_say("Units that are cut"),
        why=to_say(
            "Each hidden unit adds a little to each of the ten sums of the output. One unit of 128 "
            "hardly matters, because the other 127 still add their part. When you cut more units, "
            "another sum becomes the largest more often."
        ),
    ),
    WeightChangeKind.NOISE: WeightChangeWords(
        title=to_say("Add noise to the weights"),
        does=to_say(
            "The lab adds a random number to each weight. The **spread** (standard deviation) "
            "tells how large these numbers are. With a spread of 1, the noise in each layer varies "
            "as much as the weights of this layer."
        ),
        amount=to_say("Spread of the noise"),
        why=to_say(
            "A sum adds up many products. Small random changes in many weights partly cancel out, "
            "so the exact value of one weight matters little. When the noise is as large as the "
            "weights, it hides much of what the network has learned."
        ),
    ),
}
"""By the kind of change."""

OUTCOMES = (Outcome.BETTER, Outcome.SAME, Outcome.WORSE, Outcome.NOTHING)
"""What it can come to: nothing is trained, so Keras can't refuse."""
