"""What is said of the exam, and of the score to choose by until then."""

from typing import Final

from digitlab.records.score import DigitSet, Score
from digitlab.wording.numerals import per_cent, short_per_cent
from digitlab.wording.say import Message, say, say_count, say_message, to_say

TEST_SET: Final = to_say(
    "The **test set** is the exam of your network: 10,000 digits that this lab never trains with. "
    "They show how well it reads new digits. First choose all your settings by the **validation "
    "accuracy** on Train and Runs. Then open the test set, once for each network.\n\n"
    "**Why only once?** Suppose you test many networks and keep the one with the best test score. "
    "Then you have used the test digits to choose. A part of this score is luck with these 10,000 "
    "digits. With new digits the network does not have this luck again."
)
"""Before the exam, on Evaluate."""

_COUNTED: Final[dict[int, Message]] = {
    20: to_say(
        "These are many networks. If you pick the best one by its test score, you no longer know "
        "how well it reads new digits. The network with the best of many scores was probably also "
        "lucky. Choose by validation accuracy. Test only the network that you have chosen."
    ),
    5: to_say(
        "If you pick the best one by its test score, this score is too good for new digits. A part "
        "of it is luck with these 10,000 digits. Choose by validation accuracy. The page Choose "
        "shows how much too good the best of many looks."
    ),
    1: to_say(
        "A test score is fair if you chose the settings without it. Then it shows how well the "
        "network reads new digits of this kind. Don't use it to choose between networks."
    ),
}
"""What the number of networks means, from this number on; the largest first.

`benchmarks/selection_bias.py` measures how much too good the best of 5, 10 and 50 networks looks,
by the number of digits it was chosen by.
"""


def exams_words(count: int) -> str:
    """For how many networks a browser has opened the test set, and what that means, in Markdown.

    Args:
        count: at least 1.
    """
    meaning = next(words for least, words in _COUNTED.items() if count >= least)
    opened = say_count(
        "In this browser you have opened the test set for **one** network.",
        "In this browser you have opened the test set for **{count}** networks.",
        count,
    )
    return f"{opened} {say_message(meaning)}"


def score_words(score: Score, decimals: int = 1) -> str:
    r"""What a network reads, as a sentence about "it".

    >>> score_words(Score(DigitSet.VALIDATION, 0.975)).replace("\N{NO-BREAK SPACE}", " ")
    'It reads 97.5 % of the validation digits.'
    >>> score_words(Score(DigitSet.TRAINING, 0.531)).replace("\N{NO-BREAK SPACE}", " ")
    'It read 53.1 % of the training digits in its last epoch.'
    """
    share = per_cent(score.accuracy, decimals)
    match score.digits:
        case DigitSet.TRAINING:  # counted while it learned
            return say("It read {share} of the training digits in its last epoch.", share=share)
        case DigitSet.VALIDATION:
            return say("It reads {share} of the validation digits.", share=share)
        case DigitSet.TEST:
            return say("It reads {share} of the test digits.", share=share)


def own_score_words(score: Score, decimals: int = 1) -> str:
    r"""The same about "your network", where no sentence before it names the network.

    >>> own_score_words(Score(DigitSet.VALIDATION, 0.975)).replace("\N{NO-BREAK SPACE}", " ")
    'Your network reads 97.5 % of the validation digits.'
    >>> own_score_words(Score(DigitSet.TRAINING, 0.531)).replace("\N{NO-BREAK SPACE}", " ")
    'Your network read 53.1 % of the training digits in its last epoch.'
    """
    share = per_cent(score.accuracy, decimals)
    match score.digits:
        case DigitSet.TRAINING:
            return say(
                "Your network read {share} of the training digits in its last epoch.", share=share
            )
        case DigitSet.VALIDATION:
            return say("Your network reads {share} of the validation digits.", share=share)
        case DigitSet.TEST:
            return say("Your network reads {share} of the test digits.", share=share)


def short_score(score: Score) -> str:
    r"""The same in a name.

    >>> short_score(Score(DigitSet.VALIDATION, 0.9751)).replace("\N{NO-BREAK SPACE}", " ")
    'validation 97.51 %'
    """
    return say_message(_SHORT[score.digits], share=per_cent(score.accuracy, 2))


def set_name(digits: DigitSet) -> str:
    """One of the three sets in a word, as it stands beside a curve.

    >>> set_name(DigitSet.VALIDATION)
    'validation'
    """
    return say_message(_SETS[digits])


_SETS: Final[dict[DigitSet, Message]] = {
    DigitSet.TRAINING: to_say("training"),
    DigitSet.VALIDATION: to_say("validation"),
    DigitSet.TEST: to_say("test"),
}
_SHORT: Final[dict[DigitSet, Message]] = {
    DigitSet.TRAINING: to_say("training {share}"),
    DigitSet.VALIDATION: to_say("validation {share}"),
    DigitSet.TEST: to_say("test {share}"),
}


def validation_words(share: float) -> str:
    """What a validation share does, to follow a recipe; "" without one."""
    if not share:
        return ""
    words = say(
        "It keeps {share} of the training digits for validation.", share=short_per_cent(share)
    )
    return f" {words}"
