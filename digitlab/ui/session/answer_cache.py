"""What networks answered in a session lately: the same question is not asked twice."""

import hashlib
from collections.abc import Callable
from weakref import WeakKeyDictionary

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.networks import Network

Probabilities = NDArray[np.float32]


class AnswerCache:
    """The latest answers of each network, as long as somebody holds the network."""

    def __init__(self) -> None:
        self._probabilities: WeakKeyDictionary[Network, LRUCache[bytes, Probabilities]] = (
            WeakKeyDictionary()
        )

    def get(
        self, network: Network, images: NDArray[np.uint8], ask: Callable[[], Probabilities]
    ) -> Probabilities:
        """The answer of a network to images `(n, 28, 28)`, shape (n, 10). Nobody may change it.

        Args:
            network: that is asked.
            images: what it is asked.
            ask: asks it, if the answer is not known. What it raises is not remembered.
        """
        known = self._probabilities.setdefault(network, LRUCache(limits.ANSWERS_SEEN))
        question = hashlib.sha256(images.tobytes()).digest()
        if question not in known:
            known[question] = ask()
        return known[question]
