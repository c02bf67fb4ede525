"""What came of an ablation, in words."""

from typing import Final

from digitlab.specs.ablations import Ablation, Outcome
from digitlab.wording.say import say_message, to_say
from digitlab.wording.settings.ablations import words_of

_OUTCOMES: Final = {
    Outcome.BETTER: to_say("It reads more digits"),
    Outcome.SAME: to_say("It reads about the same number"),
    Outcome.WORSE: to_say("It reads fewer digits"),
    Outcome.NOTHING: to_say("It learns almost nothing"),
    Outcome.REFUSED: to_say("Keras refuses to train it"),
}

_ELSE: Final = {
    Outcome.BETTER: to_say(
        "The changed network reads more digits than the baseline. So this change helps here. "
        "Try other seeds on Luck before you believe it."
    ),
    Outcome.SAME: to_say(
        "The difference is smaller than 1 of 100 digits. Such a small difference can come from the "
        "random numbers alone."
    ),
    Outcome.WORSE: to_say(
        "The changed network reads fewer digits than the baseline. So this change does not help "
        "here."
    ),
    Outcome.REFUSED: to_say(
        "This change does not fit the rest of the recipe, so Keras can't train it."
    ),
    Outcome.NOTHING: to_say(
        "It reads at most 20 of 100 digits correctly. A network that guesses reads about 10 of 100."
    ),
}
"""What is said where an ablation has no reason of its own for what came of it."""


def outcome_words(outcome: Outcome) -> str:
    """What an ablation can come to, as a learner expects it."""
    return say_message(_OUTCOMES[outcome])


def why(ablation: Ablation, outcome: Outcome) -> str:
    """Why an ablation came out so."""
    return say_message(words_of(ablation).why.get(outcome) or _ELSE[outcome])
