"""The questions of Luck."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import decimal, per_cent, whole
from digitlab.wording.say import say

_APART = 150  # test digits between two networks


def same_seed(context: QuizContext) -> Question:
    """What a seed repeats."""
    seed = context.spec.training.seed
    return Question(
        name="luck-seed",
        about=(seed,),
        text=say(
            "You train your recipe twice with seed {seed} and once with seed {other}. Are the "
            "three networks the same?",
            seed=seed,
            other=seed + 1,
        ),
        answer="right",
        reason=say(
            "The seed decides everything that is random: the first weights and the order of the "
            "digits. The same recipe with the same seed gives the same numbers."
        ),
        hint=say("What is random in a training? What decides it?"),
        misconceptions=(
            Misconception(
                "all_alike",
                say("The recipe is the same. But does another seed give the same random numbers?"),
            ),
            Misconception(
                "all_differ",
                say("The start is random, but one number decides which random numbers come."),
            ),
            Misconception(
                "later",
                say("The first weights are random too. When does the seed choose them?"),
            ),
        ),
        options={
            "all_alike": say("All three are the same"),
            "all_differ": say("All three are different"),
            "right": say("Only the two with seed {seed} are the same", seed=seed),
            "later": say("All three start the same and become different later"),
        },
    )


def points(context: QuizContext) -> Question | None:
    """How far two networks are apart, in percentage points."""
    if context.tested is None:
        return None
    total = len(context.data.y_test)
    right = round(context.tested.test_accuracy * total)
    other = right + (_APART if right + _APART <= total else -_APART)
    apart, relative = 100 * _APART / total, 100 * _APART / max(1, right)
    return Question(
        name="luck-points",
        about=(right, total, other),
        text=say(
            "Your network reads {right} of {all} test digits. Suppose that another seed gives "
            "{other}. How many percentage points are between them?",
            right=whole(right),
            all=whole(total),
            other=whole(other),
        ),
        answer=apart,
        reason=say(
            "{own} and {with_other}: the difference is {points} percentage points. Can luck alone "
            "do that? Train with several seeds to see it.",
            own=per_cent(right / total, 2),
            with_other=per_cent(other / total, 2),
            points=decimal(apart, 2),
        ),
        hint=say("Write both numbers as per cent of all test digits. Then take the difference."),
        misconceptions=(
            Misconception(
                _APART, say("That is a number of digits. How many is that of 100 digits?")
            ),
            Misconception(apart / 100, say("That is a share of 1. What percentage is it?")),
            Misconception(
                relative,
                say(
                    "You divided by the digits that your network reads. Divide by all test digits."
                ),
            ),
        ),
        tolerance=0.02,
    )
