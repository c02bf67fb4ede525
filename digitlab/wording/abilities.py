"""What a learner can do after each step of the path, in words."""

from typing import Final

from digitlab.wording.say import Message, say_message, to_say

ABILITIES: Final[dict[str, Message]] = {
    "Data": to_say(
        "**Describe a data set**: how many samples it has, which shape they have, and what one "
        "number means."
    ),
    "Prepare": to_say("**Turn pictures and labels into numbers** for a network."),
    "Network": to_say("**Build a network** in Keras and count its parameters."),
    "Learn": to_say(
        "**Calculate one step of learning**: the loss, the gradient and the new weight."
    ),
    "Train": to_say("**Train a network** and read its loss and its accuracy after each epoch."),
    "Evaluate": to_say("**Test a network fairly**: once, with digits that it has never seen."),
    "Predict": to_say("**Read an answer of a network**: ten probabilities that add up to 1."),
    "Draw": to_say(
        "**Give a network your own picture** in the same form as the digits that it learned from."
    ),
    "Look inside": to_say(
        "**Look inside a network**: see its weights, and see which pixels change its answer."
    ),
    "Replay": to_say("**Follow a training** from the first weights to the last weights."),
    "Luck": to_say("**Find out whether a recipe is better** or only had a lucky seed."),
    "Choose": to_say("**Choose settings** with validation digits, not with test digits."),
    "Robustness": to_say(
        "**Find the limits of a network**: which changes of a picture it can't handle, and when "
        "it is too sure."
    ),
    "Ablations": to_say(
        "**Find out what a setting is for**: change it, train again and compare the two networks."
    ),
    "Then and now": to_say("**Read old Keras code** and write it for Keras 3."),
}
"""By the step's name, as Markdown; each goes on from "you can"."""


def ability(step: str) -> str:
    """What the step with this name has taught, in Markdown."""
    return say_message(ABILITIES[step])
