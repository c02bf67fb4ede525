"""The questions of Network."""

from dataclasses import replace

from digitlab import limits
from digitlab.architecture.summary import LayerRow, layer_rows, total_parameters
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, PIXELS, HiddenLayer, NetworkSpec
from digitlab.wording.parameter_count import arithmetic

_FIRST_UNITS = 20  # of the hidden layer that a network without one is given


def double(context: QuizContext) -> Question:
    """The parameters of a network with twice the units."""
    network = context.spec.network
    other, change = _other(network)
    now, total = total_parameters(network), total_parameters(other)
    rows = _counted(layer_rows(other))
    biases = [row.biases for row in rows]
    weights = "Those are the weights. Each unit has a bias too."
    forgotten = "Nearly. Look at the biases: each unit has one, in every layer."
    return Question(
        name="network-double",
        about=tuple(layer.units for layer in network.hidden),
        text=f"{change}. How many parameters does your network have then?",
        answer=total,
        reason=f"{', then '.join(arithmetic(row) for row in rows)}. Together {total:,}.",
        hint=f"Go layer by layer: inputs × units{_and_bias(network)}. The layer after the one that "
        "changes gets more or fewer inputs too.",
        misconceptions=(
            Misconception(now, "That is how many it has now."),
            *([Misconception(total - sum(biases), weights)] * network.use_bias),
            *(Misconception(total - count, forgotten) for count in biases if count),
            Misconception(2 * now, "Not everything doubles: the output layer keeps its ten units."),
            Misconception(
                now // 2, "Not everything is halved: the output layer keeps its ten units."
            ),
            *(Misconception(row.parameters, "That is one layer. Add the others.") for row in rows),
        ),
    )


def biases(context: QuizContext) -> Question | None:
    """How many of the parameters are biases."""
    network = context.spec.network
    rows = _counted(layer_rows(network))
    counts = [row.biases for row in rows]
    total, count = total_parameters(network), sum(counts)
    if not network.use_bias:
        return None
    whose = "filter and each unit" if network.convolutions else "unit"
    added = f": {' + '.join(map(str, counts))} = {count}" if len(counts) > 1 else f": {count}"
    return Question(
        name="network-biases",
        about=(total,),
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


def _and_bias(network: NetworkSpec) -> str:
    return ", and one bias for each unit" if network.use_bias else "; there are no biases"


def _other(network: NetworkSpec) -> tuple[NetworkSpec, str]:
    """The network with twice or half the units in its first hidden layer; the change in words."""
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
