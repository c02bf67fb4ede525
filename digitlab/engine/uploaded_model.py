"""A brought network's answers, layer by layer. Imports Keras: for workers, never for the web process.

No `keras.Sequential` is built: Keras and TensorFlow keep something of each that ever was, and
every visitor's is another one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack
from digitlab.engine.layer_steps import bent, passed
from digitlab.preprocess.arrays import network_input
from digitlab.specs import Preprocessing

_IMAGES_AT_ONCE = 200
"""A brought network may have larger feature maps than those that the lab trains."""


def answers(
    stack: LayerStack,
    weights: Sequence[NDArray[np.float32]],
    images: NDArray[np.uint8],
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE,
) -> NDArray[np.float32]:
    """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

    Args:
        stack: its layers.
        weights: their arrays, in the order of Keras's `get_weights()`.
        images: what it is asked.
        preprocessing: in which numbers it takes the pixels.
    """
    tensors = [ops.convert_to_tensor(array) for array in weights]
    parts = range(0, len(images), _IMAGES_AT_ONCE)
    given = (images[first : first + _IMAGES_AT_ONCE] for first in parts)
    return np.concatenate(
        [_forward(stack, tensors, network_input(some, stack, preprocessing)) for some in given]
    )


def steps(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Iterator[tuple[Any, Any]]:
    """For each layer the sums that it forms and what its activation function makes of them.

    Where a layer has no such function, both are what it hands on; a layer that is nothing but such a
    function has as sums what comes in.

    Args:
        stack: the layers.
        tensors: their arrays, in the order of Keras's `get_weights()`.
        x: a batch, as the network takes it.
    """
    unused = iter(tensors)
    for layer, shape in zip(stack.layers, stack.shapes, strict=False):
        arrays = {name: next(unused) for name in layer.weight_shapes(shape)}
        sums = passed(layer, x, arrays)
        x = bent(layer, sums)
        yield sums, x


def _forward(stack: LayerStack, tensors: list[Any], given: NDArray[np.float32]) -> Any:
    x = ops.convert_to_tensor(given)
    for _, output in steps(stack, tensors, x):
        x = output
    if stack.gives_sigmoids:
        return _shares(np.asarray(x))
    return np.asarray(ops.softmax(x) if stack.gives_logits else x)


def _shares(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each of ten numbers as a share of their sum, (n, 10); the same for all where they are all 0."""
    sums = numbers.sum(axis=1, keepdims=True)
    some = sums > 0
    return np.where(some, numbers / np.where(some, sums, 1), np.float32(1 / numbers.shape[1]))
