"""Questions of Evaluate, Predict and Draw."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES, IMAGE_SHAPE, PIXELS
from digitlab.wording.descriptions import a
from digitlab.wording.numerals import by, per_cent

_CLASS = 30  # pupils
_CANVAS = 280  # pixels a side
_FITTED = 20  # pixels a side that MNIST fits a digit into
_SEEN = 0.001  # the page shows tenths of a per cent


def missed(context: QuizContext) -> Question | None:
    """How many of one digit are not found: along the row of the confusion matrix."""
    matrix = context.matrix
    if matrix is None:
        return None
    found, real = np.diag(matrix), matrix.sum(axis=1)
    digit = int((found / np.maximum(1, real)).argmin())
    right, of, called = int(found[digit]), int(real[digit]), int(matrix[:, digit].sum())
    wrong = np.delete(matrix[digit], digit)
    return Question(
        name="evaluate-missed",
        text=f"How many of the real {digit}s does your network take for another digit?",
        answer=of - right,
        reason=f"Row {digit} of the matrix adds up to {of:,}, and its cell on the diagonal is "
        f"{right:,}: {of:,} − {right:,} = {of - right:,}.",
        hint=f"All real {digit}s stand in one row of the matrix. Which cells of it are mistakes?",
        misconceptions=(
            Misconception(
                called - right, "That is the column: digits of another kind that it calls so."
            ),
            Misconception(right, "That is how many it reads correctly."),
            Misconception(of, "That is how many there are in all."),
            Misconception(called, f"That is how often it says {digit}, rightly or wrongly."),
            Misconception(int(wrong.max()), "That is only one of the cells with mistakes."),
        ),
    )


def believed(context: QuizContext) -> Question | None:
    """How far it can be believed when it names one digit: its precision, not its recall."""
    matrix = context.matrix
    if matrix is None:
        return None
    found, real, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    precision, recall = found / np.maximum(1, called), found / np.maximum(1, real)
    apart = np.where(called > 0, np.abs(precision - recall), -1)
    digit = int(apart.argmax())
    share, of_real = float(precision[digit]), float(recall[digit])
    return Question(
        name="evaluate-believed",
        text=f"Your network calls a digit {a(digit)}. In how many of 100 such cases is it right?",
        answer=100 * share,
        reason=f"Column {digit} of the matrix adds up to {called[digit]:,}, and its cell on the diagonal "
        f"is {found[digit]:,}: {found[digit]:,} / {called[digit]:,} = {share:.3f}, so {100 * share:.1f} of 100. That is "
        "the precision.",
        hint=f"Of all digits that it calls {digit}, down that column of the matrix: what share really "
        "are?",
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


def rest(context: QuizContext) -> Question | None:
    """What the nine other probabilities add up to."""
    if context.network is None:
        return None
    answers = context.network.probabilities[context.selection.test_index]
    answer = int(answers.argmax())
    largest = round(100 * float(answers[answer]), 1)
    left = round(100 - largest, 1)
    return Question(
        name="predict-rest",
        text=f"It says {answer} with {largest:.1f}\N{NO-BREAK SPACE}%. What percentage do the other nine have "
        "together?",
        answer=left,
        reason=f"All ten add up to 100\N{NO-BREAK SPACE}%: 100 − {largest:.1f} = {left:.1f}."
        + " (To a tenth of a per cent: it is never quite nothing.)" * (left == 0),
        hint="What do all ten add up to?",
        misconceptions=(
            Misconception(largest, "That is what the answer itself has."),
            Misconception(left / 100, "That is a share of 1. What percentage is it?"),
            Misconception(left / 9, "That is one of the nine, on average."),
            Misconception(100.0, "That is all ten together."),
        ),
        tolerance=0.15,
        unit=" %",
    )


def second(context: QuizContext) -> Question | None:
    """What it would say without its first answer."""
    if context.network is None:
        return None
    answers = context.network.probabilities[context.selection.test_index]
    *_, third, runner_up, answer = np.argsort(answers, kind="stable").tolist()
    if answers[runner_up] < _SEEN or answers[runner_up] - answers[third] < _SEEN:
        return _no_idea(float(answers[answer]), answer)
    return Question(
        name="predict-second",
        text="Cover the longest bar. Which digit would your network say now?",
        answer=runner_up,
        reason=f"Without the {answer}, argmax finds the place of the next largest: {runner_up}, with "
        f"{per_cent(answers[runner_up], 1)}.",
        hint="argmax names the place of the largest number that is left.",
        misconceptions=(Misconception(answer, "That is the bar to cover."),),
    )


def _no_idea(largest: float, answer: int) -> Question:
    """Asked where the answer is so sure that no second one can be seen."""
    return Question(
        name="predict-second",
        text=f"It says {answer} with {per_cent(largest, 1)}. What percentage would each digit get if it "
        "had no idea and gave all ten the same?",
        answer=100 // CLASSES,
        reason=f"The ten add up to 100\N{NO-BREAK SPACE}%, and 100 / {CLASSES} = {100 // CLASSES}.",
        hint="What do all ten add up to?",
        misconceptions=(
            Misconception(
                0, "They always add up to 100\N{NO-BREAK SPACE}%, so it can't be nothing."
            ),
        ),
        unit=" %",
    )


def received(context: QuizContext) -> Question:
    """How many numbers of a drawing reach the network."""
    side = IMAGE_SHAPE[0]
    return Question(
        name="draw-received",
        text=f"The canvas has {by(_CANVAS, _CANVAS)} pixels. With how many numbers does your drawing "
        "reach the network?",
        answer=PIXELS,
        reason=f"It is made smaller, to {by(side, side)} = {PIXELS}: as many as a digit of MNIST has.",
        hint="What size has the small picture beside the canvas, the one that it receives?",
        misconceptions=(
            Misconception(_CANVAS**2, "That is the canvas. The drawing is made smaller first."),
            Misconception(2 * side, f"{side} rows of {side}: is that a sum?"),
            Misconception(side, "That is the number of rows. How many numbers are in all of them?"),
            Misconception(
                _FITTED**2, "The digit itself fits in there. It also gets the margin around it."
            ),
            Misconception(CLASSES, "That is how many come out of it. How many go in?"),
        ),
    )


def pupils(context: QuizContext) -> Question | None:
    """How many drawings of a class it would read."""
    if context.network is None:
        return None
    share = context.network.test_accuracy
    return Question(
        name="draw-class",
        text=f"{_CLASS} pupils draw one digit each. If your network read drawings as well as test "
        "digits, how many would it read right, on average?",
        answer=_CLASS * share,
        reason=f"It reads {per_cent(share, 1)} of the test digits: {_CLASS} × {share:.3f} = "
        f"{_CLASS * share:.1f}. How many is it really, in your class?",
        hint=f"The sidebar says how many of the test digits it reads. How many is that out of {_CLASS}?",
        misconceptions=(
            Misconception(100 * share, f"That is out of 100. How many out of {_CLASS}?"),
            Misconception(_CLASS * (1 - share), "That is how many it would read wrongly."),
            Misconception(share, "That is a share of 1. How many pupils are that?"),
        ),
        tolerance=0.6,
    )
