"""The questions of Predict."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES
from digitlab.wording.numerals import per_cent

_SEEN = 0.001  # the page shows tenths of a per cent


def rest(context: QuizContext) -> Question | None:
    """What the nine other probabilities add up to."""
    if context.network is None:
        return None
    probabilities = context.network.probabilities[context.selection.test_index]
    answer = int(probabilities.argmax())
    largest = round(100 * float(probabilities[answer]), 1)
    left = round(100 - largest, 1)
    return Question(
        name="predict-rest",
        about=(answer,),
        text=f"It says {answer} with {largest:.1f}\N{NO-BREAK SPACE}%. What percentage do the "
        "other nine have together?",
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
    probabilities = context.network.probabilities[context.selection.test_index]
    *_, third, runner_up, answer = np.argsort(probabilities, kind="stable").tolist()
    if probabilities[runner_up] < _SEEN or probabilities[runner_up] - probabilities[third] < _SEEN:
        return _no_idea(float(probabilities[answer]), answer)
    return Question(
        name="predict-second",
        text="Cover the longest bar. Which digit would your network say now?",
        answer=runner_up,
        reason=f"Without the {answer}, argmax finds the place of the next largest: {runner_up}, "
        f"with {per_cent(probabilities[runner_up], 1)}.",
        hint="argmax names the place of the largest number that is left.",
        misconceptions=(Misconception(answer, "That is the bar to cover."),),
    )


def _no_idea(largest: float, answer: int) -> Question:
    """Asked where the answer is so sure that no second one can be seen."""
    return Question(
        name="predict-second",
        about=(answer, largest),
        text=f"It says {answer} with {per_cent(largest, 1)}. What percentage would each digit get "
        "if it had no idea and gave all ten the same?",
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
