"""The questions of Replay."""

import numpy as np

from digitlab.quiz.context import QuizContext, learnt_digits
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.wording.descriptions import counted

_OPTIONS = 4


def updates_then(context: QuizContext) -> Question | None:
    """How often the weights had been changed by the end of an epoch."""
    history = _history(context)
    if not history:
        return None
    epoch = (len(history) + 1) // 2
    batches = history[0].batches
    rare = "They don't change once an epoch, but after each batch."
    return Question(
        name="replay-updates",
        about=(epoch,),
        text=f"How many times had this run changed the weights by the end of epoch {epoch}?",
        answer=batches * epoch,
        reason=f"After each batch once: {epoch} × {batches:,} batches = {batches * epoch:,}.",
        hint=f"They change once after each batch, and one epoch of this run had {batches:,} "
        "batches.",
        misconceptions=(
            Misconception(epoch, rare),
            Misconception(len(history), rare),
            Misconception(
                batches, f"That is one epoch. How many were done by the end of epoch {epoch}?"
            ),
            Misconception(
                batches * len(history), f"That is the whole run. Epoch {epoch} came earlier."
            ),
            Misconception(batches * (epoch - 1), f"By then epoch {epoch} had only begun."),
        ),
    )


def steepest(context: QuizContext) -> Question | None:
    """Between which two epochs the loss fell most."""
    history = _history(context)
    losses = [record.logs["loss"] for record in history]
    falls = -np.diff(losses)
    if len(falls) < 2 or falls.max() <= 0:
        return _pictures_seen(context, history)
    best = int(falls.argmax())
    others = np.delete(np.arange(len(falls)), best)
    few = np.linspace(0, len(others) - 1, min(_OPTIONS - 1, len(others))).astype(int)
    named = {step: f"From epoch {step + 1} to {step + 2}" for step in sorted({best, *others[few]})}
    return Question(
        name="replay-steepest",
        text="When did the training loss of this run fall most?",
        answer=str(best),
        reason=f"It fell by {falls[best]:.3f}, from {losses[best]:.3f} to {losses[best + 1]:.3f}.",
        hint="Look for the steepest piece of the curve.",
        misconceptions=tuple(
            Misconception(
                str(step),
                f"There it {'fell' if falls[step] > 0 else 'rose'} by {abs(falls[step]):.3f}.",
            )
            for step in named
            if step != best
        ),
        options={str(step): words for step, words in named.items()},
    )


def _pictures_seen(context: QuizContext, history: tuple[EpochRecord, ...]) -> Question | None:
    """Asked where there are not enough epochs to compare."""
    network = context.network
    if not history or not isinstance(network, TrainedNetwork):
        return None
    learnt, epochs = learnt_digits(network.spec, context.data.y_train), len(history)
    return Question(
        name="replay-steepest",
        text=f"This run went on for {counted(epochs, 'epoch')}. How many pictures did the "
        "network look at to learn, each one counted as often as it did?",
        answer=learnt * epochs,
        reason=f"It learned from {learnt:,} pictures, in each epoch from all of them: {learnt:,} × "
        f"{epochs} = {learnt * epochs:,}.",
        hint="In an epoch it looks at each picture that it learns from once.",
        misconceptions=(
            Misconception(learnt, "That is one epoch."),
            Misconception(
                len(context.data.y_train) * epochs, "It did not learn from all of these digits."
            ),
            Misconception(
                history[0].batches * epochs, "Those are the batches. How many pictures are that?"
            ),
        ),
    )


def _history(context: QuizContext) -> tuple[EpochRecord, ...]:
    return context.network.history if isinstance(context.network, TrainedNetwork) else ()
