"""The questions of Ablations."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs.ablations import UNSEEN_DIGITS

_DIGIT = 8  # that the page leaves out first


def left_out(context: QuizContext) -> Question:
    """What a network can still read that has never seen one of the digits."""
    labels = context.data.y_train[-UNSEEN_DIGITS:]
    count = int(np.count_nonzero(labels == _DIGIT))
    rest = UNSEEN_DIGITS - count
    return Question(
        name="ablations-left-out",
        text=f"{count} of the {UNSEEN_DIGITS:,} unseen digits are an {_DIGIT}. A network has "
        f"learned from all digits but the {_DIGIT}. What is the highest number of unseen digits "
        f"that it can read, if it never answers {_DIGIT}?",
        answer=rest,
        reason=f"{UNSEEN_DIGITS:,} − {count} = {rest:,}. It can read all the others at best.",
        hint=f"It gives a wrong answer for each {_DIGIT}, and it may read all other digits.",
        misconceptions=(
            Misconception(count, f"That is how many it reads wrongly: each {_DIGIT}."),
            Misconception(UNSEEN_DIGITS, f"Then it would read the {_DIGIT}s too."),
        ),
    )


def scaling(context: QuizContext) -> Question:
    """What follows when a change helps a network that learns too slowly."""
    longer = "The article's steps are too small, and larger pixels make them longer"
    useless = "Scaling is not useful for networks"
    better = "The larger the numbers are, the better a network learns"
    return Question(
        name="ablations-scaling",
        text="Without scaling the article's network reads more digits, but the network with 128 "
        "ReLU units and a learning rate of 0.1 learns next to nothing. What follows?",
        answer="longer",
        reason="A learning rate of 0.1 makes longer steps too, and it helps more. Where steps are "
        "long already, larger pixels make them too long.",
        hint="What do the experiments under “Longer steps” have in common?",
        misconceptions=(
            Misconception("useless", "Look at the network with 128 ReLU units: what does it read?"),
            Misconception("better", "The network with 128 ReLU units got larger numbers too."),
        ),
        options={"useless": useless, "better": better, "longer": longer},
    )
