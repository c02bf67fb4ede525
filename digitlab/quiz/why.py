"""Questions of Look inside, Replay, Luck and Robustness."""

import math

import numpy as np

from digitlab.analysis.confidence import FAIR
from digitlab.quiz.building import learnt_digits
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.specs import PIXELS, Preprocessing
from digitlab.wording.descriptions import counted
from digitlab.wording.numerals import per_cent, with_minus

_OPTIONS = 4
_THRESHOLDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
_INPUTS = {
    Preprocessing.ZERO_TO_255: 204.0,
    Preprocessing.INVERTED_ZERO_TO_255: 204.0,
    Preprocessing.NORMALIZED_PICTURE: 0.1,
}
"""A number that a pixel may give; 0.8 elsewhere."""

_APART = 150  # test digits between two networks


def unit_weights(context: QuizContext) -> Question | None:
    """How many weights one unit or filter of the first layer has."""
    kernel = context.kernel
    if kernel is None:
        return None
    *window, units = kernel.shape
    inputs, filters = math.prod(window), len(window) > 1
    what = "filter" if filters else "unit"
    return Question(
        name="inside-weights",
        text=f"How many weights does one {what} of your network's first layer have, without its bias?",
        answer=inputs,
        reason=f"Its window has {' × '.join(map(str, window))} places, with one weight each: {inputs}."
        if filters
        else f"One for each number that it takes at once: {inputs:,}.",
        hint=f"How many numbers does one {what} take at once?",
        misconceptions=(
            Misconception(inputs + 1, "With its bias. How many are weights?"),
            Misconception(inputs * units, f"That is how many all {units} of them have together."),
            Misconception(
                inputs * units + units,
                f"That is how many parameters all {units} of them have together, biases included.",
            ),
            Misconception(units, f"That is how many {what}s the layer has."),
            *(
                [Misconception(PIXELS, "It slides over the picture with the same few weights.")]
                * filters
            ),
        ),
    )


def contribution(context: QuizContext) -> Question | None:
    """What one weight adds to the sum of its unit."""
    if context.network is None or context.kernel is None:
        return None
    weights = context.kernel[..., 0].ravel()
    weight = round(float(weights[np.abs(weights).argmax()]), 2)
    number = _INPUTS.get(context.network.preprocessing, 0.8)
    what = "filter" if context.kernel.ndim > 2 else "unit"
    product = weight * number
    return Question(
        name="inside-product",
        text=f"The weight furthest from 0 in {what} 0 of your network's first layer is {with_minus(f'{weight:g}')}. "
        f"The number that it meets is {number:g}. How much does that add to the sum?",
        answer=product,
        reason=with_minus(f"Weight × input: {weight:g} × {number:g} = {product:.4g}.")
        + (" It pulls the sum down." if product < 0 else ""),
        hint="Each number that comes in is multiplied by its weight; then all that is added up.",
        misconceptions=(
            Misconception(-product, "The size is right. Look at the sign."),
            Misconception(weight + number, "The two are not added to each other."),
            Misconception(weight, "That would be so for an input of 1."),
            Misconception(number, "And what does the weight do?"),
        ),
        tolerance=max(0.006, 0.01 * abs(product)),
    )


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
        text=f"How many times had this run changed the weights by the end of epoch {epoch}?",
        answer=batches * epoch,
        reason=f"After each batch once: {epoch} × {batches:,} batches = {batches * epoch:,}.",
        hint=f"They change once after each batch, and one epoch of this run had {batches:,} batches.",
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
        answer=named[best],
        reason=f"It fell by {falls[best]:.3f}, from {losses[best]:.3f} to {losses[best + 1]:.3f}.",
        hint="Look for the steepest piece of the curve.",
        misconceptions=tuple(
            Misconception(
                name, f"There it {'fell' if falls[step] > 0 else 'rose'} by {abs(falls[step]):.3f}."
            )
            for step, name in named.items()
            if step != best
        ),
        options=tuple(named.values()),
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


def same_seed(context: QuizContext) -> Question:
    """What a seed repeats."""
    seed = context.spec.training.seed
    right = f"The two with seed {seed} are alike, the third one differs"
    all_alike, all_differ = "All three are alike", "All three differ"
    return Question(
        name="luck-seed",
        text=f"You train your recipe twice with seed {seed} and once with seed {seed + 1}. What about "
        "the three networks?",
        answer=right,
        reason="The seed decides all that is random: the first weights, where they are random, and the "
        "order of the digits. Same seed, same numbers.",
        hint="What is random in a training, and what decides it?",
        misconceptions=(
            Misconception(
                all_alike, "The recipe is the same, but another seed deals other random numbers."
            ),
            Misconception(all_differ, "A training is random, but what does the seed decide?"),
        ),
        options=(all_alike, right, all_differ),
    )


def points(context: QuizContext) -> Question | None:
    """How far two networks are apart, in percentage points."""
    if context.network is None:
        return None
    total = len(context.data.y_test)
    right = round(context.network.test_accuracy * total)
    other = right + (_APART if right + _APART <= total else -_APART)
    apart, relative = 100 * _APART / total, 100 * _APART / max(1, right)
    return Question(
        name="luck-points",
        text=f"Your network reads {right:,} of {total:,} test digits. Suppose that another seed gives "
        f"{other:,}. How many percentage points are the two apart?",
        answer=apart,
        reason=f"{per_cent(right / total, 2)} and {per_cent(other / total, 2)}: {apart:.2f} percentage "
        "points. Whether that much can be luck, five seeds of each show.",
        hint="Write both as per cent of all test digits, and take the difference.",
        misconceptions=(
            Misconception(_APART, "That is a number of digits. How many is it out of 100?"),
            Misconception(apart / 100, "That is a share of 1. What percentage is it?"),
            Misconception(
                relative, "That is per cent of those it reads. Points are of all test digits."
            ),
        ),
        tolerance=0.02,
    )


def above_threshold(context: QuizContext) -> Question | None:
    """How good the answers are that pass a threshold."""
    if context.network is None:
        return None
    probabilities, labels = context.network.probabilities, context.data.y_test
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    half = len(labels) / 2  # so that both count: what it answers, and what it does not
    possible = [one for one in _THRESHOLDS if np.any(sure >= one)]
    if not possible:
        return None
    threshold = min(possible, key=lambda one: abs(np.count_nonzero(sure >= one) - half))
    answered = int(np.count_nonzero(sure >= threshold))
    correct = int(np.count_nonzero(right[sure >= threshold]))
    share = 100 * correct / max(1, answered)
    return Question(
        name="robust-threshold",
        text=f"When it must be {per_cent(threshold)} sure, your network answers {answered:,} of the "
        f"{len(labels):,} test digits and gets {correct:,} right. What percentage of its answers is "
        "right?",
        answer=share,
        reason=f"{correct:,} / {answered:,} = {correct / max(1, answered):.3f}: {share:.1f}\N{NO-BREAK SPACE}%.",
        hint="Where it says nothing, it gives no answer: only the answers count.",
        misconceptions=(
            Misconception(
                100 * correct / len(labels), "That is of all test digits. Count its answers only."
            ),
            Misconception(
                100 * answered / len(labels), "That is the percentage that it answers at all."
            ),
            Misconception(share / 100, "That is a share of 1. What percentage is it?"),
            Misconception(100 - share, "That is the percentage of its answers that are wrong."),
            Misconception(100 * context.network.test_accuracy, "That is without a threshold."),
        ),
        tolerance=0.6,
        unit=" %",
    )


def confidence(context: QuizContext) -> Question | None:
    """Whether it is surer than it should be."""
    if context.network is None:
        return None
    sure = float(context.network.probabilities.max(axis=1).mean())
    accuracy = context.network.test_accuracy
    too_sure = "It claims more than it can do: too sure of itself"
    too_shy = "It can do more than it claims: not sure enough"
    fair = "Neither: it is about as sure as it is right"
    gap = sure - accuracy
    words = f"It is sure of {per_cent(sure, 1)} on average, and right in {per_cent(accuracy, 1)}"
    return Question(
        name="robust-confidence",
        text=f"The largest of its ten probabilities is {per_cent(sure, 1)} on average over the test "
        "digits. Compare that with how many it reads right: what follows?",
        answer=fair if abs(gap) < FAIR else too_sure if gap > 0 else too_shy,
        reason=f"{words}: {abs(100 * gap):.1f} percentage points "
        + ("apart, next to nothing." if abs(gap) < FAIR else "less." if gap > 0 else "more."),
        hint=f"The sidebar says how many it reads right. Is that more or less than {per_cent(sure, 1)}?",
        options=(too_sure, too_shy, fair),
    )
