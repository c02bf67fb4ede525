"""What the controls that a lesson can lock are called."""

from collections.abc import Collection
from typing import Final

from digitlab.wording.lists import with_commas
from digitlab.wording.say import Message, say_message, to_say

CONTROL_NAMES: Final[dict[str, Message]] = {
    "network": to_say("Network"),
    "epochs": to_say("Epochs"),
    "learning_rate": to_say("Learning rate"),
    "batch_size": to_say("Batch size"),
    "validation_share": to_say("Validation share"),
    "optimizer": to_say("Optimizer"),
    "loss": to_say("Loss"),
    "metric": to_say("Metric"),
    "seed": to_say("Seed"),
    "preparation": to_say("What is changed on purpose"),
    "sample": to_say("Digit on Data and Prepare"),
}
"""Of each of `specs.CONTROLS`, in the same order."""


def control_name(control: str) -> str:
    """What the control is called on the pages."""
    return say_message(CONTROL_NAMES[control])


def control_names(controls: Collection[str]) -> str:
    """The names of several, in their order on the pages.

    >>> control_names({"seed", "epochs"})
    'Epochs, Seed'
    """
    return with_commas([control_name(name) for name in CONTROL_NAMES if name in controls])
