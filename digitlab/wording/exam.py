"""What is said of the exam, and of the score to choose by until then."""

from typing import Final

from digitlab.records.score import DigitSet, Score
from digitlab.wording.numerals import per_cent, short_per_cent
from digitlab.wording.say import Message, say, say_message, to_say

TEST_SET = (
    "The **test set** is the exam of your network: 10,000 digits that this lab never trains with. "
    "They tell how well it reads new digits. Choose all your settings first, by the **validation "
    "accuracy** on Train and Runs. Then open the test set, once for each network.\n\n"
    "**Why only once?** Suppose you test many networks and keep the one with the best test score. "
    "Then you have used the test digits to choose. Part of its lead is luck with these 10,000 "
    "digits, and luck does not come again with new ones."
)
"""Before the exam, on Evaluate."""

_COUNTED = {
    20: "The test set is now a set to choose by. If you pick the best of these networks by its "
    "test score, you no longer know how well it reads new digits: the best of many scores is the "
    "luckiest too. Choose by validation accuracy, and test only what you have chosen.",
    5: "If you pick the best of them by its test score, this score is too good for new digits: "
    "part of it is luck with these 10,000. Choose by validation accuracy. The page Choose shows "
    "how much too good the best of many looks.",
    1: "A test score is fair if you chose the settings without it: then it says how well the "
    "network reads new digits of this kind. Don't use it to choose among networks.",
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
    networks = "**one** network" if count == 1 else f"**{count:,}** networks"
    meaning = next(words for least, words in _COUNTED.items() if count >= least)
    return f"In this browser you have opened the test set for {networks}. {meaning}"


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
    return f" It keeps {short_per_cent(share)} of the training digits for validation."
