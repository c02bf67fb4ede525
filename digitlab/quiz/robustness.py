"""The questions of Robustness."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import decimal, per_cent, whole
from digitlab.wording.say import say

_THRESHOLDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)


def above_threshold(context: QuizContext) -> Question | None:
    """How good the answers are that pass a threshold."""
    if context.tested is None:
        return None
    probabilities, labels = context.tested.probabilities, context.data.y_test
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    half = len(labels) / 2  # so that both count: what it answers, and what it does not
    possible = [threshold for threshold in _THRESHOLDS if np.any(sure >= threshold)]
    if not possible:
        return None
    threshold = min(possible, key=lambda threshold: abs(np.count_nonzero(sure >= threshold) - half))
    answered = int(np.count_nonzero(sure >= threshold))
    correct = int(np.count_nonzero(right[sure >= threshold]))
    share = 100 * correct / max(1, answered)
    return Question(
        name="robust-threshold",
        about=(threshold, answered, correct),
        text=say(
            "With a threshold of {threshold} your network answers {answered} of the {all} test "
            "digits. {right} of these answers are right. What percentage of its answers is right?",
            threshold=per_cent(threshold),
            answered=whole(answered),
            all=whole(len(labels)),
            right=whole(correct),
        ),
        answer=share,
        reason=say(
            "{right} / {answered} = {share}. That is {percent}.",
            right=whole(correct),
            answered=whole(answered),
            share=decimal(correct / max(1, answered), 3),
            percent=per_cent(correct / max(1, answered), 1),
        ),
        hint=say("*I don't know* is not an answer. Count only the answers."),
        misconceptions=(
            Misconception(
                100 * correct / len(labels),
                say("You divided by all test digits. Divide by the number of its answers."),
            ),
            Misconception(
                100 * answered / len(labels),
                say("That is the percentage of the digits that it answers."),
            ),
            Misconception(share / 100, say("That is a share of 1. What percentage is it?")),
            Misconception(
                100 - share, say("That is the percentage of its answers that are wrong.")
            ),
            Misconception(
                100 * context.tested.test_accuracy, say("That is its accuracy without a threshold.")
            ),
        ),
        tolerance=0.6,
        unit=" %",
    )


def letter(context: QuizContext) -> Question | None:
    """What a network says to a picture that is no digit."""
    if context.network is None:
        return None
    return Question(
        name="robust-letter",
        text=say(
            "You draw the letter X, and your network reads it. What is true of its ten "
            "probabilities?"
        ),
        answer="shares",
        reason=say(
            "The ten probabilities always add up to {all}, for every picture. So one of them can "
            "be very large, although the picture is no digit. Try it in *Not a digit*.",
            all=per_cent(1),
        ),
        hint=say("What do the ten probabilities always add up to?"),
        misconceptions=(
            Misconception(
                "zero",
                say("Ten numbers of 0 add up to 0. What do ten probabilities add up to?"),
            ),
            Misconception(
                "equal",
                say(
                    "Some lines of an X are also in some digits. Do such lines give all ten digits "
                    "the same sum?"
                ),
            ),
            Misconception(
                "none",
                say(
                    "For the network this picture is 784 numbers, like every picture. It "
                    "calculates with them in the same way."
                ),
            ),
        ),
        options={
            "zero": say("All ten are near 0, because an X is no digit"),
            "shares": say("They add up to {all}, and one of them can be large", all=per_cent(1)),
            "equal": say(
                "All ten are {share}, because the network can't know", share=per_cent(0.1)
            ),
            "none": say("There are none: the network can't calculate with an X"),
        },
    )
