"""How much too good the best of many looks by the digits that it was chosen by."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import digitlab.data
from digitlab.caching.memoized import memoized
from digitlab.data.npy import read_npy

PATH = Path(digitlab.data.__file__).with_name("fifty_networks.npy")
"""Which of the 6,000 validation digits fifty networks read correctly, as bits, (50, 750): ReLU 128
with the seeds 0 to 49, five epochs. `benchmarks/selection_bias.py` wrote it."""

DIGITS = 6000
_DRAWS = 1000
_SEED = 0


def fifty_networks() -> NDArray[np.bool_]:
    """Whether each network reads each validation digit correctly, shape (50, 6000)."""
    bits = np.unpackbits(read_npy(PATH.read_bytes()), axis=1)
    return bits[:, :DIGITS].astype(bool)


@memoized
def selection_bias(right: NDArray[np.bool_], digits: int) -> tuple[float, float]:
    """What the best network reads of the digits that it was chosen by, and of all others.

    Digits are drawn a thousand times; the figures are means. Among equals the first network is
    taken.

    Args:
        right: whether each network reads each digit correctly, shape (networks, n).
        digits: how many are drawn to choose by; fewer than n.
    """
    random = np.random.default_rng(_SEED)
    totals = right.sum(axis=1)
    seen = np.empty(_DRAWS)
    others = np.empty(_DRAWS)
    for draw in range(_DRAWS):
        drawn = random.choice(right.shape[1], digits, replace=False)
        read = right[:, drawn].sum(axis=1)
        best = int(read.argmax())
        seen[draw] = read[best] / digits
        others[draw] = (totals[best] - read[best]) / (right.shape[1] - digits)
    return float(seen.mean()), float(others.mean())
