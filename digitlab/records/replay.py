"""The weights of a training's epochs, so that it can be looked at again: as many as fit."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.records.checkpoint import EpochWeights


def with_epoch(
    replay: Sequence[EpochWeights], epoch: int, arrays: Sequence[NDArray[np.float32]]
) -> tuple[EpochWeights, ...]:
    """The replay with one more moment, thinned out if it got too large.

    Whatever came in between, the same epochs stay: every one, or every 2nd, 4th, 8th … that fit
    within the limit. The untrained network, epoch 0, always does.

    Args:
        replay: the moments before.
        epoch: how many epochs are finished now.
        arrays: the weights.
    """
    kept = [*replay, EpochWeights(epoch, tuple(arrays))]
    most = limits.MAX_REPLAY_MEGABYTES * 10**6 // max(1, sum(array.nbytes for array in arrays))
    step = 1
    while epoch // step + 1 > max(1, most):
        step *= 2
    return tuple(moment for moment in kept if moment.epoch % step == 0)
