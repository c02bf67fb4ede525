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

Pair = tuple[int, int]

_IMAGES_AT_ONCE = 200
"""A brought network may have larger feature maps than those that the lab trains."""


def answers(
    stack: LayerStack, weights: Sequence[NDArray[np.float32]], images: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

    Args:
        stack: its layers.
        weights: their arrays, in the order of Keras's `get_weights()`.
        images: what it is asked.
    """
    tensors = [ops.convert_to_tensor(array) for array in weights]
    parts = range(0, len(images), _IMAGES_AT_ONCE)
    return np.concatenate(
        [_forward(stack, tensors, images[first : first + _IMAGES_AT_ONCE]) for first in parts]
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


def _forward(stack: LayerStack, tensors: list[Any], images: NDArray[np.uint8]) -> Any:
    x = ops.convert_to_tensor(network_input(images, stack))
    for _, output in steps(stack, tensors, x):
        x = output
    return np.asarray(ops.softmax(x) if stack.gives_logits else x)


def _sums(layer: layers.Layer, x: Any, tensors: Iterator[Any]) -> Any:
    """What a layer makes of a batch before its activation; it takes its arrays from `tensors`."""
    match layer:
        case layers.Dense():
            x = ops.matmul(x, next(tensors))
        case layers.Conv2D():
            x, strides = _thinned(x, layer.kernel_size, layer.strides)
            x = ops.conv(x, next(tensors), strides, layer.padding, "channels_last")
        case layers.MaxPooling2D():
            x, strides = _thinned(x, layer.pool_size, layer.strides)
            return ops.max_pool(x, layer.pool_size, strides, layer.padding, "channels_last")
        case layers.AveragePooling2D():
            x, strides = _thinned(x, layer.pool_size, layer.strides)
            return ops.average_pool(x, layer.pool_size, strides, layer.padding, "channels_last")
        case layers.Flatten():
            return ops.reshape(x, (len(x), math.prod(x.shape[1:])))
    return ops.add(x, next(tensors)) if getattr(layer, "use_bias", False) else x


def _thinned(x: Any, window: Pair, strides: Pair) -> tuple[Any, Pair]:
    """The rows and columns at which a window of one looks, and the strides that are left.

    The numbers are the same. oneDNN's gradient of a convolution with a window of 1 and a stride
    above 1 writes past its memory, and the process ends (TensorFlow 2.21).
    """
    rows, columns = (step if side == 1 else 1 for side, step in zip(window, strides, strict=True))
    return x[:, ::rows, ::columns], (strides[0] // rows, strides[1] // columns)
