"""Ways to break a training on purpose, in words: in a list, in a sentence, in a name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from digitlab.specs import RunSpec
from digitlab.specs.ablations import Ablation, Outcome, ablations_in
from digitlab.wording.numerals import short_per_cent


@dataclass(frozen=True)
class AblationWords:
    """What is said of one ablation.

    Attributes:
        title: what is done, in a list of such.
        does: what is done, in a sentence.
        why: what comes of it and why, in words that hold whatever came of it.
        short: its value in a word or two: what was changed.
        amount: what the value means; empty if there are no others to choose from.
    """

    title: str
    does: str
    why: str
    short: Callable[[Any], str]
    amount: str = ""


_WORDS = {
    "scale": AblationWords(
        title="Leave out the scaling",
        does="The pixels stay as they are, from 0 to 255 instead of 0 to 1.",
        why=(
            "Pixels 255 times as large make the sums in the first layer 255 times as large. "
            "Plain SGD then changes its weights in far larger steps too, which can even help "
            "where the steps were small. But sums of that size also push a sigmoid to its flat "
            "ends and make the loss jump. Scaling brings the numbers to the size that the usual "
            "starting weights and learning rates are made for."
        ),
        short=lambda _: "no scaling",
    ),
    "one_hot": AblationWords(
        title="Leave out one-hot",
        does="A label stays one number, like 7, instead of ten with a 1 at place 7.",
        why=(
            "The network gives ten numbers, and the usual loss compares them with ten others, "
            "one by one. With a single number there is nothing to compare them with. The "
            "**sparse** loss takes the label as it is, looks up the answer at its place, and "
            "calculates what the other one does."
        ),
        short=lambda _: "no one-hot",
    ),
    "shuffle_labels": AblationWords(
        title="Shuffle the labels",
        does=(
            "All training labels are dealt out anew at random: a picture of a 3 may be called a 7."
        ),
        why=(
            "A picture no longer tells anything about its label, so there is no rule to find. A "
            "large network can still learn examples by heart, and its training loss goes down a "
            "little. That helps with no other picture: only the test digits show it."
        ),
        short=lambda _: "shuffled labels",
    ),
    "data_share": AblationWords(
        title="Take few training digits",
        does="Only a part of the 60,000 training digits is used, taken from the beginning.",
        why=(
            "Fewer digits make fewer batches, so there are also fewer steps in an epoch: it may "
            "not have learned enough yet. More epochs make up for that, but not for the ways of "
            "writing that it never saw. After many epochs, watch whether it reads its training "
            "digits better than the test digits."
        ),
        short=lambda share: f"{short_per_cent(share)} of the digits",
        amount="Share that is left",
    ),
    "label_noise": AblationWords(
        title="Put noise into the labels",
        does=(
            "Some of the training labels are replaced by random ones. One in ten of these is "
            "right by luck."
        ),
        why=(
            "Wrong labels pull the weights in all directions and mostly cancel out. The right "
            "ones all pull the same way, so together they still win. The curve of the training "
            "accuracy looks bad because it counts the wrong labels too. The labels of the test "
            "digits are all correct."
        ),
        short=lambda share: f"{short_per_cent(share)} label noise",
        amount="Share that is replaced",
    ),
    "dropped_digit": AblationWords(
        title="Leave out one digit",
        does=(
            "All pictures of one digit are taken out of the training digits, but not out of the "
            "test."
        ),
        why=(
            "The network is never told that this digit can be the answer, so it gives it a "
            "smaller and smaller probability and soon never chooses it. Each test picture of "
            "that digit is then read as another one. The training accuracy does not show the "
            "gap: it counts only the nine digits that are left."
        ),
        short=lambda digit: f"no {digit}",
        amount="Digit",
    ),
    "zero_start": AblationWords(
        title="Start with all weights at zero",
        does="The weights begin at zero instead of at small random numbers.",
        why=(
            "The units of a hidden layer start alike, get the same corrections, and so stay "
            "alike: all of them together are worth one. With relu, tanh or linear, where a sum "
            "of 0 gives 0, they are not even worth that: they never change. Random starts make "
            "them differ. (A network with neither a hidden layer nor a convolution doesn't mind: "
            "each of its ten units has a digit of its own to follow.)"
        ),
        short=lambda _: "start at zero",
    ),
    "learning_rate": AblationWords(
        title="Learning rate 10",
        does="Each step goes a thousand times as far as with 0.01.",
        why=(
            "Long steps get far where the usual ones are too short. Where they are too long, "
            "they jump over the goal and up the other side: the loss leaps, and in the end the "
            "answer may be the same for every picture. Which of the two it is depends on the "
            "network and the optimizer: try it with another preset."
        ),
        short=lambda rate: f"learning rate {rate:g}",
    ),
}
"""By the field that is changed."""

_OUTCOMES = {
    Outcome.BETTER: "It learns better",
    Outcome.SAME: "It learns about as well",
    Outcome.WORSE: "It learns, but worse",
    Outcome.NOTHING: "It learns next to nothing",
    Outcome.REFUSED: "Keras refuses to train it",
}


def words_of(ablation: Ablation) -> AblationWords:
    """What is said of an ablation."""
    return _WORDS[ablation.field]


def title_of(ablation: Ablation) -> str:
    """What an ablation is called in a list of such."""
    return words_of(ablation).title


def outcome_words(outcome: Outcome) -> str:
    """What an ablation can come to, as a learner expects it."""
    return _OUTCOMES[outcome]


def ablation_words(spec: RunSpec, with_rate: bool = True) -> list[str]:
    """The ablations in this run, a word or two each.

    Args:
        spec: the run.
        with_rate: whether a learning rate of 10 is named; not where the rate stands anyway.

    >>> from digitlab.specs import PrepSpec
    >>> ablation_words(RunSpec(preparation=PrepSpec(scale=False, dropped_digit=8)))
    ['no scaling', 'no 8']
    """
    return [
        words_of(ablation).short(ablation.value_in(spec))
        for ablation in ablations_in(spec)
        if with_rate or ablation.field != "learning_rate"
    ]
