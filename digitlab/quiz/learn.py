"""The questions of Learn."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_WEIGHT, _GRADIENT = 0.25, -0.5
_LARGE = 30.0  # the largest rate on the slider of this page


def too_far(context: QuizContext) -> Question:
    """Why a step can make the loss higher although it goes against the gradient."""
    rate = context.spec.training.learning_rate
    return Question(
        name="learn-too-far",
        about=(rate,),
        text=say(
            "Your learning rate is {rate}. With {large} instead, one step can make the loss higher "
            "than before. Why?",
            rate=significant(rate),
            large=significant(_LARGE),
        ),
        answer="place",
        reason=say(
            "The gradient is the slope of the loss at one place. A long step ends far from this "
            "place. There the loss can be higher, as on the other side of a valley."
        ),
        hint=say("Look at the chart of this page. What happens to the loss from left to right?"),
        misconceptions=(
            Misconception(
                "sign",
                say(
                    "A learning rate is above 0. So it changes the length of the step, and not its "
                    "direction."
                ),
            ),
            Misconception(
                "longer",
                say(
                    "Look at the small learning rates in the chart. Does a longer step help there?"
                ),
            ),
            Misconception(
                "digits",
                say("A batch has the same digits for each learning rate. What else changes?"),
            ),
        ),
        options={
            "sign": say("The weights then move with the gradient, and not against it"),
            "place": say("The gradient is the slope at one place only"),
            "longer": say("A longer step always makes the loss higher"),
            "digits": say("The step then uses fewer digits of the batch"),
        },
    )


def size(context: QuizContext) -> Question:
    """How long a step is with the learner's own rate."""
    rate = context.spec.training.learning_rate
    length = -rate * _GRADIENT
    return Question(
        name="learn-size",
        about=(rate,),
        text=say(
            "A weight is {weight}, and its gradient is {gradient}. Make one step of plain gradient "
            "descent with your learning rate, {rate}. By how much does the weight grow?",
            weight=significant(_WEIGHT),
            gradient=significant(_GRADIENT),
            rate=significant(rate),
        ),
        answer=float(length),
        reason=say(
            "Learning rate × gradient = {rate} × ({gradient}). The weight moves against its "
            "gradient, so it grows by {length}: from {weight} to {after}.",
            rate=significant(rate),
            gradient=significant(_GRADIENT),
            length=significant(length),
            weight=significant(_WEIGHT),
            after=significant(_WEIGHT + length, 7),
        ),
        hint=say("Multiply the learning rate by the gradient. The step goes the other way."),
        misconceptions=(
            Misconception(
                _WEIGHT + length,
                say("That is the new weight. How much larger is it than before?"),
            ),
            Misconception(
                -length, say("The weight moves against its gradient. Which way is that?")
            ),
            Misconception(
                -_GRADIENT, say("That is the size of the gradient. Multiply it by the rate.")
            ),
            Misconception(rate, say("That is the learning rate. Multiply it by the gradient.")),
        ),
        tolerance=0.02 * length,
    )
