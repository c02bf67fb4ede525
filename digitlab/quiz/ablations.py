"""The questions of Ablations."""

from typing import Final

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.specs.ablations import UNSEEN_DIGITS
from digitlab.wording.numerals import whole
from digitlab.wording.say import say

_DIGIT: Final = 8  # that the page leaves out first


def left_out(context: QuizContext) -> Question:
    """What a network can still read that has never seen one of the digits."""
    labels, digit = context.data.y_train[-UNSEEN_DIGITS:], _missing_digit(context)
    count = int(np.count_nonzero(labels == digit))
    rest = UNSEEN_DIGITS - count
    return Question(
        name="ablations-left-out",
        about=(digit, count),
        text=say(
            "A network has learned from all digits except {digit}. It never answers {digit}. "
            "{count} of the {all} unseen digits have the label {digit}. How many unseen digits can "
            "it read at best?",
            count=count,
            all=whole(UNSEEN_DIGITS),
            digit=digit,
        ),
        answer=rest,
        reason=say(
            "{all} − {count} = {rest}. At best it reads all the other digits.",
            all=whole(UNSEEN_DIGITS),
            count=count,
            rest=whole(rest),
        ),
        hint=say(
            "It gives a wrong answer for each {digit}. It can read all other digits.", digit=digit
        ),
        misconceptions=(
            Misconception(
                count, say("That is how many it reads wrongly: each {digit}.", digit=digit)
            ),
            Misconception(UNSEEN_DIGITS, say("Then it would read each {digit} too.", digit=digit)),
        ),
    )


def scaling(context: QuizContext) -> Question:
    """What follows when a change helps a network that learns too slowly."""
    return Question(
        name="ablations-scaling",
        text=say(
            "Leave out the scaling. Then the article's network reads more digits. But the network "
            "with 128 ReLU units and a learning rate of 0.1 learns almost nothing. What follows?"
        ),
        answer="longer",
        reason=say(
            "A learning rate of 0.1 makes longer steps too, and it helps more. Where the steps are "
            "already long, larger pixels make them too long."
        ),
        hint=say("What do all the experiments of the view *Longer steps* change?"),
        misconceptions=(
            Misconception(
                "useless",
                say("Look at the network with 128 ReLU units. How many digits does it still read?"),
            ),
            Misconception(
                "better",
                say("The network with 128 ReLU units got larger numbers too. Did it get better?"),
            ),
            Misconception(
                "relu",
                say(
                    "The article's network learns less too, when its steps are already long. The "
                    "last experiment of the view *Longer steps* shows it."
                ),
            ),
        ),
        options={
            "useless": say("Networks do not need scaling"),
            "longer": say("Larger pixels make longer steps, and the article's steps are too small"),
            "better": say("A network learns better from larger numbers"),
            "relu": say("Only networks with ReLU need scaling, and the article has sigmoid"),
        },
    )


def _missing_digit(context: QuizContext) -> int:
    """The one that the learner's own network has never seen, if there is one."""
    network = context.network
    own = network.spec.preparation.dropped_digit if isinstance(network, TrainedNetwork) else None
    return _DIGIT if own is None else own
