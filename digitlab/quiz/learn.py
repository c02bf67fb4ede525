"""The questions of Learn."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question

UP, DOWN, STAYS = "It goes up", "It goes down", "It stays"

_INPUT, _WEIGHT, _GRADIENT = 0.4, 0.25, -0.5


def sign(context: QuizContext) -> Question:
    """Which way a weight to the output of the label goes."""
    label = context.label
    return Question(
        name="learn-sign",
        about=(label,),
        text=f"The label is {label}. Output {label} has the probability 0.1. A weight brings it "
        f"the input {_INPUT:g}. Which way does the weight go in one step?",
        answer="up",
        reason=f"The error is 0.1 − 1 = −0.9. The gradient is {_INPUT:g} × (−0.9) = −0.36. It is "
        "below 0, and the weight goes against its gradient: up.",
        hint="Work out the error first: probability minus target. What is its sign?",
        misconceptions=(
            Misconception(
                "down",
                "The gradient is below 0. The step goes against the gradient. Which way is that?",
            ),
            Misconception("stays", "It would stay if its input were 0. This input is not 0."),
        ),
        options={"up": UP, "down": DOWN, "stays": STAYS},
    )


def size(context: QuizContext) -> Question:
    """How long a step is with the learner's own rate."""
    rate = context.spec.training.learning_rate
    length = -rate * _GRADIENT
    return Question(
        name="learn-size",
        about=(rate,),
        text=f"A weight is {_WEIGHT:g} and its gradient is −{-_GRADIENT:g}. Take plain gradient "
        f"descent with your learning rate, {rate:g}. By how much does the weight grow?",
        answer=float(length),
        reason=f"Learning rate × gradient = {rate:g} × (−{-_GRADIENT:g}). The weight goes against "
        f"it, so it grows by {length:g}: from {_WEIGHT:g} to {_WEIGHT + length:g}.",
        hint="Multiply the learning rate by the gradient. The step goes the other way.",
        misconceptions=(
            Misconception(
                _WEIGHT + length, "That is the new weight. By how much is it more than before?"
            ),
            Misconception(-length, "The weight goes against its gradient. So which way?"),
            Misconception(-_GRADIENT, "That is the gradient. Multiply it by the learning rate."),
            Misconception(rate, "That is the learning rate. Multiply it by the gradient."),
        ),
        tolerance=0.02 * length,
    )
