"""The questions of Network."""

import math
from dataclasses import replace
from typing import Final

from digitlab import limits
from digitlab.architecture.summary import LayerRow, layer_rows, total_parameters
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import HiddenLayer, NetworkSpec
from digitlab.wording.lists import with_and
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.parameter_count import arithmetic

_FIRST_UNITS = 20  # of the hidden layer that a network without one is given

_CHANGES: Final[dict[int, Message]] = {
    0: to_say(
        "Add a hidden layer with {units} units. How many parameters does your network have then?"
    ),
    1: to_say(
        "Give the hidden layer {units} units instead of {before}. How many parameters does your "
        "network have then?"
    ),
    2: to_say(
        "Give the first hidden layer {units} units instead of {before}. How many parameters does "
        "your network have then?"
    ),
}
"""By how many hidden layers there are; 2 stands for more."""


def double(context: QuizContext) -> Question:
    """The parameters of a network with twice the units."""
    network = context.spec.network
    other = _other(network)
    now, total = total_parameters(network), total_parameters(other)
    rows = [row for row in layer_rows(other) if row.parameters]
    biases = [row.biases for row in rows]
    weights = say("Those are the weights. Each unit has a bias too.")
    forgotten = say("Almost. Look at the biases: each unit in every layer has one.")
    one_layer = say("That is one layer. Add the others.")
    return Question(
        name="network-double",
        about=(network.convolutions, tuple(layer.units for layer in network.hidden)),
        text=say_message(
            _CHANGES[min(2, len(network.hidden))],
            units=other.hidden[0].units,
            before=network.hidden[0].units if network.hidden else 0,
        ),
        answer=total,
        reason=say(
            "Layer by layer: {calculations}. All together: {total}.",
            calculations=with_and([arithmetic(row) for row in rows]),
            total=whole(total),
        ),
        hint=_way(network),
        misconceptions=(
            Misconception(now, say("That is how many parameters your network has now.")),
            *([Misconception(total - sum(biases), weights)] * network.use_bias),
            *(Misconception(total - count, forgotten) for count in biases if count),
            Misconception(
                2 * now,
                say("Not everything doubles. The last layer still has its ten units."),
            ),
            Misconception(
                now // 2,
                say("Not everything becomes half. The last layer still has its ten units."),
            ),
            *(Misconception(row.parameters, one_layer) for row in rows),
        ),
    )


def _way(network: NetworkSpec) -> str:
    if network.use_bias:
        return say(
            "Go layer by layer: inputs × units, and one bias for each unit. The layer after the "
            "changed one has other inputs too."
        )
    return say(
        "Go layer by layer: inputs × units. There are no biases. The layer after the changed one "
        "has other inputs too."
    )


def _other(network: NetworkSpec) -> NetworkSpec:
    """The network with twice or half the units in its first hidden layer."""
    if not network.hidden:
        return replace(network, hidden=(HiddenLayer(_FIRST_UNITS),))
    first, *others = network.hidden
    doubled = 2 * first.units
    units = doubled if doubled <= limits.MAX_UNITS else first.units // 2
    return replace(network, hidden=(replace(first, units=units), *others))


def why_so_many(context: QuizContext) -> Question:
    """Why the largest layer of the learner's network has so many parameters."""
    row = max(layer_rows(context.spec.network), key=lambda row: row.parameters)
    name = f"`{row.name}`"
    inputs = math.prod(row.weight_shapes["kernel"][:-1])
    return Question(
        name="network-why",
        about=(row.name, row.parameters, inputs),
        text=say(
            "Your layer {name} has {count} parameters. Why does it have so many?",
            name=name,
            count=whole(row.parameters),
        ),
        answer="inputs",
        reason=_why(row, inputs),
        hint=say(
            "Choose *What it learns*, and look at the line of {name} in the table.", name=name
        ),
        misconceptions=(
            Misconception(
                "pictures",
                say(
                    "The parameters are there before training, and their number never changes. "
                    "The network does not keep any pictures."
                ),
            ),
            Misconception(
                "kind",
                say("A dense layer with 10 inputs and 10 units has only 10 × 10 weights.")
                if row.kind == "Dense"
                else say("A convolution with 8 filters for a grey picture has 3 × 3 × 8 weights."),
            ),
            Misconception(
                "one_each",
                say_count(
                    "Then the layer would have {count} parameter.",
                    "Then the layer would have {count} parameters.",
                    row.output_shape[-1] or 0,
                ),
            ),
        ),
        options=_reasons(row, inputs),
    )


def _reasons(row: LayerRow, inputs: int) -> dict[str, str]:
    pictures = say("It needs one parameter for each training picture")
    if row.kind == "Dense":
        return {
            "one_each": say("Each unit has one parameter, and there are many units"),
            "inputs": say(
                "Each unit has a weight for each of its {inputs} inputs", inputs=whole(inputs)
            ),
            "kind": say("Every dense layer has so many parameters"),
            "pictures": pictures,
        }
    return {
        "one_each": say("Each filter has one parameter, and there are many filters"),
        "inputs": say(
            "Each filter has a weight for each of the {inputs} numbers in its window",
            inputs=whole(inputs),
        ),
        "kind": say("Every convolution has so many parameters"),
        "pictures": pictures,
    }


def _why(row: LayerRow, inputs: int) -> str:
    if row.kind == "Dense":
        return say(
            "Weights of each unit: {inputs}. All parameters of the layer: {calculation}.",
            inputs=whole(inputs),
            calculation=arithmetic(row),
        )
    return say(
        "Weights of each filter: {inputs}. All parameters of the layer: {calculation}.",
        inputs=whole(inputs),
        calculation=arithmetic(row),
    )
