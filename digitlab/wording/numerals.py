"""How numbers are written where a learner reads them: alike everywhere, and never torn apart."""

from datetime import date
from decimal import Decimal
from typing import SupportsFloat

from digitlab.wording import pseudo
from digitlab.wording.language import ENGLISH, spoken

SPACE = "\N{NO-BREAK SPACE}"
"""Between a number and its unit: the end of a line must not part them."""


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)  # not those of the computer's locale


def whole(number: int) -> str:
    """A whole number, its digits in groups of three as the language has them.

    >>> whole(60000)
    '60,000'
    """
    return _in_language(f"{number:,}")


def decimal(number: float, decimals: int) -> str:
    """A number with so many decimals.

    >>> decimal(0.92468, 4)
    '0.9247'
    """
    return _in_language(f"{number:,.{decimals}f}")


def _in_language(number: str) -> str:
    """A number as Python writes it in English, as the spoken language writes it."""
    language = spoken()
    if language in (ENGLISH, pseudo.NAME):
        return number
    from babel.numbers import format_decimal  # English needs it for nothing

    decimals = len(number.partition(".")[2])
    pattern = "#,##0" if "," in number else "0"
    exact = Decimal(number.replace(",", ""))  # rounded already, so in each language alike
    written: str = format_decimal(exact, f"{pattern}.{'0' * decimals}".rstrip("."), language)
    return written


def per_cent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1.

    >>> per_cent(0.92).split(SPACE), per_cent(0.9204, 1).split(SPACE)
    (['92', '%'], ['92.0', '%'])
    """
    return f"{_in_language(f'{100 * share:.{decimals}f}')}{SPACE}%"


def short_per_cent(share: float) -> str:
    """A share that was chosen, with no more decimals than it has.

    >>> short_per_cent(0.2).split(SPACE), short_per_cent(0.125).split(SPACE)
    (['20', '%'], ['12.5', '%'])
    """
    return f"{_in_language(f'{100 * share:g}')}{SPACE}%"


def day(moment: date) -> str:
    """A day as it is written in a sentence.

    >>> day(date(2026, 11, 5))
    '5 November 2026'
    """
    language = spoken()
    if language in (ENGLISH, pseudo.NAME):
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    from babel.dates import format_date

    written: str = format_date(moment, "long", language)
    return written


def with_minus(number: str) -> str:
    """A number with the sign that looks like the plus.

    >>> with_minus("-0.15") == "\N{MINUS SIGN}0.15"
    True
    """
    return number.replace("-", "\N{MINUS SIGN}")


def by(*sides: object) -> str:
    """The size of a picture.

    >>> by(28, 28).split(SPACE)
    ['28', '×', '28']
    """
    return f"{SPACE}×{SPACE}".join(map(str, sides))


def significant(value: SupportsFloat, digits: int = 4) -> str:
    """With so many digits that count, and no exponent.

    >>> significant(-0.00123456), significant(2), significant(0)
    ('−0.001235', '2', '0')
    """
    rounded = f"{float(value):.{digits}g}"
    if not float(rounded):
        return "0"
    return with_minus(_in_language(f"{float(rounded):.12f}".rstrip("0").rstrip(".")))
