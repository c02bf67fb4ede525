"""Ablations in words: in a list, in a sentence, in a name, and what came of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
        why: why it came out so, for each outcome that has a reason of its own.
        short: its value in a word or two: what was changed.
        amount: what the value means; empty if there are no others to choose from.
    """

    title: str
    does: str
    why: Mapping[Outcome, str] = field(default_factory=dict)
    short: Callable[[Any], str] = str
    amount: str = ""


_FEW_DIGITS = (
    "The network sees fewer ways to write a digit. It also makes fewer steps, because an epoch has "
    "fewer batches."
)
_NOISE = (
    "Random labels pull the weights in all directions, and most of that cancels out. The right "
    "labels all pull the same way. The two curves count the wrong labels too, so they look worse "
    "than the network is. The unseen digits have right labels."
)
_LONG_STEPS = (
    "With this learning rate the steps are too long. The first steps throw the weights far away, "
    "and after that the loss hardly falls."
)

_WORDS = {
    "scale": AblationWords(
        title="Leave out the scaling",
        does="The pixels stay as they are, from 0 to 255. In the baseline they go from 0 to 1.",
        why={
            Outcome.NOTHING: (
                "The change of a weight is larger when its input is larger. Pixels that are 255 "
                "times as large make steps that are far too long for a learning rate of 0.1. "
                "Scaling brings the pixels to the size for which the usual learning rates and "
                "starting weights are made."
            ),
        },
        short=lambda _: "no scaling",
    ),
    "one_hot": AblationWords(
        title="Leave out one-hot",
        does="A label stays one number, like 7. In the baseline it is ten numbers, with a 1 at "
        "place 7.",
        why={
            Outcome.REFUSED: (
                "The network gives ten numbers. This loss compares them with ten other numbers, "
                "and a single number does not fit. Keras has another loss for such labels, "
                "**sparse** cross-entropy. It calculates the same thing."
            ),
        },
        short=lambda _: "no one-hot",
    ),
    "shuffle_labels": AblationWords(
        title="Shuffle the labels",
        does="The training labels are shuffled: a picture of a 3 may get the label 7.",
        why={
            Outcome.NOTHING: (
                "A picture no longer tells anything about its label. So there is no rule that "
                "could help with new pictures. The labels are what a network learns from."
            ),
        },
        short=lambda _: "shuffled labels",
    ),
    "data_share": AblationWords(
        title="Take few training digits",
        does="Only the first part of the 60,000 training digits is used.",
        why={Outcome.WORSE: _FEW_DIGITS, Outcome.NOTHING: _FEW_DIGITS},
        short=lambda share: f"{short_per_cent(share)} of the digits",
        amount="Share that is used",
    ),
    "label_noise": AblationWords(
        title="Put noise into the labels",
        does="Some of the training labels are replaced by random ones. One in ten of these is "
        "still right, by luck.",
        why={
            Outcome.SAME: _NOISE,
            Outcome.WORSE: f"{_NOISE} But with so many wrong ones it learns less.",
        },
        short=lambda share: f"{short_per_cent(share)} label noise",
        amount="Share that is replaced",
    ),
    "dropped_digit": AblationWords(
        title="Leave out one digit",
        does="All pictures of one digit are taken out of the training digits.",
        why={
            Outcome.WORSE: (
                "Nothing told the network that this digit can be an answer. So it learns never to "
                "give this answer. The curves do not show it: neither the training pictures nor "
                "the validation pictures have this digit now."
            ),
        },
        short=lambda digit: f"no {digit}",
        amount="Digit",
    ),
    "use_bias": AblationWords(
        title="Leave out the biases",
        does="No unit has a bias: its sum is only inputs times weights.",
        why={
            Outcome.SAME: (
                "The baseline has 101,632 weights and only 138 biases. For these digits the "
                "weights alone are enough. The biases would matter for an empty picture: without "
                "them every sum is 0 there, and each of the ten digits gets probability 0.1."
            ),
        },
        short=lambda _: "no biases",
    ),
    "zero_start": AblationWords(
        title="Start with all weights at zero",
        does="The weights begin at zero. In the baseline they begin at small random numbers.",
        why={
            Outcome.NOTHING: (
                "At the start each hidden unit gives 0 for every picture, and with ReLU its "
                "weights then never change. Only the ten biases of the output learn. They do not "
                "depend on the picture, so the network gives the same answer every time. Random "
                "numbers at the start make the units different."
            ),
        },
        short=lambda _: "start at zero",
    ),
    "learning_rate": AblationWords(
        title="Take a larger learning rate",
        does="Each step of the training is longer. The baseline has a learning rate of 0.1.",
        why={
            Outcome.SAME: (
                "This rate is good too. There is a range of good learning rates. You find it only "
                "by trying, and it is another one for another network."
            ),
            Outcome.WORSE: _LONG_STEPS,
            Outcome.NOTHING: _LONG_STEPS,
        },
        short=lambda rate: f"learning rate {rate:g}",
        amount="Learning rate",
    ),
    "longer_by_rate": AblationWords(
        title="A learning rate of 0.1",
        does="Each step is ten times as long as with the article's 0.01.",
        why={
            Outcome.BETTER: (
                "The steps of the article's recipe are small. After five epochs its network has "
                "not come far. Longer steps come further in the same time."
            ),
        },
        short=lambda rate: f"learning rate {rate:g}",
    ),
    "longer_by_momentum": AblationWords(
        title="Momentum",
        does="Each step also has nine tenths of the step before it. Steps in the same direction "
        "add up, to ten times the length.",
        why={
            Outcome.BETTER: (
                "The learning rate is still 0.01, but the steps become longer, because they add "
                "up. Many optimizers do something like that. Adam is one of them."
            ),
        },
        short=lambda _: "momentum",
    ),
    "longer_by_pixels": AblationWords(
        title="No scaling",
        does="The pixels stay as they are, from 0 to 255.",
        why={
            Outcome.BETTER: (
                "Larger pixels make larger changes of the weights. So the longer steps help here, "
                "not the missing scaling. Compare it with a learning rate of 0.1: that helps more. "
                "Then choose the last experiment, where the steps are long already."
            ),
        },
        short=lambda _: "no scaling",
    ),
    "long_by_rate_and_pixels": AblationWords(
        title="No scaling where steps are long already",
        does="Both networks have a learning rate of 0.1. In one of them the pixels stay as they "
        "are, from 0 to 255.",
        why={
            Outcome.WORSE: (
                "The steps were long enough. Pixels that are 255 times as large make them too "
                "long. So scaling is useful, and the article's recipe only needs longer steps."
            ),
        },
        short=lambda _: "no scaling",
    ),
}
"""By the ablation's name."""

_OUTCOMES = {
    Outcome.BETTER: "It reads more digits",
    Outcome.SAME: "It reads about as many",
    Outcome.WORSE: "It reads fewer digits",
    Outcome.NOTHING: "It learns next to nothing",
    Outcome.REFUSED: "Keras refuses to train it",
}

_ELSE = {
    Outcome.BETTER: (
        "The changed network reads more digits than the baseline. So what was changed is not "
        "needed here. Try other seeds on Luck before you trust it."
    ),
    Outcome.SAME: (
        "The difference is less than 1 in 100 digits. So small a difference can come from the "
        "random numbers alone."
    ),
    Outcome.WORSE: "The baseline needs what was changed.",
    Outcome.REFUSED: "What is changed does not fit the rest, so Keras can't train it.",
    Outcome.NOTHING: (
        "At most 2 in 10 digits are read correctly. A network that guesses reads about 1 in 10."
    ),
}
"""What is said where an ablation has no reason of its own for what came of it."""


def words_of(ablation: Ablation) -> AblationWords:
    """What is said of an ablation."""
    return _WORDS[ablation.name]


def title_of(ablation: Ablation) -> str:
    """What an ablation is called in a list of such."""
    return words_of(ablation).title


def outcome_words(outcome: Outcome) -> str:
    """What an ablation can come to, as a learner expects it."""
    return _OUTCOMES[outcome]


def why(ablation: Ablation, outcome: Outcome) -> str:
    """Why an ablation came out so."""
    return words_of(ablation).why.get(outcome) or _ELSE[outcome]


def ablation_words(spec: RunSpec) -> list[str]:
    """The ablations in this run, a word or two each.

    >>> from digitlab.specs import PrepSpec
    >>> ablation_words(RunSpec(preparation=PrepSpec(scale=False, dropped_digit=8)))
    ['no scaling', 'no 8']
    """
    return [words_of(ablation).short(ablation.value_in(spec)) for ablation in ablations_in(spec)]
