"""A network compiled once and trained many times. Imports Keras: for workers.

TensorFlow takes 0.4 to 0.7 s to trace a new model and never gives some 5 MB of it back. So a
worker keeps one for each architecture and gives it fresh weights before each training.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.engine.build import build_model, initial_weights, make_optimizer
from digitlab.preprocess.arrays import one_hot
from digitlab.specs import CLASSES, IMAGE_SHAPE, NetworkSpec, RunSpec, TrainSpec

_NETWORKS_KEPT = 8
"""The four presets and as many of the learners' own networks; each costs a few MB."""

_PIXEL_MAX = np.float32(255)
"""What pixels are divided by to be scaled. It is an argument of the compiled function: TensorFlow
would turn the division by a constant into a multiplication by its reciprocal, and 126 of the 256
values would differ in the last bit."""

_UNSCALED = np.float32(1)

_ARGUMENTS = (
    tf.TensorSpec((None, *IMAGE_SHAPE), tf.uint8),  # images
    tf.TensorSpec((None,), tf.uint8),  # labels
    tf.TensorSpec((), tf.int32),  # batch size
    tf.TensorSpec((), tf.float32),  # what pixels are divided by
)

Array = NDArray[Any]
Images = NDArray[np.uint8]  # (n, 28, 28)
Labels = NDArray[np.uint8]  # (n,)


class CompiledNetwork:
    """A compiled `keras.Sequential` that takes many batches in one call of TensorFlow.

    The steps are Keras's own `train_step` and `test_step`, only the loop around them is ours: the
    numbers are those of plain `fit`, to the last bit.

    Args:
        network: the architecture.
        training: its loss, optimizer and metric; the rest comes with each training.
        one_hot: whether labels are one-hot vectors; else they are integers.

    Raises:
        ValueError: if the loss or the metric takes no labels of this form; Keras's own words.
    """

    def __init__(self, network: NetworkSpec, training: TrainSpec, one_hot: bool = True) -> None:
        self._network, self._one_hot = network, one_hot
        self.model = build_model(network)
        self.model.compile(
            loss=training.loss, optimizer=make_optimizer(training), metrics=[training.metric]
        )
        # All variables must be there before the tracing, or TensorFlow traces twice.
        self.model.optimizer.build(self.model.trainable_variables)
        self.evaluate(np.zeros(1, np.uint8), np.zeros((1, CLASSES), np.float32))
        self._train = self._each_batch(self.model.train_step)
        self._test = self._each_batch(self.model.test_step)

    def reset(self, seed: int, zero_start: bool = False) -> None:
        """Weights as a new model has them after `set_random_seed(seed)`; the optimizer at zero.

        With `zero_start` the weights are those of `kernel_initializer="zeros"`.
        """
        self.model.set_weights(initial_weights(self._network, seed, zero_start))
        for variable in self.model.optimizer.variables:
            variable.assign(tf.zeros_like(variable))

    def state(self) -> Sequence[Array]:
        """A copy of the weights and of the optimizer's variables."""
        return [variable.numpy() for variable in self._variables]

    def restore(self, state: Sequence[Array]) -> None:
        """Go back to a `state()`, of this model or of another one like it."""
        _assign(self._variables, state)

    def metric_state(self) -> Sequence[Array]:
        """A copy of the state of loss and metric: their sums since `reset_metrics()`."""
        return [variable.numpy() for variable in self.model.metrics_variables]

    def restore_metric_state(self, state: Sequence[Array]) -> None:
        """Go back to a `metric_state()`, of this model or of another one like it."""
        _assign(self.model.metrics_variables, state)

    def train(self, images: Images, labels: Labels, batch_size: int, scaled: bool = True) -> None:
        """One training step for each batch of these digits."""
        self._train(images, labels, batch_size, _PIXEL_MAX if scaled else _UNSCALED)

    def test(self, images: Images, labels: Labels, batch_size: int, scaled: bool = True) -> None:
        """One test step for each batch of these digits: they count in the loss and the metric."""
        self._test(images, labels, batch_size, _PIXEL_MAX if scaled else _UNSCALED)

    def logs(self) -> dict[str, float]:
        """Loss and metric since `model.reset_metrics()`, as Keras shows them."""
        return {name: float(value) for name, value in self.model.get_metrics_result().items()}

    def evaluate(self, labels: Labels, probabilities: NDArray[np.float32]) -> tuple[float, float]:
        """Loss and metric of predictions `(n, 10)`, as Keras computes them from probabilities.

        It counts none as less than 1e-7 then. `model.evaluate` has the sums before softmax: where
        the label's probability is below 1e-7, its loss is larger. (0.1481 instead of 0.1449 after
        five epochs of Adam with 0.01 on ReLU 128; the same bits where no probability is so low.)
        """
        targets = one_hot(labels) if self._one_hot else labels
        self.model.reset_metrics()
        loss = self.model.compute_loss(y=targets, y_pred=probabilities, training=False)
        logs = self.model.compute_metrics(None, targets, probabilities)
        (metric,) = (float(value) for name, value in logs.items() if name != "loss")
        return float(loss), metric

    @property
    def _variables(self) -> list[keras.Variable]:
        return [*self.model.weights, *self.model.optimizer.variables]

    def _each_batch(self, step: Any) -> Any:
        """`step` for each batch, as one TensorFlow function; its arguments are `_ARGUMENTS`."""

        def each_batch(images: Any, labels: Any, batch_size: Any, divisor: Any) -> None:
            x = tf.reshape(tf.cast(images, tf.float32) / divisor, (-1, *self._network.input_shape))
            y = tf.one_hot(labels, CLASSES) if self._one_hot else labels

            def one_batch(first: Any) -> list[Any]:
                step((x[first : first + batch_size], y[first : first + batch_size]))
                return [first + batch_size]

            tf.while_loop(lambda first: first < tf.size(labels), one_batch, [0])

        # Nothing in there is for AutoGraph, which would leave files in the temporary folder.
        return tf.function(each_batch, input_signature=_ARGUMENTS, autograph=False)


def _assign(variables: Sequence[keras.Variable], arrays: Sequence[Array]) -> None:
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)


def compiled_network(spec: RunSpec) -> CompiledNetwork:
    """The worker's compiled network for this run, as the last training left it."""
    training = spec.training
    return _compiled(
        spec.network, training.loss, training.optimizer, training.metric, spec.preparation.one_hot
    )


@lru_cache(maxsize=_NETWORKS_KEPT)
def _compiled(
    network: NetworkSpec, loss: str, optimizer: str, metric: str, one_hot: bool
) -> CompiledNetwork:
    training = TrainSpec(loss=loss, optimizer=optimizer, metric=metric)
    return CompiledNetwork(network, training, one_hot)
