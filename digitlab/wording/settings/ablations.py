"""Ablations in words: in a list, in a sentence, in a name, and why each came out so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from digitlab.specs import RunSpec
from digitlab.specs.ablations import Ablation, Outcome, ablations_in
from digitlab.wording.numerals import short_per_cent, significant
from digitlab.wording.say import Message, say, say_message, to_say


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

    title: Message
    does: Message
    why: Mapping[Outcome, Message] = field(default_factory=dict)
    short: Callable[[Any], str] = str
    amount: Message | None = None


_FEW_DIGITS: Final = to_say(
    "The network sees fewer ways to write a digit. It also makes fewer steps, because an epoch has "
    "fewer batches."
)
_LONG_STEPS: Final = to_say(
    "With this learning rate the steps are too long. The first steps move the weights much too "
    "far. After that the loss hardly falls."
)

_WORDS: Final = {
    "scale": AblationWords(
        title=to_say("Leave out the scaling"),
        does=to_say(
            "The pixels stay as they are, from 0 to 255. In the baseline they go from 0 to 1."
        ),
        why={
            Outcome.NOTHING: to_say(
                "A larger input makes a larger change of its weight. These pixels are 255 times as "
                "large. So the steps are far too long for a learning rate of 0.1. The usual "
                "learning rates and starting weights are made for small inputs, such as pixels "
                "from 0 to 1."
            ),
        },
        short=lambda _: say("no scaling"),
    ),
    "one_hot": AblationWords(
        title=to_say("Leave out one-hot"),
        does=to_say(
            "A label stays one number, such as 7. In the baseline it is ten numbers: a 1 at place "
            "7, and nine 0s."
        ),
        why={
            Outcome.REFUSED: to_say(
                "The network gives ten numbers. This loss compares them with ten other numbers, so "
                "a single number does not fit. Keras has another loss for such labels: **sparse** "
                "cross-entropy. It calculates the same value."
            ),
        },
        short=lambda _: say("no one-hot"),
    ),
    "shuffle_labels": AblationWords(
        title=to_say("Shuffle the labels"),
        does=to_say(
            "The training labels change places at random. A picture of a 3 may get the label 7."
        ),
        why={
            Outcome.NOTHING: to_say(
                "Now a picture says nothing about its label. So there is no rule that helps with "
                "new pictures. A network can only learn what the labels show it."
            ),
        },
        short=lambda _: say("shuffled labels"),
    ),
    "data_share": AblationWords(
        title=to_say("Use few training digits"),
        does=to_say("The lab uses only the first part of the 60,000 training digits."),
        why={Outcome.WORSE: _FEW_DIGITS, Outcome.NOTHING: _FEW_DIGITS},
        short=lambda share: say("{share} of the digits", share=short_per_cent(share)),
        amount=to_say("Share that is used"),
    ),
    "label_noise": AblationWords(
        title=to_say("Add noise to the labels"),
        does=to_say(
            "The lab replaces some of the training labels by random digits. By chance one in ten "
            "of these is still right."
        ),
        why={
            Outcome.SAME: to_say(
                "Random labels change the weights in all directions. Most of these changes cancel "
                "out. The right labels all change them in the same direction. The two curves count "
                "the wrong labels too, so they look worse than the network is. The unseen digits "
                "have right labels."
            ),
            Outcome.WORSE: to_say(
                "Random labels change the weights in all directions. Most of these changes cancel "
                "out, so the network still learns from the right labels. But with so many wrong "
                "labels it learns less. The two curves count the wrong labels too, so they look "
                "worse than the network is. The unseen digits have right labels."
            ),
        },
        short=lambda share: say("{share} label noise", share=short_per_cent(share)),
        amount=to_say("Share that is replaced"),
    ),
    "dropped_digit": AblationWords(
        title=to_say("Leave out one digit"),
        does=to_say("The lab removes all pictures of one digit from the training digits."),
        why={
            Outcome.WORSE: to_say(
                "No picture showed the network that this digit can be an answer. So it learns "
                "never to give this answer. The curves do not show this: the training pictures and "
                "the validation pictures do not have this digit."
            ),
        },
        short=lambda digit: say("no {digit}", digit=digit),
        amount=to_say("Digit"),
    ),
    "use_bias": AblationWords(
        title=to_say("Leave out the biases"),
        does=to_say("No unit has a bias. Its sum is only inputs times weights."),
        why={
            Outcome.SAME: to_say(
                "The baseline has 101,632 weights and only 138 biases. For these digits the "
                "weights alone are enough. The biases matter for an empty picture. Without them "
                "every sum is 0 there, and each of the ten digits gets probability 0.1."
            ),
        },
        short=lambda _: say("no biases"),
    ),
    "zero_start": AblationWords(
        title=to_say("Start with all weights at zero"),
        does=to_say("All weights start at 0. In the baseline they start at small random numbers."),
        why={
            Outcome.NOTHING: to_say(
                "At the start each hidden unit gives 0 for every picture. With ReLU its weights "
                "then never change. Only the ten biases of the output learn. They do not depend on "
                "the picture, so the network gives the same answer every time. Random numbers at "
                "the start make the units different."
            ),
        },
        short=lambda _: say("start at zero"),
    ),
    "learning_rate": AblationWords(
        title=to_say("Use a larger learning rate"),
        does=to_say(
            "Each step of the training is longer. The baseline has a learning rate of 0.1."
        ),
        why={
            Outcome.SAME: to_say(
                "This learning rate is good too. More than one learning rate is good, and you find "
                "them only by trying. Another network needs other ones."
            ),
            Outcome.WORSE: _LONG_STEPS,
            Outcome.NOTHING: _LONG_STEPS,
        },
        short=lambda rate: say("learning rate {rate}", rate=significant(rate)),
        amount=to_say("Learning rate"),
    ),
    "longer_by_rate": AblationWords(
        title=to_say("A learning rate of 0.1"),
        does=to_say("Each step is ten times as long as with the article's learning rate of 0.01."),
        why={
            Outcome.BETTER: to_say(
                "The article's recipe makes small steps. After five epochs its network can still "
                "improve a lot. Longer steps get further in the same time."
            ),
        },
        short=lambda rate: say("learning rate {rate}", rate=significant(rate)),
    ),
    "longer_by_momentum": AblationWords(
        title=to_say("Momentum"),
        does=to_say(
            "The optimizer adds 90\N{NO-BREAK SPACE}% of the last step to each new step. "
            "Steps in the same direction add up, to as much as ten times the length."
        ),
        why={
            Outcome.BETTER: to_say(
                "The learning rate is still 0.01. But the steps add up, so they become longer. "
                "Many optimizers do something like this. Adam is one of them."
            ),
        },
        short=lambda _: say("momentum"),
    ),
    "longer_by_pixels": AblationWords(
        title=to_say("No scaling"),
        does=to_say("The pixels stay as they are, from 0 to 255."),
        why={
            Outcome.BETTER: to_say(
                "Larger pixels make larger changes of the weights. So the longer steps help here, "
                "not the missing scaling. Compare it with a learning rate of 0.1: that helps more. "
                "Then choose the last experiment, where the steps are already long."
            ),
        },
        short=lambda _: say("no scaling"),
    ),
    "long_by_rate_and_pixels": AblationWords(
        title=to_say("No scaling where the steps are already long"),
        does=to_say(
            "Both networks have a learning rate of 0.1. In the changed network the pixels stay as "
            "they are, from 0 to 255."
        ),
        why={
            Outcome.WORSE: to_say(
                "The steps were long enough. Pixels that are 255 times as large make them too "
                "long. So scaling is useful, and the article's recipe only needs longer steps."
            ),
        },
        short=lambda _: say("no scaling"),
    ),
}
"""By the ablation's name."""


def words_of(ablation: Ablation) -> AblationWords:
    """What is said of an ablation."""
    return _WORDS[ablation.name]


def title_of(ablation: Ablation) -> str:
    """What an ablation is called in a list of such."""
    return say_message(words_of(ablation).title)


def ablation_words(spec: RunSpec) -> list[str]:
    """The ablations in this run, a word or two each.

    >>> from digitlab.specs import PrepSpec
    >>> ablation_words(RunSpec(preparation=PrepSpec(scale=False, dropped_digit=8)))
    ['no scaling', 'no 8']
    """
    return [words_of(ablation).short(ablation.value_in(spec)) for ablation in ablations_in(spec)]
