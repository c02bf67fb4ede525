"""Numbers as they stand in a calculation."""

import math

from digitlab.wording.numerals import decimal, with_minus


def number(value: float, digits: int = 3) -> str:
    """With a proper minus sign, and no minus before zero.

    >>> number(-1.5), number(-0.0001)
    ('−1.500', '0.000')
    """
    return with_minus(decimal(round(value, digits) + 0.0, digits))


def decimals(most: float) -> int:
    """How many decimals show at least two digits of numbers of this size.

    >>> decimals(0.28), decimals(0.0011), decimals(0)
    (2, 4, 2)
    """
    return max(2, 1 - math.floor(math.log10(most))) if most else 2


def added(value: float) -> str:
    """As it is added to what stands before.

    >>> added(0.25), added(-0.25)
    ('+ 0.250', '− 0.250')
    """
    return f"{'+' if value >= 0 else '−'} {number(abs(value))}"
