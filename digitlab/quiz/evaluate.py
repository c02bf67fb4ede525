"""The questions of Evaluate."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import decimal, per_cent, whole
from digitlab.wording.say import say


def tendency(context: QuizContext) -> Question | None:
    """What it means when recall and precision of a digit are apart."""
    matrix = context.matrix
    if matrix is None:
        return None
    correct, real, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    precision, recall = correct / np.maximum(1, called), correct / np.maximum(1, real)
    apart = np.where(called > 0, np.abs(precision - recall), -1)
    digit = int(apart.argmax())
    precision_text, recall_text = decimal(precision[digit], 3), decimal(recall[digit], 3)
    if precision_text == recall_text:
        return _never_said(int(real[digit]), int(matrix.sum()), digit)
    rarely = bool(precision[digit] > recall[digit])
    wrong = say("Which of the two is larger: FP or FN? Look at the formulas of the two scores.")
    false_positives, false_negatives = called[digit] - correct[digit], real[digit] - correct[digit]
    numbers = say(
        "There are {real} pictures of the digit {digit}, and the network answers {digit} {called} "
        "times.",
        real=whole(int(real[digit])),
        digit=digit,
        called=whole(int(called[digit])),
    )
    compared = (
        say(
            "False positives: {fp}. False negatives: {fn}, more than that. So the recall is lower "
            "than the precision.",
            fp=whole(int(false_positives)),
            fn=whole(int(false_negatives)),
        )
        if rarely
        else say(
            "False positives: {fp}. False negatives: {fn}, fewer than that. So the precision is "
            "lower than the recall.",
            fp=whole(int(false_positives)),
            fn=whole(int(false_negatives)),
        )
    )
    return Question(
        name="evaluate-tendency",
        about=(digit, precision_text, recall_text),
        text=say(
            "For the digit {digit} your network has a recall of {recall} and a precision of "
            "{precision}. What do these two scores tell you?",
            digit=digit,
            recall=recall_text,
            precision=precision_text,
        ),
        options={
            "often": say("It answers {digit} too often", digit=digit),
            "unsure": say("It is not sure when it answers {digit}", digit=digit),
            "rarely": say("It answers {digit} too rarely", digit=digit),
            "right": say("It answers {digit} exactly as often as it should", digit=digit),
        },
        answer="rarely" if rarely else "often",
        reason=f"{numbers} {compared}",
        hint=wrong,
        misconceptions=(
            Misconception("often" if rarely else "rarely", wrong),
            Misconception(
                "unsure", say("Both scores only count answers. They don't use the probabilities.")
            ),
            Misconception(
                "right",
                say("Then FP and FN would be equal. Could recall and precision differ then?"),
            ),
        ),
    )


def _never_said(real: int, total: int, digit: int) -> Question:
    """Asked where recall and precision are the same: what accuracy alone does not show."""
    accuracy = per_cent((total - real) / total, 1)
    return Question(
        name="evaluate-tendency",
        about=("never", digit, real),
        text=say(
            "Think of a network that never answers {digit}. For the question *{digit} or not?* it "
            "has an accuracy of {accuracy}. Which number shows that it finds none of these "
            "digits?",
            digit=digit,
            accuracy=accuracy,
        ),
        options={
            "accuracy": say("Its accuracy"),
            "positives": say("Its number of false positives (FP)"),
            "recall": say("Its recall"),
            "negatives": say("Its number of true negatives (TN)"),
        },
        answer="recall",
        reason=say(
            "Recall = TP / (TP + FN). The network has no true positives, so its recall is 0. Most "
            "pictures show another digit, and these make the accuracy high."
        ),
        hint=say("Which number uses only the pictures of the digit {digit}?", digit=digit),
        misconceptions=(
            Misconception(
                "accuracy", say("{accuracy} looks like a good score.", accuracy=accuracy)
            ),
            Misconception(
                "positives",
                say("A network that never answers {digit} has no false positives.", digit=digit),
            ),
            Misconception(
                "negatives", say("It has as many true negatives as possible. That looks good.")
            ),
        ),
    )


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
        text=say(
            "How many pictures of the digit {digit} does your network read as another digit?",
            digit=digit,
        ),
        answer=of - right,
        reason=say(
            "There are {real} pictures of the digit {digit}. {right} of them are true positives. "
            "The others are false negatives: {real} − {right} = {missed}.",
            real=whole(of),
            digit=digit,
            right=whole(right),
            missed=whole(of - right),
        ),
        hint=say(
            "Choose {digit} above. Which of the four numbers counts the pictures of the digit "
            "{digit} that the network reads as another digit?",
            digit=digit,
        ),
        misconceptions=(
            Misconception(
                called - right,
                say(
                    "Those are the false positives: other digits that it reads as {digit}.",
                    digit=digit,
                ),
            ),
            Misconception(right, say("That is how many it reads correctly.")),
            Misconception(of, say("That is how many there are in all.")),
            Misconception(
                called,
                say("That is how often it answers {digit}, right and wrong together.", digit=digit),
            ),
            Misconception(
                int(wrong.max()), say("That is only its most common wrong answer. Count all.")
            ),
        ),
    )
