"""The questions of Look inside."""

import math
from typing import Final

import numpy as np

from digitlab.analysis.layer_arithmetic import before_first
from digitlab.architecture.stack import stack_of
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import PIXELS
from digitlab.wording.numerals import decimal, whole, with_minus
from digitlab.wording.say import Message, say, say_message, to_say

_TEXTS: Final[dict[tuple[str, str], Message]] = {
    ("unit", "ink"): to_say(
        "Look at unit 0 of the first layer. One of its weights is {weight}. Two pictures differ "
        "only at the pixel of this weight: the first picture has more ink there. For which picture "
        "is the sum of unit 0 larger?"
    ),
    ("filter", "ink"): to_say(
        "Look at filter 0 of the first layer. One of its weights is {weight}. Two windows differ "
        "only at the pixel of this weight: the first window has more ink there. For which window "
        "is the sum of filter 0 larger?"
    ),
    ("unit", "number"): to_say(
        "Look at unit 0 of the first layer with weights. One of its weights is {weight}. Two "
        "pictures give it the same numbers, except at this weight: the first picture has a larger "
        "number there. For which picture is the sum of unit 0 larger?"
    ),
    ("filter", "number"): to_say(
        "Look at filter 0 of the first layer with weights. One of its weights is {weight}. Two "
        "windows hold the same numbers, except at this weight: the first window has a larger "
        "number there. For which window is the sum of filter 0 larger?"
    ),
}
"""By what has the weight, and what is larger there."""

_REASONS: Final[dict[tuple[str, bool], Message]] = {
    ("ink", True): to_say(
        "Each input is multiplied by its weight. This weight is above 0, so more ink gives a "
        "larger product. The sum grows."
    ),
    ("ink", False): to_say(
        "Each input is multiplied by its weight. This weight is below 0, so more ink gives a "
        "smaller product. The sum falls."
    ),
    ("paper", True): to_say(
        "Your network takes paper as the large number, and ink as 0. The weight is above 0, so "
        "more ink makes the product smaller. The sum falls."
    ),
    ("paper", False): to_say(
        "Your network takes paper as the large number, and ink as 0. The weight is below 0, so "
        "more ink brings the product nearer to 0. The sum grows."
    ),
    ("number", True): to_say(
        "Each input is multiplied by its weight. This weight is above 0, so a larger number gives "
        "a larger product. The sum grows."
    ),
    ("number", False): to_say(
        "Each input is multiplied by its weight. This weight is below 0, so a larger number gives "
        "a smaller product. The sum falls."
    ),
}
"""By what is a large number for the network, and whether the weight is above 0."""


def unit_weights(context: QuizContext) -> Question | None:
    """How many weights one unit or filter of the first layer has."""
    kernel = context.kernel
    if kernel is None:
        return None
    *window, units = kernel.shape
    inputs = math.prod(window)
    return _filter_weights(window, units) if len(window) > 1 else _unit_weights(inputs, units)


def _unit_weights(inputs: int, units: int) -> Question:
    return Question(
        name="inside-weights",
        about=("unit",),
        text=say(
            "How many weights does one unit of the first layer of your network have? Don't count "
            "its bias."
        ),
        answer=inputs,
        reason=say(
            "A unit has one weight for each number that it takes: {count}.", count=whole(inputs)
        ),
        hint=say("How many numbers does one unit take from a picture?"),
        misconceptions=(
            Misconception(inputs + 1, say("You counted the bias too. How many are weights?")),
            Misconception(
                inputs * units, say("All units of the layer together have so many. Take one unit.")
            ),
            Misconception(
                inputs * units + units,
                say("That is how many parameters the whole layer has. Take the weights of a unit."),
            ),
            Misconception(units, say("That is how many units the layer has.")),
        ),
    )


def _filter_weights(window: list[int], filters: int) -> Question:
    inputs = math.prod(window)
    return Question(
        name="inside-weights",
        about=("filter",),
        text=say(
            "How many weights does one filter of the first layer of your network have? Don't count "
            "its bias."
        ),
        answer=inputs,
        reason=say(
            "A filter has one weight for each number in its window: {sides} = {count}.",
            sides=" × ".join(map(str, window)),
            count=whole(inputs),
        ),
        hint=say("How many numbers are in the window of one filter?"),
        misconceptions=(
            Misconception(inputs + 1, say("You counted the bias too. How many are weights?")),
            Misconception(
                inputs * filters,
                say("All filters of the layer together have so many. Take one filter."),
            ),
            Misconception(
                inputs * filters + filters,
                say(
                    "That is how many parameters the whole layer has. Take the weights of a filter."
                ),
            ),
            Misconception(filters, say("That is how many filters the layer has.")),
            Misconception(
                PIXELS,
                say(
                    "The filter moves over the picture. It uses the same few weights at each place."
                ),
            ),
        ),
    )


def ink_at_a_weight(context: QuizContext) -> Question | None:
    """What ink does to the sum, by the sign of a weight of the learner's network."""
    network, kernel = context.network, context.kernel
    if network is None or kernel is None:
        return None
    weights = kernel[..., 0].ravel()
    weight = float(weights[np.abs(weights).argmax()])
    if not weight:
        return None
    preprocessing = network.preprocessing
    # More ink at a pixel changes the other numbers too where they are normalized.
    unclear = preprocessing.normalized_axis is not None
    if unclear or before_first(stack_of(network.architecture)):
        large = "number"
    else:
        large = "paper" if preprocessing.inverted else "ink"
    grows = (weight > 0) != (large == "paper")
    what = "filter" if kernel.ndim > 2 else "unit"
    shown = with_minus(decimal(weight, 2 if abs(weight) >= 0.005 else 6))
    options, right = _which_picture(what), "first" if grows else "second"
    sign = say("Look at the sign of the weight. The product of weight and input goes into the sum.")
    wrong = {
        "second" if grows else "first": sign,
        "same": say("One input is enough: the sum contains its product with the weight."),
        "unknown": say("The sum comes from inputs and weights only. The label is not in it."),
    }
    return Question(
        name="inside-ink",
        about=(what, large, round(weight, 4)),
        text=say_message(_TEXTS[what, "number" if large == "number" else "ink"], weight=shown),
        answer=right,
        reason=say_message(_REASONS[large, weight > 0]),
        hint=sign,
        misconceptions=tuple(Misconception(answer, hint) for answer, hint in wrong.items()),
        options=options,
    )


def _which_picture(what: str) -> dict[str, str]:
    if what == "filter":
        first, second = say("For the first window"), say("For the second window")
        same = say("For neither: one pixel can't change the sum")
    else:
        first, second = say("For the first picture"), say("For the second picture")
        same = say("For neither: one pixel can't change the sum")
    unknown = say("That depends on the label")
    return {"first": first, "second": second, "same": same, "unknown": unknown}
