"""What two networks read of the same digits, in words."""

from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say


def score_words(baseline: float, changed: float) -> str:
    """What both read; accuracies from 0 to 1.

    >>> score_words(0.97, 0.8812)
    'Of 100 unseen digits the baseline reads 97.0, and the changed network reads 88.1.'
    """
    return say(
        "Of 100 unseen digits the baseline reads {baseline}, and the changed network reads "
        "{changed}.",
        baseline=decimal(100 * baseline, 1),
        changed=decimal(100 * changed, 1),
    )


def digit_words(digit: int, count: int, baseline: int, changed: int) -> str:
    """How many of one digit both read.

    >>> digit_words(8, 492, 470, 0).partition(". ")[2]
    'The baseline reads 470, and the changed network reads 0.'
    """
    return say(
        "There are {count} unseen pictures of the digit {digit}. The baseline reads {baseline}, "
        "and the changed network reads {changed}.",
        count=whole(count),
        digit=digit,
        baseline=whole(baseline),
        changed=whole(changed),
    )


def frequent_words(answer: int, times: int, count: int) -> str:
    """The answer that a network gives most often.

    >>> frequent_words(1, 5000, 5000)
    'It answers 1 for every digit.'
    """
    if times == count:
        return say("It answers {answer} for every digit.", answer=answer)
    return say(
        "Its most common answer is {answer}: {times} of {count} times.",
        answer=answer,
        times=whole(times),
        count=whole(count),
    )


def changed_words(changed: int, count: int) -> str:
    """How many answers changed.

    >>> changed_words(470, 5000)
    'Of its 5,000 answers, 470 changed.'
    """
    return say(
        "Of its {count} answers, {changed} changed.", count=whole(count), changed=whole(changed)
    )
