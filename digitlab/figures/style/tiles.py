"""Small pictures of numbers for and against."""

import numpy as np
from numpy.typing import NDArray

from digitlab.figures.style.contrast import channels
from digitlab.figures.style.theme import SIGN_SCALE

Array = NDArray[np.float32]

_EDGE = 3  # pixels between two tiles, on each side


def tint(values: Array, most: float) -> NDArray[np.uint8]:
    """Numbers as colours of `SIGN_SCALE`: any shape to the same and three channels.

    Args:
        values: from -most to most.
        most: what gets the full colour.
    """
    stops = [(at, channels(color)) for at, color in SIGN_SCALE]
    positions = 0.5 + 0.5 * values / (most or 1)
    mixed = [
        np.interp(positions, [at for at, _ in stops], [color[channel] for _, color in stops])
        for channel in range(3)
    ]
    return np.stack(mixed, axis=-1).round().astype(np.uint8)


def tiles(pictures: Array, most: float, width: int) -> list[NDArray[np.uint8]]:
    """Pictures (n, h, w) as colours, each enlarged with its pixels kept, on a clear edge.

    Args:
        pictures: from -most to most.
        most: what gets the full colour.
        width: of the longer side in pixels, at least.
    """
    factor = -(-width // max(pictures.shape[1:]))  # a tall one would become very tall
    square = np.ones((factor, factor, 1), np.uint8)
    edge = [(_EDGE, _EDGE), (_EDGE, _EDGE), (0, 0)]
    opaque = np.full((*pictures.shape, 1), 255, np.uint8)
    coloured = np.concatenate([tint(pictures, most), opaque], axis=-1)
    return [np.pad(np.kron(picture, square), edge) for picture in coloured]
