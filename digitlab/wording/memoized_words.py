"""Results that hold words are remembered for each language."""

from collections.abc import Callable

from digitlab.caching.memoized import P, R, memoized
from digitlab.wording.language import spoken


def memoized_words(function: Callable[P, R]) -> Callable[P, R]:
    """`memoized`, for a function that says something: each language has results of its own."""
    return memoized(function, beside=spoken)
