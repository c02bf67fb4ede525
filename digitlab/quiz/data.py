"""The questions of Data."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.numerals import by


def paper(context: QuizContext) -> Question:
    """How many pixels hold no ink."""
    inked = int(np.count_nonzero(context.picture))
    side = IMAGE_SHAPE[0]
    return Question(
        name="data-paper",
        text=f"How many of the numbers of `{context.selection.sample}` are 0, pure paper?",
        answer=PIXELS - inked,
        reason=f"It has {by(side, side)} = {PIXELS} numbers, and {inked} of them hold ink: "
        f"{PIXELS} − {inked} = {PIXELS - inked}.",
        hint="Take all numbers of the picture, and leave out those that hold ink.",
        misconceptions=(
            Misconception(inked, "That is how many hold ink. The question is about the others."),
            Misconception(PIXELS, "That is how many there are in all, ink and paper."),
            Misconception(side, "A picture has so many rows. How many numbers is that?"),
        ),
    )


def surplus(context: QuizContext) -> Question:
    """How many more there are of the chosen digit than of an average one."""
    digit, labels = context.selection.digit, context.data.y_train
    count, in_test = (
        int(np.count_nonzero(those == digit)) for those in (labels, context.data.y_test)
    )
    equal, equal_in_test = len(labels) // CLASSES, len(context.data.y_test) // CLASSES
    return Question(
        name="data-surplus",
        text="An equal share for each digit would be a tenth of the training set. How many "
        f"{digit}s are there above that share? (If there are fewer, answer with a minus.)",
        answer=count - equal,
        reason=f"An equal share is {len(labels):,} / {CLASSES} = {equal:,}. There are {count:,} "
        f"{digit}s: {count:,} − {equal:,} = {count - equal:,}.",
        hint=f"What would be an equal share of the {len(labels):,} training digits? Compare it "
        f"with the bar of the {digit}: it stands at *All digits*.",
        misconceptions=(
            Misconception(count, "That is how many there are. Subtract an equal share."),
            Misconception(equal, "That is the equal share. Compare it with the digits there are."),
            Misconception(equal - count, "The distance is right. Are there more, or fewer?"),
            Misconception(
                in_test - equal_in_test, "That is so in the test set. Take the training set."
            ),
        ),
    )
