"""What the steps of Prepare made of a digit, in words."""

import numpy as np
from numpy.typing import NDArray

from digitlab.preprocess.arrays import one_hot
from digitlab.specs import PrepSpec
from digitlab.wording.numerals import significant
from digitlab.wording.say import say


def label_seen(steps: PrepSpec, name: str, label: int) -> str:
    """What the fourth step made of a label, in a sentence.

    Args:
        steps: the steps of the run.
        name: of the label, as in code.
        label: 0 to 9.
    """
    if not steps.one_hot:
        return say("The label {name} is {label}. It did not change.", name=name, label=label)
    return say(
        "The label {name} was {label}. Now it is {vector}.",
        name=name,
        label=label,
        vector=_vector(label),
    )


def prepared_seen(steps: PrepSpec, name: str, pixels: NDArray[np.uint8], label: int) -> str:
    """What the steps made of a picture and its label, in sentences.

    Args:
        steps: the steps of the run.
        name: of the picture, as in code.
        pixels: of the picture, (28, 28).
        label: 0 to 9.
    """
    top = significant(pixels.max() / (255 if steps.scale else 1), 3)
    picture = say(
        "Your picture {name} was {count} whole numbers from 0 to {before}. Now it is {count} "
        "decimal numbers from 0 to {after}.",
        name=name,
        count=pixels.size,
        before=pixels.max(),
        after=top,
    )
    return f"{picture} {_its_label(steps, label)}"


def _its_label(steps: PrepSpec, label: int) -> str:
    if not steps.one_hot:
        return say("Its label is still {label}.", label=label)
    return say("Its label was {label}. Now it is {vector}.", label=label, vector=_vector(label))


def _vector(label: int) -> str:
    return f"`{one_hot(np.asarray(label, np.uint8)).astype(int)}`"
