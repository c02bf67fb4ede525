"""The forward pass of an uploaded model. Imports Keras: for workers, never for the web process.

No `keras.Sequential` is built: Keras and TensorFlow keep something of each that ever was, and
every visitor's is another one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack
from digitlab.engine.layer_forward import activate, pre_activations
from digitlab.preprocess.arrays import network_input
from digitlab.specs import Preprocessing

_IMAGES_AT_ONCE = 200
"""An uploaded model may have larger feature maps than those that the lab trains."""


def probabilities(
    stack: LayerStack,
    weights: Sequence[NDArray[np.float32]],
    images: NDArray[np.uint8],
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE,
) -> NDArray[np.float32]:
    """Probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

    Args:
        stack: its layers.
        weights: theirs, in the order of Keras's `get_weights()`.
        images: the samples.
        preprocessing: in which numbers it takes the pixels.
    """
    tensors = [ops.convert_to_tensor(array) for array in weights]
    batches = (
        images[first : first + _IMAGES_AT_ONCE] for first in range(0, len(images), _IMAGES_AT_ONCE)
    )
    return np.concatenate(
        [_forward(stack, tensors, network_input(batch, stack, preprocessing)) for batch in batches]
    )


def layer_outputs(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Iterator[tuple[Any, Any]]:
    """For each layer its pre-activations, and its outputs.

    For a layer without an activation function both are its outputs. For an activation layer the
    pre-activations are its inputs.

    Args:
        stack: the layers.
        tensors: their weights, in the order of Keras's `get_weights()`.
        x: a batch, as the network takes it.
    """
    for layer, weights in zip(stack.layers, stack.by_layer(tensors), strict=True):
        before = pre_activations(layer, x, weights)
        x = activate(layer, before)
        yield before, x


def _forward(stack: LayerStack, tensors: list[Any], inputs: NDArray[np.float32]) -> Any:
    x = ops.convert_to_tensor(inputs)
    for _, output in layer_outputs(stack, tensors, x):
        x = output
    if stack.gives_sigmoids:
        return _normalized(np.asarray(x))
    return np.asarray(ops.softmax(x) if stack.gives_logits else x)


def _normalized(sigmoids: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sigmoids (n, 10) divided by their sum, so that they add up to 1; uniform if all are 0."""
    sums = sigmoids.sum(axis=1, keepdims=True)
    positive = sums > 0
    shares = sigmoids / np.where(positive, sums, 1)
    return np.where(positive, shares, np.float32(1 / sigmoids.shape[1]))
