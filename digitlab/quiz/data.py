"""The questions of Data."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.numerals import by, whole, with_minus
from digitlab.wording.say import say


def paper(context: QuizContext) -> Question:
    """How many pixels hold no ink."""
    inked = int(np.count_nonzero(context.picture))
    side, name = IMAGE_SHAPE[0], f"`{context.selection.sample}`"
    return Question(
        name="data-paper",
        about=(context.selection.sample,),
        text=say("How many of the numbers of {name} are 0? A 0 is paper without ink.", name=name),
        answer=PIXELS - inked,
        reason=say(
            "The picture has {size} = {all} numbers, and {inked} of them hold ink. {all} − {inked} "
            "= {paper}.",
            size=by(side, side),
            all=PIXELS,
            inked=inked,
            paper=PIXELS - inked,
        ),
        hint=say("Start with all the numbers of the picture. Subtract those that hold ink."),
        misconceptions=(
            Misconception(
                inked, say("That is how many numbers hold ink. The question is about the others.")
            ),
            Misconception(PIXELS, say("That is how many numbers there are, with ink and without.")),
            Misconception(
                side, say("A picture has this many rows. How many numbers are in all the rows?")
            ),
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
        about=(digit,),
        text=say(
            "Suppose the ten digits had equal shares of the training set. How many more pictures "
            "than an equal share does the digit {digit} have? Look at *All digits*. If it has "
            "fewer, write a minus.",
            digit=digit,
        ),
        answer=count - equal,
        reason=say(
            "An equal share is {all} / {classes} = {equal}. There are {count} pictures of the "
            "digit {digit}: {count} − {equal} = {surplus}.",
            all=whole(len(labels)),
            classes=CLASSES,
            equal=whole(equal),
            count=whole(count),
            digit=digit,
            surplus=with_minus(whole(count - equal)),
        ),
        hint=say(
            "What is an equal share of the {all} training digits? Compare it with the bar of the "
            "digit {digit} in *All digits*.",
            all=whole(len(labels)),
            digit=digit,
        ),
        misconceptions=(
            Misconception(
                count, say("That is how many pictures there are. Subtract an equal share.")
            ),
            Misconception(
                equal, say("That is the equal share. Compare it with the pictures that there are.")
            ),
            Misconception(
                equal - count, say("The difference is right. Are there more pictures, or fewer?")
            ),
            Misconception(
                in_test - equal_in_test,
                say("That is the answer for the test set. Use the training set."),
            ),
        ),
    )
