"""Things one after another, as a language writes them."""

from collections.abc import Sequence
from functools import reduce

from digitlab.wording.say import say


def with_commas(things: Sequence[str]) -> str:
    """All of them with commas between; "" if there are none.

    >>> with_commas(["a", "b", "c"])
    'a, b, c'
    """
    return reduce(
        lambda first, more: say("{first}, {more}", first=first, more=more), things or [""]
    )


def with_and(things: Sequence[str]) -> str:
    """All of them, at least one, with "and" before the last.

    >>> with_and(["a", "b", "c"]), with_and(["a"])
    ('a, b and c', 'a')
    """
    *first, last = things
    return say("{some} and {last}", some=with_commas(first), last=last) if first else last
