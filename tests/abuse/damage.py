"""Seeded damage to the HDF5 part of a `.keras` file, and the process that reads many such files.

`python -m tests.abuse.damage FILE FIRST LAST` reads the file with each damage, and prints a line
for
each: what became of it. A line that is missing names what crashed the process.
"""

import sys
from pathlib import Path

import numpy as np

from digitlab.architecture.errors import UploadError
from digitlab.uploads.models.archive import read_network
from tests.uploads.models.making import WEIGHTS, packed, unpacked

NUMBER = 300
"""Sixty of each kind."""

_HEAD = 12_000  # bytes: where the tree of a small network lies, before and between its arrays
_BLOCK = 512


def damaged(content: bytes, seed: int) -> bytes:
    """The HDF5 file with the damage of this number; the kind goes round."""
    random = np.random.default_rng(seed)
    changed = bytearray(content)
    kind = seed % 5
    if kind == 0:  # single bits, where the tree lies
        for place in random.integers(0, _HEAD, random.integers(1, 9)):
            changed[place] ^= 1 << random.integers(0, 8)
    elif kind == 1:  # bytes anywhere, with a liking for sizes and addresses of their extremes
        for place in random.integers(0, len(changed), random.integers(1, 33)):
            changed[place] = random.choice([0, 1, 0x7F, 0x80, 0xFF])
    elif kind == 2:  # cut short
        del changed[random.integers(0, len(changed)) :]
    elif kind == 3:  # two blocks in each other's place
        here, there = _BLOCK * random.choice(len(changed) // _BLOCK, 2, replace=False)
        first, second = changed[here : here + _BLOCK], changed[there : there + _BLOCK]
        changed[here : here + _BLOCK], changed[there : there + _BLOCK] = second, first
    else:  # noise over a run of bytes of the tree
        place, length = random.integers(0, _HEAD), random.integers(1, 65)
        changed[place : place + length] = random.bytes(int(length))
    return bytes(changed)


def network_file(files: dict[str, bytes], seed: int) -> bytes:
    """A `.keras` file whose zip is whole, so that the damage comes to HDF5."""
    return packed({**files, WEIGHTS: damaged(files[WEIGHTS], seed)})


def verdict(content: bytes, shapes: list[tuple[int, ...]]) -> str:
    """ "refused", or "read" if the arrays have their shapes and stand in the file as bytes."""
    try:
        network = read_network(content)
    except UploadError:
        return "refused"
    if [array.shape for array in network.weights] != shapes:
        return "other shapes"
    if not all(array.tobytes() in content for array in network.weights):
        return "numbers that are not in the file"
    return "read" if all(np.isfinite(a).all() for a in network.weights) else "no numbers"


def main(path: str, first: str, last: str) -> None:
    """Read each, and say what became of it."""
    good = Path(path).read_bytes()
    shapes = [array.shape for array in read_network(good).weights]
    files = unpacked(good)
    for seed in range(int(first), int(last)):
        print(seed, verdict(network_file(files, seed), shapes), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
