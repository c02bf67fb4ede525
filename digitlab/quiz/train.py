"""The questions of Train."""

import math

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.quiz.context import QuizContext, kept_digits, learnt_digits
from digitlab.quiz.question import Misconception, Question
from digitlab.specs import RunSpec
from digitlab.wording.numerals import short_per_cent


def batches(context: QuizContext) -> Question:
    """The batches of an epoch with another batch size."""
    training, labels = context.spec.training, context.data.y_train
    place = limits.BATCH_SIZES.index(training.batch_size)
    other = limits.BATCH_SIZES[place - 1 if place else 1]
    used, learnt = kept_digits(context.spec, labels), learnt_digits(context.spec, labels)
    count = math.ceil(learnt / other)
    rest = learnt % other
    last = f"{learnt // other:,} full batches and one of {rest}" if rest else "all of them full"
    too_many = "Your network does not learn from all of these digits. Which are left out?"
    return Question(
        name="train-batches",
        about=(other, training.batch_size),
        text=f"Take batches of {other} instead of {training.batch_size}. How many batches are "
        "there in one epoch then?",
        answer=count,
        reason=f"{_digits_words(context.spec, labels)}. In batches of {other} that is {count:,}, "
        f"{last}.",
        hint="How many digits does your network learn from? Divide them by the batch size.",
        misconceptions=(
            Misconception(learnt // other, "Nearly: the last batch is not full, but it counts."),
            Misconception(
                math.ceil(learnt / training.batch_size), f"That is with {training.batch_size}."
            ),
            Misconception(count * training.epochs, "That is in all epochs. How many are in one?"),
            Misconception(math.ceil(used / other), too_many),
            Misconception(math.ceil(len(labels) / other), too_many),
            Misconception(
                learnt, "That is how many digits there are. How many batches do they fill?"
            ),
        ),
    )


def updates(context: QuizContext) -> Question:
    """How often the whole training changes the weights."""
    training, labels = context.spec.training, context.data.y_train
    learnt = learnt_digits(context.spec, labels)
    steps = math.ceil(learnt / training.batch_size)
    everything = math.ceil(len(labels) / training.batch_size)
    epochs = training.epochs
    return Question(
        name="train-updates",
        text="How many times does your training change the weights, from its start to its end?",
        answer=steps * epochs,
        reason=f"{_digits_words(context.spec, labels)}. In batches of {training.batch_size} that "
        f"makes {steps:,} changes an epoch, and {steps:,} × {epochs} = {steps * epochs:,}.",
        hint="After each batch they change once. How many batches has an epoch, and how many "
        "epochs are there?",
        misconceptions=(
            Misconception(steps, "That is one epoch."),
            Misconception(epochs, "Those are the epochs. The weights change after each batch."),
            Misconception(learnt * epochs, "They change after each batch, not after each digit."),
            Misconception(learnt, "They change after each batch, not after each digit."),
            Misconception(everything * epochs, "Your network does not learn from all the digits."),
            Misconception(
                learnt // training.batch_size * epochs,
                "Nearly: the last batch of an epoch is not full, but it counts.",
            ),
        ),
    )


def _digits_words(spec: RunSpec, labels: NDArray[np.uint8]) -> str:
    """How the number of digits to learn from comes about."""
    preparation, share = spec.preparation, spec.training.validation_share
    words = f"There are {len(labels):,} training digits"
    if preparation.data_share < 1:
        words += f", of which {short_per_cent(preparation.data_share)} are taken"
    if preparation.dropped_digit is not None:
        words += f", no {preparation.dropped_digit} among them"
    kept = kept_digits(spec, labels)
    if kept < len(labels):
        words += f": {kept:,}"
    if share:
        words += (
            f"; {short_per_cent(share)} are set aside for validation, which leaves "
            f"{learnt_digits(spec, labels):,}"
        )
    return words
