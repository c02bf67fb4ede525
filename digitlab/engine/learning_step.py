"""One step of learning, taken apart: forward, loss, backpropagation, step.

Imports Keras and TensorFlow: for workers, never for the web process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.engine.backpropagation import Backpropagation, BackwardPass
from digitlab.engine.build import make_optimizer
from digitlab.engine.layer_forward import activate
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
from digitlab.specs import OPTIMIZERS, RunSpec, TrainSpec

Array = NDArray[np.float32]


class LearningStep:
    """A network that is about to make one step.

    Args:
        network, spec, data: as in `Backpropagation`.
    """

    def __init__(self, network: ModelWeights, spec: RunSpec, data: Dataset) -> None:
        self._training = spec.training
        self._network = Backpropagation(network, spec, data)

    def digit(self, index: int, choice: WeightChoice, rate: float) -> DigitStep:
        """A step of plain gradient descent for one training digit.

        Args:
            index: of the digit; the last one if there are fewer.
            choice: of the weight that is looked at.
            rate: the learning rate.
        """
        network, chosen = self._network, self._one(index)
        done = network.backward(chosen)
        after, loss_after = network.forward(network.moved(done.gradients, rate), chosen)
        place = self._placed(done, choice)
        return DigitStep(
            int(network.labels[chosen[0]]),
            Answer(np.asarray(done.outputs[-1])[0], float(done.loss)),
            np.asarray(done.errors[-1])[0],
            self._chain(done, place),
            self._placed(done, WeightChoice(place.layer)),
            tuple(self._layer_gradients(done)),
            Answer(after[0], loss_after),
        )

    def losses_along(self, index: int | None, rates: Sequence[float]) -> Array:
        """The loss before a step and after one with each of these learning rates: `(1 + rates,)`.

        Args:
            index: of the digit; None for the first batch, as for its mean loss.
            rates: of plain gradient descent.
        """
        network = self._network
        chosen = network.first_batch if index is None else self._one(index)
        done = network.backward(chosen)
        after = [network.forward(network.moved(done.gradients, rate), chosen)[1] for rate in rates]
        return np.array([done.loss, *after], np.float32)

    def batch(self, choice: WeightChoice) -> BatchStep:
        """The first step of the training: the first batch, with the optimizer of the run."""
        network = self._network
        chosen = network.first_batch
        done = network.backward(chosen)
        place = self._placed(done, choice)
        kernel = network.stack.kernel_number(place.layer)
        stepped = network.optimized(done.gradients, self._training)
        # The errors are those of the mean: each digit's own are as many times larger.
        own = len(chosen) * done.errors[place.layer][:, place.unit]
        at = (place.source, place.unit)
        return BatchStep(
            chosen,
            network.batches.count,
            place,
            np.asarray(done.inputs[place.layer][:, place.source] * own),
            np.asarray(done.gradients[kernel])[at],
            np.asarray(network.weights[kernel])[at],
            np.asarray(stepped[kernel])[at],
            float(done.loss),
            network.forward(stepped, chosen)[1],
        )

    def optimizers(self) -> Optimizers:
        """Each optimizer with the gradient of the first batch, given to it twice."""
        network = self._network
        chosen = network.first_batch
        done = network.backward(chosen)
        places = self._large_and_middle(done)
        kernel = network.stack.kernel_number(places[0].layer)
        at = [place.source for place in places], [place.unit for place in places]
        gradients = np.asarray(done.gradients[kernel])[at]
        weights = np.asarray(network.weights[kernel])[at]
        steps = []
        for training in _each_optimizer(self._training):
            after = [*_repeated(weights, gradients, training, 2)]
            _, loss = network.forward(network.optimized(done.gradients, training), chosen)
            changes = np.diff(np.stack([weights, *after]), axis=0)
            steps.append(OptimizerSteps(training.optimizer, training.learning_rate, changes, loss))
        return Optimizers(places, gradients, float(done.loss), tuple(steps))

    def _one(self, index: int) -> NDArray[np.int64]:
        return np.array([min(index, len(self._network.labels) - 1)])

    def _placed(self, done: BackwardPass, choice: WeightChoice) -> WeightPlace:
        """The weight that is looked at: of those in question, the one with the largest gradient."""
        stack = self._network.stack
        layer = stack.kernel_layer_indices[-1] if choice.layer is None else choice.layer
        gradient = np.abs(np.asarray(done.gradients[stack.kernel_number(layer)]))
        rows, columns = gradient.shape
        in_question = np.full(gradient.shape, -1, np.float32)
        at = (
            slice(None) if choice.source is None else min(choice.source, rows - 1),
            slice(None) if choice.unit is None else min(choice.unit, columns - 1),
        )
        in_question[at] = gradient[at]
        source, unit = np.unravel_index(in_question.argmax(), gradient.shape)
        return WeightPlace(layer, int(source), int(unit))

    def _large_and_middle(self, done: BackwardPass) -> tuple[WeightPlace, WeightPlace]:
        """The weights of the output layer with the largest gradient, and with the middle one."""
        largest = self._placed(done, WeightChoice())
        kernel = self._network.stack.kernel_number(largest.layer)
        gradient = np.abs(np.asarray(done.gradients[kernel]))
        moving = gradient[gradient > 0]
        middle = np.median(moving) if len(moving) else 0
        source, unit = np.unravel_index(np.abs(gradient - middle).argmin(), gradient.shape)
        return largest, WeightPlace(largest.layer, int(source), int(unit))

    def _chain(self, done: BackwardPass, place: WeightPlace) -> GradientChain:
        stack, weights = self._network.stack, self._network.weights
        layer, source, unit = place.layer, place.source, place.unit
        kernel, nothing = stack.kernel_number(layer), np.zeros(0, np.float32)
        last = layer == len(stack.layers) - 1
        inputs, units = weights[kernel].shape
        return GradientChain(
            place,
            inputs,
            units,
            np.asarray(weights[kernel])[source, unit],
            np.asarray(done.gradients[kernel])[source, unit],
            np.asarray(done.inputs[layer])[0, source],
            None if last else self._slope(layer, done.sums[layer])[unit],
            nothing if last else np.asarray(weights[stack.kernel_number(layer + 1)])[unit],
            nothing if last else np.asarray(done.errors[layer + 1])[0],
            np.asarray(done.errors[layer])[0, unit],
        )

    def _slope(self, layer: int, sums: Any) -> Array:
        """The slope of a layer's activation function at each of its sums, for the first digit."""
        with tf.GradientTape() as tape:
            tape.watch(sums)
            outputs = activate(self._network.stack.layers[layer], sums)
        slopes: Array = np.asarray(tape.gradient(outputs, sums))[0]
        return slopes

    def _layer_gradients(self, done: BackwardPass) -> Iterator[LayerGradient]:
        stack = self._network.stack
        for layer, shapes in enumerate(stack.weight_shapes):
            if not shapes:
                continue
            first = stack.kernel_number(layer)
            arrays = slice(first, first + len(shapes))
            values = np.concatenate([np.ravel(array) for array in self._network.weights[arrays]])
            gradient = np.concatenate([np.ravel(array) for array in done.gradients[arrays]])
            most = int(np.abs(gradient).argmax())
            yield LayerGradient(stack.names[layer], len(values), most, values[most], gradient[most])


def _each_optimizer(training: TrainSpec) -> Iterator[TrainSpec]:
    """The recipe with each optimizer: its own at its own rate, the others at their usual ones."""
    for name, usual in OPTIMIZERS.items():
        rate = training.learning_rate if name == training.optimizer else usual
        yield replace(training, optimizer=name, learning_rate=rate)


def _repeated(weights: Array, gradients: Array, training: TrainSpec, count: int) -> Iterator[Array]:
    """Some weights after each of so many steps with the same gradient."""
    variable, gradient = keras.Variable(weights), tf.convert_to_tensor(gradients)
    optimizer = make_optimizer(training)
    for _ in range(count):
        optimizer.apply([gradient], [variable])
        yield variable.numpy().copy()
