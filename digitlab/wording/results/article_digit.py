"""The test digit that the article asks its network for, and what this learner's network says."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import percent

INDEX: Final = 11
_ANSWER, _PROBABILITY = 6, 0.54


def article_digit_words(probabilities: NDArray[np.floating]) -> str:
    """The ten answers to test digit 11 beside the article's, which are right but not sure."""
    answer = int(probabilities.argmax())
    article = say(
        "The article uses the same test digit. Its network says **{digit}** with {share}.",
        digit=_ANSWER,
        share=percent(_PROBABILITY),
    )
    if answer == _ANSWER:
        yours = say(
            "Yours says {digit} too, with {share}.",
            digit=answer,
            share=percent(probabilities[answer]),
        )
    else:
        yours = say(
            "Yours says **{answer}**. Two networks can give different answers when they have "
            "different seeds or different recipes.",
            answer=answer,
        )
    return f"{article} {yours}"
