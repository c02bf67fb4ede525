"""What two networks read of the same digits, in words."""

from digitlab.wording.descriptions import counted


def score_words(baseline: float, changed: float) -> str:
    """What both read; accuracies from 0 to 1.

    >>> score_words(0.97, 0.8812)
    'Of 100 unseen digits the baseline reads 97.0, and the changed network reads 88.1.'
    """
    return (
        f"Of 100 unseen digits the baseline reads {100 * baseline:.1f}, and the changed network "
        f"reads {100 * changed:.1f}."
    )


def digit_words(digit: int, count: int, baseline: int, changed: int) -> str:
    """How many of one digit both read.

    >>> digit_words(8, 492, 470, 0)
    'There are 492 unseen 8s: the baseline reads 470 of them, and the changed network reads none.'
    """
    return (
        f"There are {count:,} unseen {digit}s: the baseline reads {baseline:,} of them, and the "
        f"changed network reads {changed or 'none'}."
    )


def frequent_words(answer: int, times: int, count: int) -> str:
    """The answer that a network gives most often.

    >>> frequent_words(1, 5000, 5000)
    'It answers 1 for every digit.'
    """
    if times == count:
        return f"It answers {answer} for every digit."
    return f"Its most frequent answer is {answer}: {times:,} of {counted(count, 'time')}."


def changed_words(changed: int, count: int) -> str:
    """How many answers changed.

    >>> changed_words(470, 5000)
    'Of its 5,000 answers, 470 changed.'
    """
    return f"Of its {count:,} answers, {changed:,} changed."
