"""The question of Train about the learner's own curves: what they show, and why."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from digitlab.quiz.context import QuizContext, kept_digits, learnt_digits
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import GUESSING
from digitlab.records.training import EpochRecord
from digitlab.specs import CLASSES, RunSpec
from digitlab.wording.numerals import decimal, significant, whole
from digitlab.wording.say import say

_NAME: Final = "train-curves"

_RISE: Final = 1.05
"""Times the lowest validation loss: from here on a rise is no accident of one epoch."""

_ABOVE: Final = 0.02
"""Of the accuracy: a learner sees that one curve is so far above the other."""

_STEP: Final = 0.005
"""Of the accuracy: what grows by less from epoch to epoch may have come to its end."""


def curves(context: QuizContext) -> Question:
    """Why the learner's curves lie as they do; what a learning rate does, if there are none."""
    network = context.network
    if not isinstance(network, TrainedNetwork):
        return _larger_rate(context.spec)
    history, labels = network.history, context.data.y_train
    aside = kept_digits(network.spec, labels) - learnt_digits(network.spec, labels)
    return (
        _overfitting(history)
        or _training_below_validation(history, aside)
        or _same_digits_again(history)
        or _larger_rate(context.spec)
    )


def _overfitting(history: Sequence[EpochRecord]) -> Question | None:
    """A validation loss that rises while the training loss falls."""
    losses = [record.logs.get("val_loss", math.nan) for record in history]
    if not losses or not all(map(math.isfinite, losses)):
        return None
    best, last = int(np.argmin(losses)), len(losses) - 1
    training = [history[epoch].logs["loss"] for epoch in (best, last)]
    if losses[last] < _RISE * losses[best] or training[1] >= training[0]:
        return None
    lowest, end, before, after = (decimal(x, 3) for x in (losses[best], losses[last], *training))
    return Question(
        name=_NAME,
        about=("overfitting", best, last, lowest, end, before, after),
        text=say(
            "From epoch {best} to epoch {last} your training loss falls from {before} to {after}. "
            "But your validation loss rises from {lowest} to {end}. Why?",
            best=best + 1,
            last=last + 1,
            before=before,
            after=after,
            lowest=lowest,
            end=end,
        ),
        options={
            "harder": say("The validation digits of later epochs are harder to read"),
            "remembers": say("The network begins to remember its training digits"),
            "short": say("The training is too short. Both losses fall after more epochs"),
            "steps": say("The steps are too small to reach the goal"),
        },
        answer="remembers",
        reason=say(
            "This is overfitting. What the network learns now helps only with the digits that it "
            "has seen. For digits that it has not learned from, the loss rises."
        ),
        hint=say("Which digits does the network learn from? Which digits does it only read?"),
        misconceptions=(
            Misconception(
                "harder", say("The validation digits are the same in each epoch. What has changed?")
            ),
            Misconception(
                "short",
                say("The two losses have moved apart. What will more epochs do?"),
            ),
            Misconception(
                "steps", say("With steps that are too small, the training loss falls slowly too.")
            ),
        ),
    )


def _training_below_validation(history: Sequence[EpochRecord], aside: int) -> Question | None:
    """A training accuracy that is lower, because it is an average over the epoch.

    Args:
        history: of the run.
        aside: how many validation digits it has.
    """
    epoch = _widest_gap(history, aside)
    if epoch is None:
        return None
    logs = history[epoch].logs
    training, validation = decimal(logs["accuracy"], 3), decimal(logs["val_accuracy"], 3)
    return Question(
        name=_NAME,
        about=("below", epoch, training, validation),
        text=say(
            "In epoch {epoch} your training accuracy is {training}, and your validation accuracy "
            "is {validation}. So the training curve is below the validation curve. What is the "
            "main reason?",
            epoch=epoch + 1,
            training=training,
            validation=validation,
        ),
        options={
            "learned": say("The network also learns from the validation digits"),
            "fewer": say("There are fewer validation digits, so it is easier to read most of them"),
            "average": say("The training accuracy is an average over the whole epoch"),
            "remembers": say("The network remembers its training digits"),
        },
        answer="average",
        reason=say(
            "Keras counts the training accuracy while the network learns: the many mistakes at the "
            "start of the epoch count too. It measures the validation accuracy at the end of the "
            "epoch, after {batches} steps.",
            batches=whole(history[epoch].batches),
        ),
        hint=say("When does Keras measure the two accuracies: during the epoch, or at its end?"),
        misconceptions=(
            Misconception(
                "learned", say("No step uses the validation digits. The network only reads them.")
            ),
            Misconception(
                "fewer",
                say("An accuracy is a share of the digits. A smaller set does not make it larger."),
            ),
            Misconception(
                "remembers",
                say("Then the training curve would be above the validation curve."),
            ),
        ),
    )


def _widest_gap(history: Sequence[EpochRecord], aside: int) -> int | None:
    """The epoch in which the training curve is furthest below the validation curve.

    None unless the network improved in that epoch and the gap is no luck: else the average is not
    the reason.
    """
    if not history or not {"accuracy", "val_accuracy"} <= history[0].logs.keys():
        return None
    training = np.array([1 / CLASSES, *(record.logs["accuracy"] for record in history)])
    gaps = np.array([record.logs["val_accuracy"] for record in history]) - training[1:]
    epoch = int(gaps.argmax())
    luck = 3 * math.sqrt(0.25 / max(1, aside))  # three standard deviations of a share
    improved = np.diff(training)[epoch] > gaps[epoch] / 2
    return epoch if improved and gaps[epoch] > max(_ABOVE, luck) else None


def _same_digits_again(history: Sequence[EpochRecord]) -> Question | None:
    """What the network would read of its training digits after an epoch in which it improved."""
    accuracies = [record.logs.get("accuracy", math.nan) for record in history]
    losses = [record.logs["loss"] for record in history]
    before = [GUESSING, *accuracies[:-1]][-1]  # a new network guesses
    improved = bool(history) and accuracies[-1] > before + _STEP
    if not improved or losses[-1] > losses[max(0, len(losses) - 2)]:
        return None
    accuracy = decimal(accuracies[-1], 3)
    return Question(
        name=_NAME,
        about=("again", len(history), accuracy),
        text=say(
            "In epoch {epoch}, the last one, your training accuracy is {accuracy}. Now the network "
            "reads the same training digits once more, without learning. What accuracy will it "
            "have?",
            epoch=len(history),
            accuracy=accuracy,
        ),
        options={
            "same": say("Exactly {accuracy}: they are the same digits", accuracy=accuracy),
            "higher": say("More than {accuracy}", accuracy=accuracy),
            "lower": say("Less than {accuracy}", accuracy=accuracy),
        },
        answer="higher",
        reason=say(
            "The training accuracy of Keras is an average over the epoch. The network improved in "
            "these {batches} steps. So at the end it reads more digits than on average.",
            batches=whole(history[-1].batches),
        ),
        hint=say("Was the network as good at the start of the epoch as at its end?"),
        misconceptions=(
            Misconception(
                "same",
                say("The digits are the same. But is the network the same during the whole epoch?"),
            ),
            Misconception(
                "lower",
                say("Look at your curve: does the network forget or improve while it learns?"),
            ),
        ),
    )


def _larger_rate(spec: RunSpec) -> Question:
    """What is known of a learning rate before it is tried."""
    rate, larger = (significant(factor * spec.training.learning_rate) for factor in (1, 10))
    return Question(
        name=_NAME,
        about=("rate", rate),
        text=say(
            "Your learning rate is {rate}. Suppose you train the same network from the same start "
            "with {larger}: ten times as much. What do you know before you try?",
            rate=rate,
            larger=larger,
        ),
        options={
            "better": say("The network will read more digits at the end"),
            "time": say("An epoch will take less time"),
            "more": say("An epoch will have ten times as many steps"),
            "longer": say("The first step will be ten times as long"),
        },
        answer="longer",
        reason=say(
            "The learning rate multiplies each step. Longer steps can reach the goal sooner, or "
            "they can jump over it. You only know this when you try."
        ),
        hint=say("What does the learning rate multiply?"),
        misconceptions=(
            Misconception("better", say("Perhaps. But what happens when a step goes too far?")),
            Misconception(
                "time", say("The time depends on the number of pictures. Does that number change?")
            ),
            Misconception(
                "more",
                say("The batch size decides how many steps an epoch has. What does the rate do?"),
            ),
        ),
    )
