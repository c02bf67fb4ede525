"""The exam: the test digits, opened once for each network.

Whoever compares settings by the test digits chooses by luck with these digits, and their score no
longer says how the network reads new ones. So a page shows it after a press only, and the lab
counts for how many networks a visitor has done that.
"""

import hashlib
from collections.abc import Sized

import numpy as np
from numpy.typing import NDArray

from digitlab.specs import RunSpec


def exam_key(spec: RunSpec, history: Sized) -> str:
    """The network that this training gives, in 32 signs: trained again, it is the same one.

    Args:
        spec: its spec.
        history: the epochs that it got, of which only the number counts.
    """
    return _digest(f"{spec.to_json()} {len(history)}".encode())


def exam_key_of_answers(probabilities: NDArray[np.float32]) -> str:
    """As `exam_key`, for a network that was trained elsewhere: by its answers to the test digits.

    Args:
        probabilities: shape (10000, 10).
    """
    return _digest(probabilities.tobytes())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
