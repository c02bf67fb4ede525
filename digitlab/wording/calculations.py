"""Numbers as they stand in a calculation."""

import math

import numpy as np

from digitlab.architecture.loss import EPSILON
from digitlab.wording.numerals import decimal, with_minus

_NEAR_ONE = 0.99  # four digits would say 0.998, and the loss and the error need what is left to 1


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


def number_in_sum(value: float) -> str:
    """With four digits that count, without an exponent; near 1 with as many as Keras counts."""
    if _NEAR_ONE < value < 1:
        return f"{min(value, 1 - EPSILON):.7f}"
    return np.format_float_positional(value, precision=4, fractional=False, trim="-")
