"""The questions of Draw."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.numerals import SPACE, by
from digitlab.wording.say import say

_CANVAS = 280  # pixels a side
_FITTED = 20  # pixels a side that MNIST fits a digit into


def letter(context: QuizContext) -> Question:
    """What a network answers that has learned the ten digits and nothing else."""
    return Question(
        name="draw-letter",
        text=say(
            "You draw the letter A on the canvas. What does your network answer? Decide first. "
            "Then try it."
        ),
        options={
            "nothing": say("It says that this is no digit"),
            "equal": say("It gives all ten digits the same probability"),
            "digit": say("It names one of the ten digits"),
            "letter": say("It names the letter A"),
        },
        answer="digit",
        reason=say(
            "The network has one output for each of the ten digits, and their probabilities always "
            "add up to 100{space}%. So it always names a digit, and it can even be sure of it.",
            space=SPACE,
        ),
        hint=say("How many outputs does your network have, and what does each one stand for?"),
        misconceptions=(
            Misconception(
                "nothing", say("Is there an output for *no digit*? Count the bars of an answer.")
            ),
            Misconception(
                "equal",
                say("An A has lines, as digits have. So some digits fit better than others."),
            ),
            Misconception(
                "letter", say("The network has only seen digits, and it has no output for an A.")
            ),
        ),
    )


def received(context: QuizContext) -> Question:
    """How many numbers of a drawing reach the network."""
    side = IMAGE_SHAPE[0]
    return Question(
        name="draw-received",
        text=say(
            "The canvas has {size} pixels. How many numbers does your network receive for one "
            "digit?",
            size=by(_CANVAS, _CANVAS),
        ),
        answer=PIXELS,
        reason=say(
            "The lab makes the digit smaller: {size} = {count} numbers, as many as a digit of "
            "MNIST has.",
            size=by(side, side),
            count=PIXELS,
        ),
        hint=say(
            "Draw a digit first. Then look at the small picture below *What it receives*. What "
            "size does it have?"
        ),
        misconceptions=(
            Misconception(
                _CANVAS**2, say("That is the canvas. The lab makes the drawing smaller first.")
            ),
            Misconception(
                2 * side,
                say("There are {side} rows with {side} pixels each. Is that a sum?", side=side),
            ),
            Misconception(
                side, say("That is the number of rows. How many numbers are in all of them?")
            ),
            Misconception(
                _FITTED**2, say("The digit itself has this size. It also gets a margin around it.")
            ),
            Misconception(
                CLASSES, say("That is how many numbers come out. How many numbers go in?")
            ),
        ),
    )
