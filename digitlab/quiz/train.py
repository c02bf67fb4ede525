"""The question of Train about its steps; `train_curves` has the one about its curves."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from digitlab.quiz.context import QuizContext, kept_digits, learnt_digits
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import RunSpec
from digitlab.wording.numerals import short_per_cent, whole
from digitlab.wording.say import say


def updates(context: QuizContext) -> Question:
    """How often the whole training changes the weights."""
    training, labels = context.spec.training, context.data.y_train
    learnt = learnt_digits(context.spec, labels)
    steps = math.ceil(learnt / training.batch_size)
    everything = math.ceil(len(labels) / training.batch_size)
    epochs = training.epochs
    work = say(
        "In batches of {size} these are {steps} batches. The weights change after each batch, so "
        "{steps} times in an epoch. Number of changes: {steps} × {epochs} = {total}.",
        size=training.batch_size,
        steps=whole(steps),
        epochs=epochs,
        total=whole(steps * epochs),
    )
    each_batch = say("The weights change after each batch, not after each digit.")
    return Question(
        name="train-updates",
        text=say(
            "How many times will your training change the weights, from its start to its end?"
        ),
        answer=steps * epochs,
        reason=" ".join([*_digits_words(context.spec, labels), work]),
        hint=say(
            "The weights change once after each batch. How many batches does an epoch have, and "
            "how many epochs are there?"
        ),
        misconceptions=(
            Misconception(
                steps, say("That is one epoch. How many epochs does your training have?")
            ),
            Misconception(
                epochs,
                say("That is the number of epochs. But the weights change after each batch."),
            ),
            Misconception(learnt * epochs, each_batch),
            Misconception(learnt, each_batch),
            Misconception(
                everything * epochs, say("Your network does not learn from all training digits.")
            ),
            Misconception(
                learnt // training.batch_size * epochs,
                say("Nearly. The last batch of an epoch is not full, but it counts."),
            ),
        ),
    )


def _digits_words(spec: RunSpec, labels: NDArray[np.uint8]) -> Iterator[str]:
    """How the number of digits to learn from comes about, in sentences."""
    preparation, share = spec.preparation, spec.training.validation_share
    kept = kept_digits(spec, labels)
    yield say("There are {count} training digits.", count=whole(len(labels)))
    if preparation.data_share < 1:
        yield say(
            "Your settings keep {share} of them.", share=short_per_cent(preparation.data_share)
        )
    if preparation.dropped_digit is not None:
        yield say("Your settings leave out the digit {digit}.", digit=preparation.dropped_digit)
    if kept < len(labels):
        yield say("So {count} digits are left.", count=whole(kept))
    if share:
        yield say(
            "The validation share is {share}. So the network learns from {count} digits.",
            share=short_per_cent(share),
            count=whole(learnt_digits(spec, labels)),
        )
