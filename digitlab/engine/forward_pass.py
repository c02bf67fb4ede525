"""Run a network's layers and keep what comes between. Imports Keras: for workers, never for the web process."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.engine.uploaded_model import steps
from digitlab.preprocess.arrays import network_input
from digitlab.records.inside import ForwardPass, LayerPass
from digitlab.records.networks import Network
from digitlab.specs import CLASSES

Array = NDArray[np.float32]

_NUMBERS_AT_ONCE = 10_000_000
"""After the largest layer, for all pictures that go through together: 40 MB."""

_PICTURES_AT_ONCE = 5000
"""More are no faster."""


def forward(network: Network, image: NDArray[np.uint8]) -> ForwardPass:
    """What each layer makes of one picture (28, 28)."""
    stack, tensors = prepared(network)
    x = _input(network, stack, image[None])
    found, last = [], np.asarray(x)[0]
    for sums, outputs in steps(stack, tensors, x):
        layer = LayerPass(last, np.asarray(sums)[0], np.asarray(outputs)[0])
        found.append(layer)
        last = layer.outputs
    return ForwardPass(tuple(found), np.asarray(logits(stack, tensors, x))[0])


def features(network: Network, images: NDArray[np.uint8]) -> Array:
    """What the last hidden layer makes of pictures: `(n, 28, 28) -> (n, numbers)`.

    Without a hidden layer, the ten logits.
    """
    stack, tensors = prepared(network)
    at_once = min(_PICTURES_AT_ONCE, _NUMBERS_AT_ONCE // max(map(math.prod, stack.shapes)))
    parts = [
        _hidden(stack, tensors, _input(network, stack, images[first : first + at_once]))
        for first in range(0, len(images), at_once)
    ]
    return np.concatenate(parts)


def prepared(network: Network) -> tuple[LayerStack, list[Any]]:
    """The layers and their arrays as tensors."""
    return stack_of(network.architecture), [ops.convert_to_tensor(one) for one in network.weights]


def logits(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Any:
    """The ten sums before the softmax or sigmoid, for a batch as the network takes it: `(n, …) -> (n, 10)`."""
    made = list(steps(stack, tensors, x))
    last_bend = (
        stack.output_activation.layer_index
        if stack.output_activation and not stack.gives_logits
        else None
    )
    ten = made[-1][1] if last_bend is None else made[last_bend][0]
    return ops.reshape(ten, (len(x), CLASSES))


def _hidden(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Array:
    if not stack.has_hidden_layer:
        return np.asarray(logits(stack, tensors, x))
    before_last = stack.kernel_layer_indices[-1]
    outputs = (output for _, output in steps(stack, tensors, x))
    for output, _ in zip(outputs, range(before_last), strict=False):
        x = output
    return np.asarray(x).reshape(len(x), -1)


def _input(network: Network, stack: LayerStack, images: NDArray[np.uint8]) -> Any:
    return ops.convert_to_tensor(network_input(images, stack, network.preprocessing))
