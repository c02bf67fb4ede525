"""Shares of 1 that must not be rounded to all or to nothing."""

from collections.abc import Sequence

from digitlab.wording.numerals import SPACE, decimal, per_cent, significant
from digitlab.wording.say import say

_NEARLY_ALL = 0.995
_TWO_DIGITS = 0.0995  # below it a percentage without decimals has one digit


def hundredths(share: float) -> str:
    """A share in parts of 100, rounded; what is less than all is never called 100.

    >>> hundredths(0.714), hundredths(0.9996), hundredths(1.0)
    ('71', 'over 99', '100')
    """
    if _NEARLY_ALL <= share < 1:
        return say("over {number}", number=99)
    return decimal(100 * share, 0)


def whole_per_cent(share: float) -> str:
    r"""The same with its sign: what is less than all is never called 100 %.

    >>> whole_per_cent(0.714), whole_per_cent(0.9996)
    ('71\xa0%', 'over 99\xa0%')
    """
    return f"{hundredths(share)}{SPACE}%"


def range_of_hundred(values: Sequence[float]) -> tuple[str, str]:
    """The lowest and the highest share, in parts of 100; what is less than all is never 100.

    >>> range_of_hundred([0.672, 0.791]), range_of_hundred([0.981, 0.9968])
    (('67', '79'), ('98.1', '99.7'))
    """
    lowest, highest = 100 * min(values), 100 * max(values)
    decimals = 0 if highest - lowest >= 1 else 1
    while highest < 100 and round(highest, decimals) >= 100:
        decimals += 1
    return decimal(lowest, decimals), decimal(highest, decimals)


def two_digits(share: float) -> str:
    """In per cent, with two digits.

    >>> two_digits(0.0079).split(SPACE), two_digits(0.31).split(SPACE)
    (['0.79', '%'], ['31', '%'])
    """
    if share >= _TWO_DIGITS:
        return per_cent(share)
    return f"{significant(100 * share, 2)}{SPACE}%"
