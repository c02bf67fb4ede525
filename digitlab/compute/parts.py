"""A long question in parts, each so short that somebody else's drawing can wait for it."""

import itertools
from collections.abc import Iterator

from digitlab import limits
from digitlab.architecture.stack import Architecture, stack_of


def digits_at_once(architecture: Architecture) -> int:
    """How many digits one part asks a network for."""
    stack = stack_of(architecture)
    return max(1, min(limits.PART_DIGITS, limits.PART_MULTIPLY_ADDS // max(1, stack.multiply_adds)))


def parts(count: int, at_once: int) -> Iterator[tuple[int, int]]:
    """So many things in parts, equal to within one: the first of each, and the first of the next.

    >>> list(parts(10, 4))
    [(0, 3), (3, 6), (6, 10)]
    """
    pieces = max(1, -(-count // at_once))
    edges = [count * piece // pieces for piece in range(pieces + 1)]
    yield from itertools.pairwise(edges)
