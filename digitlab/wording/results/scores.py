"""How a loss or a metric is written, whatever became of it."""

import math
from typing import Final

from digitlab.wording.numerals import decimal
from digitlab.wording.say import say

_LARGE: Final = 1e5  # from here on its digits are no longer read


def score(value: float) -> str:
    """A loss or a metric with four decimals; a large one with an exponent, as Python writes it.

    >>> score(0.64934), score(1e30), score(float("nan")), score(float("inf"))
    ('0.6493', '1e+30', 'NaN', 'infinite')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return say("infinite")
    return decimal(value, 4) if abs(value) < _LARGE else f"{value:.3g}"
