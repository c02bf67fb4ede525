"""Guess the preprocessing of an uploaded network from what it reads.

A `.keras` file does not say it. So the network is asked for some training digits
in each way: the test digits are for its exam.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.stack import LayerStack
from digitlab.specs import Preprocessing
from digitlab.uploads.models.parsed import POOR, ParsedModel

Ask = Callable[[ParsedModel, NDArray[np.uint8]], NDArray[np.float32]]
"""Asks a network for its answers: uint8 images `(n, 28, 28) -> (n, 10)`."""

READS_WELL = 0.98
"""With the lab's own way that ends the search: another way could win 2 of 100 at most. The bound is
high, because networks read much in a wrong way: a dense one that learned from standardized pixels
read 96 of 100 with pixels from 0 to 1, and 98 with its own."""

NEARLY_EQUAL = 0.01
"""Of two ways that differ by less, chance decides which is better: with 1,000 digits the difference
has a standard error of up to 0.7 of 100."""


NO_CHANCE = 0.1
"""A lead this large on the first digits is no chance. A smaller one is looked at on more digits:
of a network that learned for one epoch, normalized columns read 1 of 100 more of the first 1,000
test digits, and 1 of 100 less of all."""


def candidates(stack: LayerStack) -> tuple[Preprocessing, ...]:
    """What may be tried: all, or what gives whole numbers if the network takes no others."""
    return tuple(way for way in Preprocessing if way.gives_integers or not stack.takes_integers)


def shares(
    network: ParsedModel, ask: Ask, images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> dict[Preprocessing, float]:
    """The accuracy on the first digits with each preprocessing; only the first if it reads well.

    Args:
        network: as it was read.
        ask: gives its answers.
        images: uint8, shape (n, 28, 28); the first `limits.GUESS_DIGITS` are used.
        labels: the true digits, shape (n,).
    """
    some, true = images[: limits.GUESS_DIGITS], labels[: limits.GUESS_DIGITS]
    tried: dict[Preprocessing, float] = {}
    for way in candidates(network.architecture):
        tried[way] = _share(ask(replace(network, preprocessing=way), some), true)
        if len(tried) == 1 and tried[way] >= READS_WELL:
            break
    return tried


def chosen(shares: Mapping[Preprocessing, float]) -> Preprocessing:
    """The way in which a network reads best; where none reads half, the first.

    Of ways that read nearly as well, the first is taken, which is the lab's own if it was tried.
    Then come those with small numbers: numbers to 255 push activations to their ends, and many a
    network that learned from smaller ones still reads with them.

    Args:
        shares: in the order of `Preprocessing`.
    """
    first, best = next(iter(shares)), max(shares.values())
    if best < POOR:
        return first
    small = [way for way in shares if not way.gives_integers]
    groups = ([first], small, list(shares))
    leaders = (max(group, key=lambda way: shares[way]) for group in groups if group)
    return next(way for way in leaders if shares[way] >= best - NEARLY_EQUAL)


def settled(
    network: ParsedModel,
    tried: Mapping[Preprocessing, float],
    ask_more: Callable[[ParsedModel], NDArray[np.float32]],
    labels: NDArray[np.uint8],
) -> ParsedModel:
    """The network in the way in which it reads best.

    Args:
        network: as it was read.
        tried: what `shares` measured.
        ask_more: gives its answers to the first n digits, (n, 10); asked only in doubt.
        labels: the true digits, at least n.
    """
    first, best = next(iter(tried)), chosen(tried)
    guessed = replace(network, preprocessing=best)
    if best != first and tried[best] - tried[first] < NO_CHANCE:
        own = replace(network, preprocessing=first)
        if _share(ask_more(own), labels) >= _share(ask_more(guessed), labels):
            return own
    return guessed


def _share(answers: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """Of right answers. Large pixels may overflow: what is no number is no answer."""
    right = np.isfinite(answers).all(axis=1) & (answers.argmax(axis=1) == labels[: len(answers)])
    return float(right.mean())
