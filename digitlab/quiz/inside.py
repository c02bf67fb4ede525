"""The questions of Look inside."""

import math

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import PIXELS, Preprocessing
from digitlab.wording.numerals import with_minus

_INPUTS = {
    Preprocessing.ZERO_TO_255: 204.0,
    Preprocessing.INVERTED_ZERO_TO_255: 204.0,
    Preprocessing.NORMALIZED_PICTURE: 0.1,
}
"""A number that a pixel may give; 0.8 elsewhere."""


def unit_weights(context: QuizContext) -> Question | None:
    """How many weights one unit or filter of the first layer has."""
    kernel = context.kernel
    if kernel is None:
        return None
    *window, units = kernel.shape
    inputs, filters = math.prod(window), len(window) > 1
    what = "filter" if filters else "unit"
    return Question(
        name="inside-weights",
        about=(what,),
        text=f"How many weights does one {what} of your network's first layer have, without its "
        "bias?",
        answer=inputs,
        reason=f"Its window has {' × '.join(map(str, window))} places, with one weight each: "
        f"{inputs}."
        if filters
        else f"One for each number that it takes at once: {inputs:,}.",
        hint=f"How many numbers does one {what} take at once?",
        misconceptions=(
            Misconception(inputs + 1, "With its bias. How many are weights?"),
            Misconception(inputs * units, f"That is how many all {units} of them have together."),
            Misconception(
                inputs * units + units,
                f"That is how many parameters all {units} of them have together, biases included.",
            ),
            Misconception(units, f"That is how many {what}s the layer has."),
            *(
                [Misconception(PIXELS, "It slides over the picture with the same few weights.")]
                * filters
            ),
        ),
    )


def contribution(context: QuizContext) -> Question | None:
    """What one weight adds to the sum of its unit."""
    if context.network is None or context.kernel is None:
        return None
    weights = context.kernel[..., 0].ravel()
    weight = round(float(weights[np.abs(weights).argmax()]), 2)
    number = _INPUTS.get(context.network.preprocessing, 0.8)
    what = "filter" if context.kernel.ndim > 2 else "unit"
    product = weight * number
    return Question(
        name="inside-product",
        about=(what, weight, number),
        text=f"The weight furthest from 0 in {what} 0 of your network's first layer is "
        f"{with_minus(f'{weight:g}')}. The number that it meets is {number:g}. How much does that "
        "add to the sum?",
        answer=product,
        reason=with_minus(f"Weight × input: {weight:g} × {number:g} = {product:.4g}.")
        + (" It pulls the sum down." if product < 0 else ""),
        hint="Each number that comes in is multiplied by its weight; then all that is added up.",
        misconceptions=(
            Misconception(-product, "The size is right. Look at the sign."),
            Misconception(weight + number, "The two are not added to each other."),
            Misconception(weight, "That would be so for an input of 1."),
            Misconception(number, "And what does the weight do?"),
        ),
        tolerance=max(0.006, 0.01 * abs(product)),
    )
