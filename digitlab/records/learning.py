"""One step of learning, as a worker tells it: frozen, picklable records."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class WeightPlace:
    """Where one weight of a dense layer stands: `kernel[source, unit]`.

    Attributes:
        layer: its number among the network's layers, from 0.
        source: the number of the input that it multiplies.
        unit: the unit that it belongs to.
    """

    layer: int
    source: int
    unit: int


@dataclass(frozen=True)
class WeightChoice:
    """What a learner says of the weight to look at; of what is None the largest gradient decides.

    Attributes:
        layer: as in `WeightPlace`; None is the output layer.
        source: as in `WeightPlace`; what is too large is taken as the largest.
        unit: the same.
    """

    layer: int | None = None
    source: int | None = None
    unit: int | None = None


@dataclass(frozen=True, eq=False)
class GradientChain:
    """The gradient of one weight, and the factors that it is made of.

    The error of a unit is the gradient of the loss with regard to its sum.

    Attributes:
        place: which weight.
        inputs: how many inputs the layer has.
        units: how many units it has.
        weight: its value before the step.
        gradient: of the loss, as `tf.GradientTape` gives it.
        source: the number that it multiplies.
        slope: of the activation function at the unit's sum; None in the output layer.
        outgoing: the weights from this unit to the next layer, (next units,); none in the output
            layer.
        next_errors: the errors of the next layer's units, (next units,).
        error: of the unit.
    """

    place: WeightPlace
    inputs: int
    units: int
    weight: np.float32
    gradient: np.float32
    source: np.float32
    slope: np.float32 | None
    outgoing: Array
    next_errors: Array
    error: np.float32


@dataclass(frozen=True, eq=False)
class LayerGradient:
    """The gradient of a layer's weights and biases, by value.

    Attributes:
        name: of the layer in Keras.
        parameters: how many numbers it has.
        largest: the number of it, from 0, whose gradient is furthest from 0.
        value: that parameter before the step.
        gradient: its gradient.
    """

    name: str
    parameters: int
    largest: int
    value: np.float32
    gradient: np.float32


@dataclass(frozen=True, eq=False)
class Answer:
    """What a network says to one digit.

    Attributes:
        probabilities: (10,).
        loss: of this answer.
    """

    probabilities: Array
    loss: float


@dataclass(frozen=True, eq=False)
class DigitStep:
    """One step of gradient descent for one digit.

    Attributes:
        label: as the training takes it.
        before: the answer before the step.
        errors: of the ten outputs, (10,).
        chain: one weight's gradient.
        largest: the weight of the same layer with the largest gradient.
        layers: the gradients of all layers that learn, first to last.
        after: the answer after the step, in which all weights moved.
    """

    label: int
    before: Answer
    errors: Array
    chain: GradientChain
    largest: WeightPlace
    layers: tuple[LayerGradient, ...]
    after: Answer


@dataclass(frozen=True, eq=False)
class BatchStep:
    """The first step of a training: its first batch, with its optimizer.

    Attributes:
        digits: the numbers of the batch's digits among the run's training digits, (n,).
        batches: how many batches an epoch has.
        place: the weight that is looked at.
        gradients: of this weight, for each digit alone, (n,).
        gradient: of this weight for the batch: their mean, as `tf.GradientTape` gives it.
        weight: before the step.
        stepped: the same after it.
        loss: of the batch before the step.
        loss_after: and after it.
    """

    digits: NDArray[np.int32]
    batches: int
    place: WeightPlace
    gradients: Array
    gradient: np.float32
    weight: np.float32
    stepped: np.float32
    loss: float
    loss_after: float


@dataclass(frozen=True, eq=False)
class OptimizerSteps:
    """What one optimizer makes of the same gradient, given to it twice.

    Attributes:
        optimizer: as in `TrainSpec`.
        learning_rate: its own.
        changes: of the weights, (steps, weights): what is added to each of them.
        loss_after: of the batch after the first step of all weights.
    """

    optimizer: str
    learning_rate: float
    changes: Array
    loss_after: float


@dataclass(frozen=True, eq=False)
class Optimizers:
    """All optimizers with the gradient of the first batch.

    Attributes:
        places: of the weights that are looked at.
        gradients: theirs, (weights,).
        loss: of the batch before the step.
        steps: of each optimizer.
    """

    places: tuple[WeightPlace, ...]
    gradients: Array
    loss: float
    steps: tuple[OptimizerSteps, ...]
