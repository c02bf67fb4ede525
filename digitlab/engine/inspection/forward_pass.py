"""The forward pass, layer by layer: activations, features, logits. Imports Keras: for workers."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.engine.uploaded_model import layer_outputs
from digitlab.preprocess.arrays import network_input
from digitlab.records.inside import ForwardPass, LayerPass
from digitlab.records.networks import Network
from digitlab.specs import CLASSES

Array = NDArray[np.float32]

_NUMBERS_AT_ONCE = 10_000_000
"""In the outputs of the largest layer, for all images of a batch: 40 MB."""

_IMAGES_AT_ONCE = 5000
"""More are no faster."""


def forward(network: Network, image: NDArray[np.uint8]) -> ForwardPass:
    """The forward pass of one image (28, 28)."""
    stack, tensors = stack_and_tensors(network)
    x = _input(network, stack, image[None])
    passes, inputs = [], np.asarray(x)[0]
    for pre_activations, outputs in layer_outputs(stack, tensors, x):
        layer = LayerPass(inputs, np.asarray(pre_activations)[0], np.asarray(outputs)[0])
        passes.append(layer)
        inputs = layer.outputs
    return ForwardPass(tuple(passes), np.asarray(logits(stack, tensors, x))[0])


def features(network: Network, images: NDArray[np.uint8]) -> Array:
    """The outputs of the last hidden layer: `(n, 28, 28) -> (n, features)`.

    Without a hidden layer, the ten logits.
    """
    stack, tensors = stack_and_tensors(network)
    at_once = min(_IMAGES_AT_ONCE, _NUMBERS_AT_ONCE // max(map(math.prod, stack.shapes)))
    parts = [
        _hidden(stack, tensors, _input(network, stack, images[first : first + at_once]))
        for first in range(0, len(images), at_once)
    ]
    return np.concatenate(parts)


def stack_and_tensors(network: Network) -> tuple[LayerStack, list[Any]]:
    """The layers, and their weights as tensors."""
    tensors = [ops.convert_to_tensor(array) for array in network.weights]
    return stack_of(network.architecture), tensors


def logits(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Any:
    """The logits, before softmax or sigmoid, of a batch of inputs: `(n, …) -> (n, 10)`."""
    outputs = list(layer_outputs(stack, tensors, x))
    output = stack.output_activation
    # Where the last layer hands on logits, no activation function follows them.
    last = None if stack.gives_logits else output
    ten = outputs[last.layer_index][0] if last else outputs[-1][1]
    return ops.reshape(ten, (len(x), CLASSES))


def _hidden(stack: LayerStack, tensors: Sequence[Any], x: Any) -> Array:
    if not stack.has_hidden_layer:
        return np.asarray(logits(stack, tensors, x))
    before_last = stack.kernel_layer_indices[-1]
    outputs = (output for _, output in layer_outputs(stack, tensors, x))
    for output, _ in zip(outputs, range(before_last), strict=False):
        x = output
    return np.asarray(x).reshape(len(x), -1)


def _input(network: Network, stack: LayerStack, images: NDArray[np.uint8]) -> Any:
    return ops.convert_to_tensor(network_input(images, stack, network.preprocessing))
