"""Forward and backward through a network with the digits of a run.

Imports Keras and TensorFlow: for workers, never for the web process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.batches import Batches
from digitlab.engine.build import initial_weights, make_optimizer
from digitlab.engine.uploaded_model import layer_outputs
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.networks import ModelWeights
from digitlab.specs import NetworkSpec, RunSpec, TrainSpec
from digitlab.specs.training import SPARSE

Array = NDArray[np.float32]

_STARTS_KEPT = 4
"""Of the largest network 4.8 MB each: what a few visitors look at in turn."""


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """Forward and backward for some digits, as tensors; each list has an entry for each layer.

    Attributes:
        loss: the mean of the digits' losses.
        inputs: of each layer.
        sums: before its activation function.
        outputs: after it.
        errors: the gradients of the loss with regard to the sums.
        gradients: those with regard to each array of weights, as `get_weights()` orders them.
    """

    loss: Any
    inputs: list[Any]
    sums: list[Any]
    outputs: list[Any]
    errors: list[Any]
    gradients: list[Any]


class Backpropagation:
    """A network, trained or as its training begins, with the digits that it learns from.

    Args:
        network: its weights; none for those with which the training of `spec` begins.
        spec: the run: its digits, loss and seed.
        data: all digits.

    Attributes:
        stack: its layers.
        weights: its arrays as tensors.
        labels: of the run's training digits.
        batches: of an epoch.
    """

    def __init__(self, network: ModelWeights, spec: RunSpec, data: Dataset) -> None:
        training, self._spec = spec.training, spec
        self.stack: LayerStack = stack_of(spec.network)
        arrays = network.weights or _start(spec.network, training.seed, training.zero_start)
        self.weights = [tf.convert_to_tensor(array) for array in arrays]
        self._images, self.labels = training_digits(
            data.x_train, data.y_train, spec.preparation, training.seed
        )
        self.batches = Batches(training, len(self.labels)).training
        self._loss = getattr(keras.losses, training.loss.title().replace("_", ""))()

    @property
    def first_batch(self) -> NDArray[np.int32]:
        """The numbers of the digits that the training takes first."""
        return next(self.batches.after(0))[1][: self._spec.training.batch_size]

    def backward(self, chosen: NDArray[Any]) -> BackwardPass:
        """Forward and backward for these of the training digits, with the mean of their losses."""
        x, y = self._digits(chosen)
        with tf.GradientTape() as tape:
            tape.watch(self.weights)
            layers = list(layer_outputs(self.stack, self.weights, x))
            loss = self._loss(y, layers[-1][1])
        sums, outputs = map(list, zip(*layers, strict=True))
        gradients, errors = tape.gradient(loss, (self.weights, sums))
        return BackwardPass(loss, [x, *outputs[:-1]], sums, outputs, errors, gradients)

    def forward(self, weights: Sequence[Any], chosen: NDArray[Any]) -> tuple[Array, float]:
        """Probabilities and mean loss of these digits, with other weights."""
        x, y = self._digits(chosen)
        for _, outputs in layer_outputs(self.stack, weights, x):
            x = outputs
        return np.asarray(x), float(self._loss(y, x))

    def moved(self, gradients: Sequence[Any], rate: float) -> list[Any]:
        """All weights after a step of plain gradient descent."""
        length = tf.constant(rate, tf.float32)
        pairs = zip(self.weights, gradients, strict=True)
        return [weights - gradient * length for weights, gradient in pairs]

    def optimized(self, gradients: Sequence[Any], training: TrainSpec) -> list[Any]:
        """All weights after a step of Keras's own optimizer, which is at its beginning."""
        variables = [keras.Variable(weights) for weights in self.weights]
        make_optimizer(training).apply(gradients, variables)
        return [variable.value for variable in variables]

    def _digits(self, chosen: NDArray[Any]) -> tuple[Any, Any]:
        """Inputs and labels as the training takes them."""
        preprocessing = self._spec.preparation.preprocessing
        x = network_input(self._images[chosen], self._spec.network, preprocessing)
        labels = self.labels[chosen]
        y = labels if self._spec.training.loss == SPARSE else one_hot(labels)
        return tf.convert_to_tensor(x), tf.convert_to_tensor(y)


@lru_cache(maxsize=_STARTS_KEPT)
def _start(network: NetworkSpec, seed: int, zero_start: bool) -> tuple[Array, ...]:
    """The weights with which a training begins; nobody changes them."""
    return tuple(initial_weights(network, seed, zero_start))
