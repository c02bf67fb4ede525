"""The questions of Robustness."""

import numpy as np

from digitlab.analysis.confidence import FAIR
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import per_cent

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
        text=f"When it must be {per_cent(threshold)} sure, your network answers {answered:,} of "
        f"the {len(labels):,} test digits and gets {correct:,} right. What percentage of its "
        "answers is right?",
        answer=share,
        reason=f"{correct:,} / {answered:,} = {correct / max(1, answered):.3f}: "
        f"{share:.1f}\N{NO-BREAK SPACE}%.",
        hint="Where it says nothing, it gives no answer: only the answers count.",
        misconceptions=(
            Misconception(
                100 * correct / len(labels), "That is of all test digits. Count its answers only."
            ),
            Misconception(
                100 * answered / len(labels), "That is the percentage that it answers at all."
            ),
            Misconception(share / 100, "That is a share of 1. What percentage is it?"),
            Misconception(100 - share, "That is the percentage of its answers that are wrong."),
            Misconception(100 * context.tested.test_accuracy, "That is without a threshold."),
        ),
        tolerance=0.6,
        unit=" %",
    )


def confidence(context: QuizContext) -> Question | None:
    """Whether it is surer than it should be."""
    if context.tested is None:
        return None
    sure = float(context.tested.probabilities.max(axis=1).mean())
    accuracy = context.tested.test_accuracy
    too_sure = "It claims more than it can do: too sure of itself"
    too_shy = "It can do more than it claims: not sure enough"
    fair = "Neither: it is about as sure as it is right"
    gap = sure - accuracy
    words = f"It is sure of {per_cent(sure, 1)} on average, and right in {per_cent(accuracy, 1)}"
    return Question(
        name="robust-confidence",
        about=(sure,),
        text=f"The largest of its ten probabilities is {per_cent(sure, 1)} on average over the "
        "test digits. Compare that with how many it reads right: what follows?",
        answer="fair" if abs(gap) < FAIR else "too_sure" if gap > 0 else "too_shy",
        reason=f"{words}: {abs(100 * gap):.1f} percentage points "
        + ("apart, next to nothing." if abs(gap) < FAIR else "less." if gap > 0 else "more."),
        hint="The sidebar says how many it reads right. Is that more or less than "
        f"{per_cent(sure, 1)}?",
        options={"too_sure": too_sure, "too_shy": too_shy, "fair": fair},
    )
