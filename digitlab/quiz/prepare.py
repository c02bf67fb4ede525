"""The questions of Prepare."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import CLASSES

_CLEAR_PIXEL = 204  # 0.8 of 255: where the digit has it, the division comes out even


def pixel(context: QuizContext) -> Question:
    """What becomes of one grey pixel."""
    values = context.picture.astype(int)
    row, column = np.unravel_index(np.abs(values - _CLEAR_PIXEL).argmin(), values.shape)
    value = int(values[row, column])
    share, scaled = value / 255, context.spec.preparation.scale
    return Question(
        name="prepare-pixel",
        about=(context.selection.sample, value, row, column),
        text=f"`{context.selection.sample}` has a pixel of {value}, in row {row}, column "
        f"{column}. What does your network get there?",
        answer=share if scaled else float(value),
        reason=f"{value} / 255 = {share:.4g}: 0 would be paper, 1 the darkest ink."
        if scaled
        else f"Your preparation leaves the scaling out, so it stays {value}.",
        hint="Step 2 divides by the largest value that a pixel can have."
        if scaled
        else "Which steps are left in your preparation, and what do they do to a pixel?",
        misconceptions=(
            Misconception(value, "That is the pixel before step 2."),
            Misconception(
                share, "That would be right with the scaling, but your preparation leaves it out."
            ),
            Misconception(255 / max(1, value), "The other way round: which of the two is divided?"),
            Misconception(100 * share, "That is per cent. Step 2 ends at 1, not at 100."),
            Misconception(
                value / 100, "It is not divided by 100. What is the largest value of a pixel?"
            ),
            Misconception(1 - share, "That is how far it is from full ink."),
        ),
        tolerance=0.006 if scaled else 0.0,
    )


def place(context: QuizContext) -> Question:
    """Where the 1 stands in the one-hot vector."""
    label = context.label
    if not context.spec.preparation.one_hot:
        return Question(
            name="prepare-label",
            about=(context.selection.sample, label),
            text=f"The label of `{context.selection.sample}` is {label}. With how many numbers is "
            "your network told so?",
            answer=1,
            reason=f"Your preparation leaves one-hot out, so the label stays one number: {label}.",
            hint="Step 4 makes more numbers of a label. Is it in your preparation?",
            misconceptions=(
                Misconception(
                    CLASSES, "That would be right with one-hot, but your preparation leaves it out."
                ),
                Misconception(label, "That is the label itself. How many numbers is it?"),
            ),
        )
    behind = CLASSES - 1 - label
    return Question(
        name="prepare-label",
        about=(label,),
        text=f"The label {label} becomes ten numbers. How many zeros stand behind the 1?",
        answer=behind,
        reason=f"The places count from 0, so the 1 stands at place {label}, behind {label} zeros. "
        f"Of the nine zeros {behind} are left.",
        hint="Write the ten numbers down, from place 0 to place 9.",
        misconceptions=(
            Misconception(label, "That is how many stand in front of it."),
            Misconception(CLASSES - label, "The places count from 0, not from 1."),
            Misconception(
                CLASSES - 1, "That is how many zeros there are in all, in front of it and behind."
            ),
        ),
    )
