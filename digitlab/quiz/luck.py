"""The questions of Luck."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import per_cent

_APART = 150  # test digits between two networks


def same_seed(context: QuizContext) -> Question:
    """What a seed repeats."""
    seed = context.spec.training.seed
    right = f"The two with seed {seed} are alike, the third one differs"
    all_alike, all_differ = "All three are alike", "All three differ"
    return Question(
        name="luck-seed",
        about=(seed,),
        text=f"You train your recipe twice with seed {seed} and once with seed {seed + 1}. What "
        "about the three networks?",
        answer="right",
        reason="The seed decides all that is random: the first weights, where they are random, "
        "and the order of the digits. Same seed, same numbers.",
        hint="What is random in a training, and what decides it?",
        misconceptions=(
            Misconception(
                "all_alike", "The recipe is the same, but another seed deals other random numbers."
            ),
            Misconception("all_differ", "A training is random, but what does the seed decide?"),
        ),
        options={"all_alike": all_alike, "right": right, "all_differ": all_differ},
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
        text=f"Your network reads {right:,} of {total:,} test digits. Suppose that another seed "
        f"gives {other:,}. How many percentage points are the two apart?",
        answer=apart,
        reason=f"{per_cent(right / total, 2)} and {per_cent(other / total, 2)}: {apart:.2f} "
        "percentage points. Can luck alone do that? Train with several seeds to see it.",
        hint="Write both as per cent of all test digits, and take the difference.",
        misconceptions=(
            Misconception(_APART, "That is a number of digits. How many is it out of 100?"),
            Misconception(apart / 100, "That is a share of 1. What percentage is it?"),
            Misconception(
                relative, "That is per cent of those it reads. Points are of all test digits."
            ),
        ),
        tolerance=0.02,
    )
