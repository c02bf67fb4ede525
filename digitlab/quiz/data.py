"""The questions of Data."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.numerals import by
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


def label(context: QuizContext) -> Question:
    """What a picture has to do with its label: two arrays, and the label is taken for true."""
    look, own = context.selection, context.label
    other = (own + CLASSES // 2) % CLASSES
    name, line = f"`{look.sample}`", f"y_{look.subset}[{look.index}] = {other}"
    pictures, labels = f"`x_{look.subset}`", f"`y_{look.subset}`"
    arrays = say(
        "{pictures} holds the pictures and {labels} holds the labels. This line changes one label. "
        "Python does not look at the picture.",
        pictures=pictures,
        labels=labels,
    )
    what_for = (
        say("A network that learns from it takes {digit} for the right answer.", digit=other)
        if look.subset == "train"
        else say("If a network then reads {digit}, this counts as a mistake.", digit=own)
    )
    return Question(
        name="data-label",
        about=(look.sample,),
        text=say(
            "The label of {name} is {own}. You write `{line}`. What happens to the picture?",
            name=name,
            own=own,
            line=line,
        ),
        answer="stays",
        options={
            "becomes": say("It becomes a picture of the digit {digit}", digit=other),
            "refused": say("Nothing: Python refuses a wrong label"),
            "stays": say("Nothing: only its label is different"),
        },
        reason=f"{arrays} {what_for}",
        hint=say("In which array is the picture, and in which is its label?"),
        misconceptions=(
            Misconception(
                "becomes",
                say(
                    "The picture is 784 numbers in {array}. Does this line change one of them?",
                    array=pictures,
                ),
            ),
            Misconception(
                "refused",
                say("For Python a label is a number. Does Python know what the picture shows?"),
            ),
        ),
    )
