"""The questions of Prepare."""

import numpy as np

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_CLEAR_PIXEL = 204  # 0.8 of 255: where the digit has it, the division comes out even


def pixel(context: QuizContext) -> Question:
    """What becomes of one grey pixel."""
    values = context.picture.astype(int)
    row, column = np.unravel_index(np.abs(values - _CLEAR_PIXEL).argmin(), values.shape)
    value, sample = int(values[row, column]), context.selection.sample
    share, scaled = value / 255, context.spec.preparation.scale
    name = f"`{sample}`"
    return Question(
        name="prepare-pixel",
        about=(sample, value, row, column),
        text=say(
            "In {name} the pixel in row {row} and column {column} is {value}. Which number does "
            "your network get for this pixel?",
            name=name,
            row=row,
            column=column,
            value=value,
        ),
        answer=share if scaled else float(value),
        reason=say(
            "{value} / 255 = {share}. After this step, paper is 0 and the darkest ink is 1.",
            value=value,
            share=significant(share),
        )
        if scaled
        else say("You left the scaling out, so the number is still {value}.", value=value),
        hint=say("Step 2 divides each pixel by the largest value that a pixel can have.")
        if scaled
        else say("Which steps are left in your preparation? What do they do to a pixel?"),
        misconceptions=(
            Misconception(value, say("That is the pixel before step 2.")),
            Misconception(
                share, say("That is the number after the scaling. But you left the scaling out.")
            ),
            Misconception(
                255 / max(1, value), say("You divided 255 by the pixel. Divide the pixel.")
            ),
            Misconception(100 * share, say("That is a percentage. Step 2 ends at 1, not at 100.")),
            Misconception(
                value / 100, say("You divided by 100. What is the largest value of a pixel?")
            ),
            Misconception(
                1 - share, say("That is the distance to full ink. Divide the pixel itself.")
            ),
        ),
        tolerance=0.006 if scaled else 0.0,
    )


def one_hot(context: QuizContext) -> Question:
    """Why a label becomes ten numbers; or whether a network can learn without that."""
    if context.spec.preparation.one_hot:
        return _why_ten_numbers(context.label)
    return _one_number(context)


def _why_ten_numbers(label: int) -> Question:
    return Question(
        name="prepare-label",
        about=("why", label),
        text=say("Why does step 4 turn the label {label} into ten numbers?", label=label),
        answer="targets",
        reason=say(
            "The network gives ten answers. Training compares each answer with what it should be: "
            "1 for the digit {label}, and 0 for the nine other digits.",
            label=label,
        ),
        hint=say("How many answers does the network give? What should each of them be?"),
        misconceptions=(
            Misconception(
                "memory", say("How many numbers was the label before? How many is it now?")
            ),
            Misconception(
                "order",
                say(
                    "A larger digit is not a better answer: the digits are only ten names. In the "
                    "ten numbers, each digit has a place of its own."
                ),
            ),
            Misconception(
                "scale",
                say(
                    "One number can be between 0 and 1 too: divide the label by 9. So why ten "
                    "numbers?"
                ),
            ),
        ),
        options={
            "scale": say("All numbers in a network must be between 0 and 1"),
            "order": say("So the network learns which digits are large and which are small"),
            "targets": say("The network gives ten answers, and each needs its right value"),
            "memory": say("Numbers that are 0 or 1 need less memory"),
        },
    )


def _one_number(context: QuizContext) -> Question:
    fits, label = context.spec.labels_fit, context.label
    return Question(
        name="prepare-label",
        about=("without", label, fits),
        text=say(
            "You left one-hot out, so the label is still one number: {label}. Can your network "
            "learn with the loss and the metric that you chose on Train?",
            label=label,
        ),
        answer="fits" if fits else "refused",
        reason=say(
            "Your loss is `sparse_categorical_crossentropy`. It takes one number for a label: "
            "the place of the right answer. The ten answers stay as they are."
        )
        if fits
        else say(
            "Your loss or your metric compares ten answers with ten numbers. The label is one "
            "number, so Keras stops with an error."
        ),
        hint=say("Look at the loss on Train. Does it want one number for each label, or ten?"),
        misconceptions=(
            Misconception("refused", say("There is a loss that takes one number for each label."))
            if fits
            else Misconception("fits", say("Only one loss takes labels like this. Is it yours?")),
            Misconception(
                "one_answer",
                say("The last layer has ten units, with one-hot and without it. Look at Network."),
            ),
        ),
        options={
            "refused": say("No, it needs ten numbers for each label"),
            "fits": say("Yes, it learns to give ten answers as before"),
            "one_answer": say("Yes, but it gives only one answer now, not ten"),
        },
    )
