"""What a learner can do after each step of the path, in words."""

from typing import Final

ABILITIES: Final = {
    "Data": "**Describe a data set**: how many samples, which shape, what one number in it means.",
    "Prepare": "**Prepare pictures and labels** as the numbers that a network takes.",
    "Network": "**Build a network** in Keras and count its parameters.",
    "Learn": "**Work out one step of learning**: the loss, the gradient and the new weight.",
    "Train": "**Train a network** and read its loss and accuracy, epoch by epoch.",
    "Evaluate": "**Test a network fairly**: once, with digits that it has never seen.",
    "Predict": "**Read an answer**: ten probabilities that add up to 1.",
    "Draw": "**Give a network a picture of your own**, in the form that it knows.",
    "Look inside": "**Look into a network**: its weights, and which pixels matter for an answer.",
    "Replay": "**Follow a training** from its first weights to its last.",
    "Luck": "**Tell a better recipe from a lucky seed.**",
    "Choose": "**Choose settings** by validation digits, not by test digits.",
    "Robustness": "**Find the limits of a network**: what confuses it, and when it is too sure.",
    "Ablations": "**Find out what a step is good for**: leave it out and compare.",
    "Then and now": "**Read old Keras code** and write it for Keras 3.",
}
"""By the step's name, as Markdown; each goes on from "you can"."""
