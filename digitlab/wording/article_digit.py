"""The test digit that the article asks its network for, and what this learner's network says."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitlab.wording.descriptions import percent

INDEX: Final = 11
_ANSWER, _PROBABILITY = 6, 0.54


def article_digit_words(probabilities: NDArray[np.floating]) -> str:
    """The ten answers to test digit 11 beside the article's, which are right but not sure."""
    answer = int(probabilities.argmax())
    article = (
        "The article asks for this same digit. Its network says **6** with "
        f"{percent(_PROBABILITY)}."
    )
    if answer == _ANSWER:
        return f"{article} Yours says 6 too, with {percent(probabilities[answer])}."
    return (
        f"{article} Yours says **{answer}**. The same recipe can do that when training starts "
        "from other random numbers (another seed), and so can another recipe."
    )
