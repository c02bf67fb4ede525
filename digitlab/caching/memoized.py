"""Pure functions, memoized by the content of their arguments.

Streamlit runs a page from top to bottom at each click. What did not change is not computed again:
Plotly takes 8 to 18 ms of processor time to build a figure, and a class looks at the same first
digit.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import ParamSpec, TypeVar

import joblib
from cachetools import LRUCache, cached

from digitlab import limits

P = ParamSpec("P")
R = TypeVar("R")


def memoized(
    function: Callable[P, R], beside: Callable[[], Hashable] | None = None
) -> Callable[P, R]:
    """Decorate a pure function: for equal arguments it returns the same object as before.

    Its callers must not change what they get. Arguments are arrays, numbers, texts, and data
    classes and collections of them; arrays are compared by all of their numbers.

    Args:
        function: to decorate.
        beside: gives what the result depends on too, although it is no argument.
    """

    def key(*arguments: object, **named: object) -> Hashable:
        content = _content(*arguments, **named)
        return (content, beside()) if beside else content

    results: LRUCache[Hashable, R] = LRUCache(limits.RESULTS_MEMOIZED)
    return cached(results, key=key, lock=Lock())(function)


def _content(*arguments: object, **named: object) -> str:
    digest: str = joblib.hash((arguments, named))
    return digest
