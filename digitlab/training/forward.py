"""A brought network's answers, layer by layer. Imports Keras: for workers, never for the web process.

No `keras.Sequential` is built: Keras and TensorFlow keep something of each that ever was, and
every visitor's is another one.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from keras import activations, ops
from numpy.typing import NDArray

from digitlab.brought import layers
from digitlab.brought.stack import LayerStack
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

    Where a layer has no such function, both are what it hands on.

    Args:
        stack: the layers.
        tensors: their arrays, in the order of Keras's `get_weights()`.
        x: a batch, as the network takes it.
    """
    unused = iter(tensors)
    for layer in stack.layers:
        sums = _sums(layer, x, unused)
        x = activations.get(getattr(layer, "activation", "linear"))(sums)
        yield sums, x


def _forward(stack: LayerStack, tensors: list[Any], given: NDArray[np.float32]) -> Any:
    x = ops.convert_to_tensor(given)
    for _, output in steps(stack, tensors, x):
        x = output
    return np.asarray(ops.softmax(x) if stack.gives_logits else x)


def _sums(layer: layers.Layer, x: Any, tensors: Iterator[Any]) -> Any:
    """What a layer makes of a batch before its activation; it takes its arrays from `tensors`."""
    match layer:
        case layers.Dense():
            x = ops.matmul(x, next(tensors))
        case layers.Conv2D():
            x, strides = _thinned(x, layer)
            x = ops.conv(x, next(tensors), strides, layer.padding, "channels_last")
        case layers.MaxPooling2D():
            return ops.max_pool(x, layer.pool_size, layer.strides, layer.padding, "channels_last")
        case layers.AveragePooling2D():
            return ops.average_pool(
                x, layer.pool_size, layer.strides, layer.padding, "channels_last"
            )
        case layers.Flatten():
            return ops.reshape(x, (len(x), math.prod(x.shape[1:])))
    return ops.add(x, next(tensors)) if getattr(layer, "use_bias", False) else x


def _thinned(x: Any, layer: layers.Conv2D) -> tuple[Any, tuple[int, int]]:
    """The pixels that a filter of a single pixel looks at, and the strides that are left.

    The numbers are the same. The gradient of such a convolution with a stride above 1 is wrong in
    oneDNN: it writes past its memory, and the process ends (TensorFlow 2.21). Filters of 1 x 2 pixels
    and more, and pooling, are not concerned.
    """
    if layer.kernel_size != (1, 1):
        return x, layer.strides
    rows, columns = layer.strides
    return x[:, ::rows, ::columns], (1, 1)
