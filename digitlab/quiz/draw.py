"""The questions of Draw."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.numerals import by, per_cent

_CLASS = 30  # pupils
_CANVAS = 280  # pixels a side
_FITTED = 20  # pixels a side that MNIST fits a digit into


def received(context: QuizContext) -> Question:
    """How many numbers of a drawing reach the network."""
    side = IMAGE_SHAPE[0]
    return Question(
        name="draw-received",
        text=f"The canvas has {by(_CANVAS, _CANVAS)} pixels. With how many numbers does your "
        "drawing reach the network?",
        answer=PIXELS,
        reason=f"It is made smaller, to {by(side, side)} = {PIXELS}: as many as a digit of MNIST "
        "has.",
        hint="What size has the small picture beside the canvas, the one that it receives?",
        misconceptions=(
            Misconception(_CANVAS**2, "That is the canvas. The drawing is made smaller first."),
            Misconception(2 * side, f"{side} rows of {side}: is that a sum?"),
            Misconception(side, "That is the number of rows. How many numbers are in all of them?"),
            Misconception(
                _FITTED**2, "The digit itself fits in there. It also gets the margin around it."
            ),
            Misconception(CLASSES, "That is how many come out of it. How many go in?"),
        ),
    )


def pupils(context: QuizContext) -> Question | None:
    """How many drawings of a class it would read."""
    if context.tested is None:
        return None
    share = context.tested.test_accuracy
    return Question(
        name="draw-class",
        text=f"{_CLASS} pupils draw one digit each. If your network read drawings as well as test "
        "digits, how many would it read right, on average?",
        answer=_CLASS * share,
        reason=f"It reads {per_cent(share, 1)} of the test digits: {_CLASS} × {share:.3f} = "
        f"{_CLASS * share:.1f}. How many is it really, in your class?",
        hint="The sidebar says how many of the test digits it reads. How many is that out of "
        f"{_CLASS}?",
        misconceptions=(
            Misconception(100 * share, f"That is out of 100. How many out of {_CLASS}?"),
            Misconception(_CLASS * (1 - share), "That is how many it would read wrongly."),
            Misconception(share, "That is a share of 1. How many pupils are that?"),
        ),
        tolerance=0.6,
    )
