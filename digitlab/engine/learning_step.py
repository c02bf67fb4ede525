"""One step of learning, taken apart: forward, loss, backpropagation, step.

Imports Keras and TensorFlow: for workers, never for the web process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from digitlab.engine.layer_forward import activate
from digitlab.engine.uploaded_model import layer_outputs
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.learning import (
    Answer,
    BatchStep,
    DigitStep,
    GradientChain,
    LayerGradient,
    Optimizers,
    OptimizerSteps,
    WeightChoice,
    WeightPlace,
)
from digitlab.records.networks import ModelWeights
from digitlab.specs import OPTIMIZERS, SPARSE, NetworkSpec, RunSpec, TrainSpec

Array = NDArray[np.float32]

_STARTS_KEPT = 4
"""Of the largest network 4.8 MB each: what a few visitors look at in turn."""

_MIDDLE = 0.5  # quantile: half of the gradients that are not 0 are smaller


@lru_cache(maxsize=_STARTS_KEPT)
def _start(network: NetworkSpec, seed: int, zero_start: bool) -> tuple[Array, ...]:
    """The weights with which a training begins; nobody changes them."""
    return tuple(initial_weights(network, seed, zero_start))


@dataclass(frozen=True, eq=False)
class _Pass:
    """A forward and a backward pass of some digits; each list has an entry for each layer."""

    loss: Any
    inputs: list[Any]
    sums: list[Any]
    outputs: list[Any]
    errors: list[Any]
    gradients: list[Any]  # one for each array of weights


class LearningStep:
    """A network, trained or as its training begins, that is about to make one step.

    Args:
        network: its weights; none for those with which the training of `spec` begins.
        spec: the run: its digits, loss, optimizer, learning rate and seed.
        data: the digits.
    """

    def __init__(self, network: ModelWeights, spec: RunSpec, data: Dataset) -> None:
        self._spec = spec
        self._stack: LayerStack = stack_of(spec.network)
        training = spec.training
        arrays = network.weights or _start(spec.network, training.seed, training.zero_start)
        self._weights = [tf.convert_to_tensor(array) for array in arrays]
        self._images, self._labels = training_digits(
            data.x_train, data.y_train, spec.preparation, spec.training.seed
        )
        name = spec.training.loss.title().replace("_", "")
        self._loss = getattr(keras.losses, name)()

    def digit(self, index: int, choice: WeightChoice, rate: float) -> DigitStep:
        """A step of plain gradient descent for one training digit.

        Args:
            index: of the digit; the last one if there are fewer.
            choice: of the weight that is looked at.
            rate: the learning rate.
        """
        chosen = np.array([min(index, len(self._labels) - 1)])
        done = self._pass(chosen)
        before = Answer(np.asarray(done.outputs[-1])[0], float(done.loss))
        after, loss_after = self._forward(self._moved(done.gradients, rate), chosen)
        return DigitStep(
            int(self._labels[chosen[0]]),
            before,
            np.asarray(done.errors[-1])[0],
            self._chain(done, self._placed(done, choice)),
            tuple(self._layer_gradients(done)),
            Answer(np.asarray(after)[0], float(loss_after)),
        )

    def losses_along(self, index: int | None, rates: Sequence[float]) -> Array:
        """The loss before a step and after one with each of these learning rates: `(1 + rates,)`.

        Args:
            index: of the digit; None for the first batch, as for its mean loss.
            rates: of plain gradient descent.
        """
        chosen = self._batch if index is None else np.array([min(index, len(self._labels) - 1)])
        done = self._pass(chosen)
        after = [self._forward(self._moved(done.gradients, rate), chosen)[1] for rate in rates]
        return np.array([done.loss, *after], np.float32)

    def batch(self, choice: WeightChoice) -> BatchStep:
        """The first step of the training: the first batch, with the optimizer of the run."""
        chosen = self._batch
        done = self._pass(chosen)
        place = self._placed(done, choice)
        kernel = self._stack.kernel_number(place.layer)
        stepped = self._optimized(done.gradients, self._spec.training)
        # The errors are those of the mean: each digit's own are as many times larger.
        own = len(chosen) * done.errors[place.layer][:, place.unit]
        at = (place.source, place.unit)
        return BatchStep(
            chosen,
            Batches(self._spec.training, len(self._labels)).count,
            place,
            np.asarray(done.inputs[place.layer][:, place.source] * own),
            np.asarray(done.gradients[kernel])[at],
            np.asarray(self._weights[kernel])[at],
            np.asarray(stepped[kernel])[at],
            float(done.loss),
            float(self._forward(stepped, chosen)[1]),
        )

    def stepped(self) -> list[Array]:
        """All weights after the first step of the training."""
        gradients = self._pass(self._batch).gradients
        return [np.asarray(array) for array in self._optimized(gradients, self._spec.training)]

    def optimizers(self) -> Optimizers:
        """Each optimizer with the gradient of the first batch, given to it twice."""
        chosen = self._batch
        done = self._pass(chosen)
        places = self._large_and_middle(done)
        kernel = self._stack.kernel_number(places[0].layer)
        rows, columns = [place.source for place in places], [place.unit for place in places]
        gradients = np.asarray(done.gradients[kernel])[rows, columns]
        weights = np.asarray(self._weights[kernel])[rows, columns]
        steps = []
        for training in _each_optimizer(self._spec.training):
            once = self._optimized(done.gradients, training)
            looked_at = np.stack([weights, *_steps([weights], [gradients], training, 2)])
            changes = np.diff(looked_at, axis=0)
            loss = float(self._forward(once, chosen)[1])
            steps.append(OptimizerSteps(training.optimizer, training.learning_rate, changes, loss))
        return Optimizers(places, gradients, float(done.loss), tuple(steps))

    @property
    def _batch(self) -> NDArray[np.int32]:
        """The digits of the first batch."""
        batches = Batches(self._spec.training, len(self._labels)).training
        return next(batches.after(0))[1][: self._spec.training.batch_size]

    def _pass(self, chosen: NDArray[Any]) -> _Pass:
        """Forward and backward for these digits, with the mean of their losses."""
        x, y = self._digits(chosen)
        with tf.GradientTape() as tape:
            tape.watch(self._weights)
            layers = list(layer_outputs(self._stack, self._weights, x))
            loss = self._loss(y, layers[-1][1])
        sums, outputs = map(list, zip(*layers, strict=True))
        gradients, errors = tape.gradient(loss, (self._weights, sums))
        return _Pass(loss, [x, *outputs[:-1]], sums, outputs, errors, gradients)

    def _forward(self, weights: Sequence[Any], chosen: NDArray[Any]) -> tuple[Any, Any]:
        """Probabilities and mean loss of these digits, with other weights."""
        x, y = self._digits(chosen)
        for _, outputs in layer_outputs(self._stack, weights, x):
            x = outputs
        return x, self._loss(y, x)

    def _digits(self, chosen: NDArray[Any]) -> tuple[Any, Any]:
        """Inputs and labels as the training takes them."""
        preprocessing = self._spec.preparation.preprocessing
        x = network_input(self._images[chosen], self._spec.network, preprocessing)
        labels = self._labels[chosen]
        y = labels if self._spec.training.loss == SPARSE else one_hot(labels)
        return tf.convert_to_tensor(x), tf.convert_to_tensor(y)

    def _moved(self, gradients: Sequence[Any], rate: float) -> list[Any]:
        """All weights after a step of plain gradient descent."""
        length = tf.constant(rate, tf.float32)
        pairs = zip(self._weights, gradients, strict=True)
        return [weights - gradient * length for weights, gradient in pairs]

    def _optimized(self, gradients: Sequence[Any], training: TrainSpec) -> list[Any]:
        """All weights after a step of Keras's own optimizer, which is at its beginning."""
        variables = [keras.Variable(weights) for weights in self._weights]
        make_optimizer(training).apply(gradients, variables)
        return [variable.value for variable in variables]

    def _placed(self, done: _Pass, choice: WeightChoice) -> WeightPlace:
        """The weight that is looked at: of those in question, the one with the largest gradient."""
        layer = self._stack.kernel_layer_indices[-1] if choice.layer is None else choice.layer
        gradient = np.abs(np.asarray(done.gradients[self._stack.kernel_number(layer)]))
        rows, columns = gradient.shape
        in_question = np.full(gradient.shape, -1, np.float32)
        at = (
            slice(None) if choice.source is None else min(choice.source, rows - 1),
            slice(None) if choice.unit is None else min(choice.unit, columns - 1),
        )
        in_question[at] = gradient[at]
        source, unit = np.unravel_index(in_question.argmax(), gradient.shape)
        return WeightPlace(layer, int(source), int(unit))

    def _large_and_middle(self, done: _Pass) -> tuple[WeightPlace, WeightPlace]:
        """The weights of the output layer with the largest gradient and with a middle one."""
        largest = self._placed(done, WeightChoice())
        gradient = np.abs(np.asarray(done.gradients[self._stack.kernel_number(largest.layer)]))
        moving = gradient[gradient > 0]
        middle = np.quantile(moving, _MIDDLE) if len(moving) else 0
        source, unit = np.unravel_index(np.abs(gradient - middle).argmin(), gradient.shape)
        return largest, WeightPlace(largest.layer, int(source), int(unit))

    def _chain(self, done: _Pass, place: WeightPlace) -> GradientChain:
        layer, source, unit = place.layer, place.source, place.unit
        kernel = np.asarray(self._weights[self._stack.kernel_number(layer)])
        last = layer == len(self._stack.layers) - 1
        nothing = np.zeros(0, np.float32)
        following = (
            None if last else np.asarray(self._weights[self._stack.kernel_number(layer + 1)])
        )
        return GradientChain(
            place,
            *kernel.shape,
            kernel[source, unit],
            np.asarray(done.gradients[self._stack.kernel_number(layer)])[source, unit],
            np.asarray(done.inputs[layer])[0, source],
            None if last else self._slope(layer, done.sums[layer])[unit],
            nothing if following is None else following[unit],
            nothing if last else np.asarray(done.errors[layer + 1])[0],
            np.asarray(done.errors[layer])[0, unit],
        )

    def _slope(self, layer: int, sums: Any) -> Array:
        """The slope of a layer's activation function at each of its sums, for the first digit."""
        with tf.GradientTape() as tape:
            tape.watch(sums)
            outputs = activate(self._stack.layers[layer], sums)
        slopes: Array = np.asarray(tape.gradient(outputs, sums))[0]
        return slopes

    def _layer_gradients(self, done: _Pass) -> list[LayerGradient]:
        found = []
        for layer, shapes in enumerate(self._stack.weight_shapes):
            if shapes:
                first = self._stack.kernel_number(layer)
                both = range(first, first + len(shapes))
                values = np.concatenate([np.ravel(self._weights[array]) for array in both])
                gradient = np.concatenate([np.ravel(done.gradients[array]) for array in both])
                most = int(np.abs(gradient).argmax())
                name = self._stack.names[layer]
                found.append(LayerGradient(name, len(values), most, values[most], gradient[most]))
        return found


def _each_optimizer(training: TrainSpec) -> list[TrainSpec]:
    """The recipe with each optimizer: its own at its own rate, the others at their usual ones."""
    return [
        replace(
            training,
            optimizer=name,
            learning_rate=training.learning_rate if name == training.optimizer else usual,
        )
        for name, usual in OPTIMIZERS.items()
    ]


def _steps(
    weights: Sequence[Array], gradients: Sequence[Array], training: TrainSpec, count: int
) -> list[Array]:
    """One array of weights after each of some steps with the same gradient."""
    variables = [keras.Variable(array) for array in weights]
    optimizer = make_optimizer(training)
    after = []
    for _ in range(count):
        optimizer.apply([tf.convert_to_tensor(gradient) for gradient in gradients], variables)
        after.append(np.array(variables[0].value))
    return after
