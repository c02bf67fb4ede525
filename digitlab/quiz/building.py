"""Questions of Network and Train."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.summary import LayerRow, layer_rows, total_parameters
from digitlab.preprocess.training_digits import training_digits
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, PIXELS, HiddenLayer, NetworkSpec, RunSpec
from digitlab.wording.numerals import short_per_cent
from digitlab.wording.parameter_count import arithmetic

_FIRST_UNITS = 20  # of the hidden layer that a network without one is given


def double(context: QuizContext) -> Question:
    """The parameters of a network with twice the units."""
    network = context.spec.network
    other, change = _other(network)
    now, total = total_parameters(network), total_parameters(other)
    rows = _counted(layer_rows(other))
    biases = [row.biases for row in rows]
    forgotten = "Nearly. Look at the biases: each unit has one, in every layer."
    return Question(
        name="network-double",
        text=f"{change}. How many parameters does your network have then?",
        answer=total,
        reason=f"{', then '.join(arithmetic(row) for row in rows)}. Together {total:,}.",
        hint="Go layer by layer: inputs × units, and one bias for each unit. The layer after the "
        "one that changes gets more or fewer inputs too.",
        misconceptions=(
            Misconception(now, "That is how many it has now."),
            Misconception(total - sum(biases), "Those are the weights. Each unit has a bias too."),
            *(Misconception(total - one, forgotten) for one in biases),
            Misconception(2 * now, "Not everything doubles: the output layer keeps its ten units."),
            Misconception(
                now // 2, "Not everything is halved: the output layer keeps its ten units."
            ),
            *(Misconception(row.parameters, "That is one layer. Add the others.") for row in rows),
        ),
    )


def biases(context: QuizContext) -> Question:
    """How many of the parameters are biases."""
    network = context.spec.network
    rows = _counted(layer_rows(network))
    counts = [row.biases for row in rows]
    total, count = total_parameters(network), sum(counts)
    whose = "filter and each unit" if network.convolutions else "unit"
    added = f": {' + '.join(map(str, counts))} = {count}" if len(counts) > 1 else f": {count}"
    return Question(
        name="network-biases",
        text=f"How many of your network's {total:,} parameters are biases?",
        answer=count,
        reason=f"One for each {whose}{added}. The other {total - count:,} are weights.",
        hint=f"Each {whose} has one, and the ten of the last layer are units too.",
        misconceptions=(
            Misconception(total - count, "Those are the weights."),
            Misconception(count - CLASSES, "The ten units of the last layer have a bias each too."),
            Misconception(len(rows), "It is not one for each layer: every unit has its own."),
            Misconception(count + PIXELS, "The pixels are no units: they have no bias."),
        ),
    )


def batches(context: QuizContext) -> Question:
    """The batches of an epoch with another batch size."""
    training, labels = context.spec.training, context.data.y_train
    place = limits.BATCH_SIZES.index(training.batch_size)
    other = limits.BATCH_SIZES[place - 1 if place else 1]
    used, learnt = kept_digits(context.spec, labels), learnt_digits(context.spec, labels)
    count = math.ceil(learnt / other)
    rest = learnt % other
    last = f"{learnt // other:,} full batches and one of {rest}" if rest else "all of them full"
    too_many = "Your network does not learn from all of these digits. Which are left out?"
    return Question(
        name="train-batches",
        text=f"Take batches of {other} instead of {training.batch_size}. How many batches are there in "
        "one epoch then?",
        answer=count,
        reason=f"{_digits_words(context.spec, labels)}. In batches of {other} that is {count:,}, {last}.",
        hint="How many digits does your network learn from? Divide them by the batch size.",
        misconceptions=(
            Misconception(learnt // other, "Nearly: the last batch is not full, but it counts."),
            Misconception(
                math.ceil(learnt / training.batch_size), f"That is with {training.batch_size}."
            ),
            Misconception(count * training.epochs, "That is in all epochs. How many are in one?"),
            Misconception(math.ceil(used / other), too_many),
            Misconception(math.ceil(len(labels) / other), too_many),
            Misconception(
                learnt, "That is how many digits there are. How many batches do they fill?"
            ),
        ),
    )


def updates(context: QuizContext) -> Question:
    """How often the whole training changes the weights."""
    training, labels = context.spec.training, context.data.y_train
    learnt = learnt_digits(context.spec, labels)
    steps = math.ceil(learnt / training.batch_size)
    everything = math.ceil(len(labels) / training.batch_size)
    epochs = training.epochs
    return Question(
        name="train-updates",
        text="How many times does your training change the weights, from its start to its end?",
        answer=steps * epochs,
        reason=f"{_digits_words(context.spec, labels)}. In batches of {training.batch_size} that makes "
        f"{steps:,} changes an epoch, and {steps:,} × {epochs} = {steps * epochs:,}.",
        hint="After each batch they change once. How many batches has an epoch, and how many "
        "epochs are there?",
        misconceptions=(
            Misconception(steps, "That is one epoch."),
            Misconception(epochs, "Those are the epochs. The weights change after each batch."),
            Misconception(learnt * epochs, "They change after each batch, not after each digit."),
            Misconception(learnt, "They change after each batch, not after each digit."),
            Misconception(everything * epochs, "Your network does not learn from all the digits."),
            Misconception(
                learnt // training.batch_size * epochs,
                "Nearly: the last batch of an epoch is not full, but it counts.",
            ),
        ),
    )


def kept_digits(spec: RunSpec, labels: NDArray[np.uint8]) -> int:
    """How many of the training digits the preparation leaves, validation included."""
    # Neither noise nor shuffling changes how many there are.
    counted = replace(spec.preparation, label_noise=0.0, shuffle_labels=False)
    return len(training_digits(labels, labels, counted, seed=0)[1])


def learnt_digits(spec: RunSpec, labels: NDArray[np.uint8]) -> int:
    """How many digits a run learns from: as Keras splits, the last ones validate."""
    return math.floor(kept_digits(spec, labels) * (1 - spec.training.validation_share))


def _digits_words(spec: RunSpec, labels: NDArray[np.uint8]) -> str:
    """How the number of digits to learn from comes about."""
    preparation, share = spec.preparation, spec.training.validation_share
    words = f"There are {len(labels):,} training digits"
    if preparation.data_share < 1:
        words += f", of which {short_per_cent(preparation.data_share)} are taken"
    if preparation.dropped_digit is not None:
        words += f", no {preparation.dropped_digit} among them"
    kept = kept_digits(spec, labels)
    if kept < len(labels):
        words += f": {kept:,}"
    if share:
        words += f"; {short_per_cent(share)} are set aside for validation, which leaves {learnt_digits(spec, labels):,}"
    return words


def _other(network: NetworkSpec) -> tuple[NetworkSpec, str]:
    """The network with twice or half the units in its first hidden layer, and the change in words."""
    if not network.hidden:
        added = HiddenLayer(_FIRST_UNITS)
        return replace(network, hidden=(added,)), f"Add a hidden layer of {_FIRST_UNITS} units"
    first, *others = network.hidden
    doubled = 2 * first.units
    units = doubled if doubled <= limits.MAX_UNITS else first.units // 2
    hidden = (replace(first, units=units), *others)
    which = "hidden layer" if not others else "first hidden layer"
    change = f"Give the {which} {units} units instead of {first.units}"
    return replace(network, hidden=hidden), change


def _counted(rows: list[LayerRow]) -> list[LayerRow]:
    """The layers that have parameters."""
    return [row for row in rows if row.parameters]
