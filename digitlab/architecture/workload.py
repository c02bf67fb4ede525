"""How many digits the lab puts through a network to look inside: fewer where one costs more."""

import math

from digitlab import limits
from digitlab.architecture.stack import LayerStack
from digitlab.specs import SET_SIZES


def neighbours_searched(stack: LayerStack) -> int:
    """How many training digits, the first ones, are searched for the nearest neighbours."""
    return max(1, min(SET_SIZES["train"], limits.NEIGHBOUR_MULTIPLY_ADDS // stack.multiply_adds))


def digits_on_map(stack: LayerStack) -> int:
    """How many test digits, the first ones, are on the map of the last hidden layer."""
    return min(limits.MAP_DIGITS, hidden_batch_size(stack))


def hidden_batch_size(stack: LayerStack) -> int:
    """For how many digits the activations of the last hidden layer are held in memory together."""
    return max(1, limits.HIDDEN_NUMBERS // math.prod(stack.shapes[stack.kernel_layer_indices[-1]]))
