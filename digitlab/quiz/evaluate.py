"""The questions of Evaluate."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.descriptions import a


def missed(context: QuizContext) -> Question | None:
    """How many of one digit are not found: along the row of the confusion matrix."""
    matrix = context.matrix
    if matrix is None:
        return None
    correct, real = np.diag(matrix), matrix.sum(axis=1)
    digit = int((correct / np.maximum(1, real)).argmin())
    right, of, called = int(correct[digit]), int(real[digit]), int(matrix[:, digit].sum())
    wrong = np.delete(matrix[digit], digit)
    return Question(
        name="evaluate-missed",
        about=(digit,),
        text=f"How many of the real {digit}s does your network take for another digit?",
        answer=of - right,
        reason=f"Of {of:,} real {digit}s, {right:,} are true positives. The others are false "
        f"negatives: {of:,} − {right:,} = {of - right:,}.",
        hint=f"Choose {digit} above. Which of the four numbers counts the real {digit}s that are "
        "read as another digit?",
        misconceptions=(
            Misconception(
                called - right,
                f"Those are the false positives: other digits that it calls {a(digit)}.",
            ),
            Misconception(right, "That is how many it reads correctly."),
            Misconception(of, "That is how many there are in all."),
            Misconception(called, f"That is how often it says {digit}, rightly or wrongly."),
            Misconception(
                int(wrong.max()), "That is only its most common wrong answer. Count all."
            ),
        ),
    )


def believed(context: QuizContext) -> Question | None:
    """How far it can be believed when it names one digit: its precision, not its recall."""
    matrix = context.matrix
    if matrix is None:
        return None
    correct, real, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    precision, recall = correct / np.maximum(1, called), correct / np.maximum(1, real)
    apart = np.where(called > 0, np.abs(precision - recall), -1)
    digit = int(apart.argmax())
    share, of_real = float(precision[digit]), float(recall[digit])
    return Question(
        name="evaluate-believed",
        about=(digit,),
        text=f"Your network calls a digit {a(digit)}. In how many of 100 such cases is it right?",
        answer=100 * share,
        reason=f"It calls {called[digit]:,} digits {a(digit)}, and {correct[digit]:,} of them are "
        f"true positives: {correct[digit]:,} / {called[digit]:,} = {share:.3f}, "
        f"so {100 * share:.1f} of 100. That is the precision.",
        hint=f"Choose {digit} above. TP + FP is how often the network says {digit}. What share of "
        "that is TP?",
        misconceptions=(
            Misconception(
                100 * of_real, f"That is the recall: how many of the real {digit}s it finds."
            ),
            Misconception(share, "That is a share of 1. How many out of 100 is that?"),
            Misconception(of_real, f"That is the recall: how many of the real {digit}s it finds."),
            Misconception(100 - 100 * share, "That is how often it is wrong."),
        ),
        tolerance=0.6,
    )
