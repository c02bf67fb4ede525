"""What the steps of Prepare made of a digit, in words."""

import numpy as np
from numpy.typing import NDArray

from digitlab.preprocess.arrays import one_hot
from digitlab.specs import PrepSpec
from digitlab.wording.descriptions import a


def label_words(steps: PrepSpec, label: int) -> str:
    """What became of a label, after "it" or "the label"."""
    return (
        f"became {one_hot(np.asarray(label, np.uint8)).astype(int)}"
        if steps.one_hot
        else f"stayed {label}"
    )


def prepared_words(steps: PrepSpec, pixels: NDArray[np.uint8], label: int) -> str:
    """What the steps made of a picture and its label, in a sentence."""
    top = pixels.max() / (255 if steps.scale else 1)
    return (
        f"your picture of {a(label)} was {pixels.size} whole numbers up to {pixels.max()}. It "
        f"became {pixels.size} decimals up to {top:.3g}. Its label {label_words(steps, label)}."
    )
