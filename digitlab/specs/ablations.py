"""Ways to break a training on purpose, each of them one change of a run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from digitlab import limits
from digitlab.specs.network import CLASSES
from digitlab.specs.preparation import PrepSpec
from digitlab.specs.run import RunSpec
from digitlab.specs.training import OPTIMIZERS, SPARSE, TrainSpec
from digitlab.wording.numerals import short_per_cent


class Outcome(StrEnum):
    """What a broken run can come to beside the whole one; what a learner can expect."""

    BETTER = "It learns better"
    SAME = "It learns about as well"
    WORSE = "It learns, but worse"
    NOTHING = "It learns next to nothing"
    REFUSED = "Keras refuses to train it"


@dataclass(frozen=True)
class Experiment:
    """One way to break a training.

    Attributes:
        title: what is done, in a list of such.
        does: what is done, in a sentence.
        why: what comes of it and why, in words that hold whatever came of it.
        field: of the preparation or the training, that is changed.
        value: that it gets.
        words: its value in a word or two: what was broken.
        control: of `CONTROLS`, that it changes.
        amount: what the value means; empty if there are no others to choose from.
        values: to choose from.
    """

    title: str
    does: str
    why: str
    field: str
    value: Any
    words: Callable[[Any], str]
    control: str = "preparation"
    amount: str = ""
    values: tuple[Any, ...] = ()

    def broken(self, spec: RunSpec, value: Any = None) -> RunSpec:
        """This run, broken in this way too; `value` stands for another amount."""
        changes = {self.field: self.value if value is None else value}
        if self.field == "learning_rate":
            changes["rate_changes"] = ()
        if self._in_preparation:
            return replace(spec, preparation=replace(spec.preparation, **changes))
        return replace(spec, training=replace(spec.training, **changes))

    def of(self, spec: RunSpec) -> Any:
        """The value that the run has in its place."""
        return getattr(spec.preparation if self._in_preparation else spec.training, self.field)

    def is_in(self, spec: RunSpec) -> bool:
        """Whether the run is broken in this way."""
        if self.field == "learning_rate":  # any other one is a choice like the rest
            return bool(self.of(spec) == self.value)
        return bool(self.of(spec) != self.of(_WHOLE))

    @property
    def _in_preparation(self) -> bool:
        return self.field in PrepSpec.__dataclass_fields__


_WHOLE = RunSpec()


EXPERIMENTS = (
    Experiment(
        "Leave out the scaling",
        "The pixels stay as they are, from 0 to 255 instead of 0 to 1.",
        "Pixels 255 times as large make the sums in the first layer 255 times as large. Plain SGD "
        "then changes its weights in far larger steps too, which can even help where the steps "
        "were small. But sums of that size also push a sigmoid to its flat ends and make the loss "
        "jump. Scaling brings the numbers to the size that the usual starting weights and "
        "learning rates are made for.",
        "scale",
        False,
        lambda _: "no scaling",
    ),
    Experiment(
        "Leave out one-hot",
        "A label stays one number, like 7, instead of ten with a 1 at place 7.",
        "The network gives ten numbers, and the usual loss compares them with ten others, one by one. "
        "With a single number there is nothing to compare them with. The **sparse** loss takes the "
        "label as it is, looks up the answer at its place, and calculates what the other one does.",
        "one_hot",
        False,
        lambda _: "no one-hot",
    ),
    Experiment(
        "Shuffle the labels",
        "All training labels are dealt out anew at random: a picture of a 3 may be called a 7.",
        "A picture no longer tells anything about its label, so there is no rule to find. A large "
        "network can still learn examples by heart, and its training loss goes down a little. "
        "That helps with no other picture: only the test digits show it.",
        "shuffle_labels",
        True,
        lambda _: "shuffled labels",
    ),
    Experiment(
        "Take few training digits",
        "Only a part of the 60,000 training digits is used, taken from the beginning.",
        "Fewer digits make fewer batches, so there are also fewer steps in an epoch: it may not "
        "have learned enough yet. More epochs make up for that, but not for the ways of writing "
        "that it never saw. After many epochs, watch whether it reads its training digits better than the test digits.",
        "data_share",
        limits.MIN_DATA_SHARE,
        lambda share: f"{short_per_cent(share)} of the digits",
        amount="Share that is left",
        values=(limits.MIN_DATA_SHARE, 0.03, 0.1, 0.3),
    ),
    Experiment(
        "Put noise into the labels",
        "Some of the training labels are replaced by random ones. One in ten of these is right by "
        "luck.",
        "Wrong labels pull the weights in all directions and mostly cancel out. The right ones all "
        "pull the same way, so together they still win. The curve of the training accuracy looks bad "
        "because it counts the wrong labels too. The labels of the test digits are all correct.",
        "label_noise",
        0.2,
        lambda share: f"{short_per_cent(share)} label noise",
        amount="Share that is replaced",
        values=(0.1, 0.2, 0.4, 0.6, 0.8),
    ),
    Experiment(
        "Leave out one digit",
        "All pictures of one digit are taken out of the training digits, but not out of the test.",
        "The network is never told that this digit can be the answer, so it gives it a smaller and "
        "smaller probability and soon never chooses it. Each test picture of that digit is then read "
        "as another one. The training accuracy does not show the gap: it counts only the nine digits "
        "that are left.",
        "dropped_digit",
        8,
        lambda digit: f"no {digit}",
        amount="Digit",
        values=tuple(range(CLASSES)),
    ),
    Experiment(
        "Start with all weights at zero",
        "The weights begin at zero instead of at small random numbers.",
        "The units of a hidden layer start alike, get the same corrections, and so stay alike: all "
        "of them together are worth one. With relu, tanh or linear, where a sum of 0 gives 0, they are "
        "not even worth that: they never change. Random starts make them differ. (A network with "
        "neither a hidden layer nor a convolution doesn't mind: each of its ten units has a digit of "
        "its own to follow.)",
        "zero_start",
        True,
        lambda _: "start at zero",
    ),
    Experiment(
        "Learning rate 10",
        "Each step goes a thousand times as far as with 0.01.",
        "Long steps get far where the usual ones are too short. Where they are too long, they jump "
        "over the goal and up the other side: the loss leaps, and in the end the answer may be the "
        "same for every picture. Which of the two it is depends on the network and the optimizer: "
        "try it with another preset.",
        "learning_rate",
        limits.MAX_LEARNING_RATE,
        lambda rate: f"learning rate {rate:g}",
        control="learning_rate",
    ),
)
"""In the order in which a learner meets the steps that they break."""


def broken_by(spec: RunSpec) -> list[Experiment]:
    """The ways in which this run is broken."""
    return [one for one in EXPERIMENTS if one.is_in(spec)]


def broken_words(spec: RunSpec, with_rate: bool = True) -> list[str]:
    """What is broken in this run, a word or two each.

    Args:
        spec: the run.
        with_rate: whether a learning rate of 10 is named; not where the rate stands anyway.

    >>> broken_words(RunSpec(preparation=PrepSpec(scale=False, dropped_digit=8)))
    ['no scaling', 'no 8']
    """
    return [
        one.words(one.of(spec))
        for one in broken_by(spec)
        if with_rate or one.field != "learning_rate"
    ]


def mended(spec: RunSpec) -> RunSpec:
    """The same run with nothing broken."""
    changes: dict[str, Any] = {"zero_start": _WHOLE.training.zero_start}
    if spec.training.learning_rate == limits.MAX_LEARNING_RATE:
        changes["learning_rate"] = OPTIMIZERS[spec.training.optimizer]
    whole = RunSpec(spec.network, replace(spec.training, **changes))
    return whole if spec.training.loss != SPARSE else with_fitting_loss(whole)


def broken_alike(spec: RunSpec, other: RunSpec) -> RunSpec:
    """The run, broken in the ways in which the other one is."""
    for one in broken_by(other):
        spec = one.broken(spec, one.of(other))
    return with_fitting_loss(spec) if other.labels_fit else spec


def with_fitting_loss(spec: RunSpec) -> RunSpec:
    """The same run with a loss and a metric that take labels of its form."""
    if spec.labels_fit:
        return spec
    if spec.preparation.one_hot:
        return replace(spec, training=replace(spec.training, loss=TrainSpec().loss))
    return replace(spec, training=replace(spec.training, loss=SPARSE, metric=TrainSpec().metric))
