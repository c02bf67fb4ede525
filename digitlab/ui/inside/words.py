"""Numbers as they stand in a calculation, and layers as they are called."""

import math

from digitlab.brought.layers import Conv2D, Dense
from digitlab.descriptions import counted
from digitlab.inspection.stacks import WeighedLayer
from digitlab.numerals import with_minus


def number(value: float, digits: int = 3) -> str:
    """With a proper minus sign, and no minus before zero.

    >>> number(-1.5), number(-0.0001)
    ('−1.500', '0.000')
    """
    return with_minus(f"{round(value, digits) + 0.0:,.{digits}f}")


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


def described(one: WeighedLayer) -> str:
    """A layer in a list: its name in Keras, and what it is."""
    if isinstance(one.layer, Dense):
        return f"{one.name}: {counted(one.layer.units, 'unit')}, {one.layer.activation}"
    if isinstance(one.layer, Conv2D):
        return f"{one.name}: {counted(one.layer.filters, 'filter')}, {one.layer.activation}"
    return one.name
