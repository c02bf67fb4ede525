"""Which network makes a step, and for which training digit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.architecture.summary import total_parameters
from digitlab.data.mnist import Dataset
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.networks import ModelWeights
from digitlab.specs import RunSpec
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask
from digitlab.ui.widgets.digit_selection import choose_training_digit, picture_alt
from digitlab.ui.widgets.layout import picture_beside
from digitlab.ui.widgets.view_switch import choose_view
from digitlab.wording.numerals import significant, whole
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import setting_name

T = TypeVar("T")

START, NOW = "start", "now"

_STATES: Final[dict[str, Message]] = {
    START: to_say("Before training"),
    NOW: to_say("Now"),
}
"""When the network is looked at."""

_WIDTH = 112


@dataclass(frozen=True, eq=False)
class Subject:
    """The network and the digit that a step is made with.

    Attributes:
        spec: the run: with its seed the network begins.
        network: it; without weights as the training begins.
        fresh: whether it is as the training begins.
        index: of the digit among the run's training digits.
        images, labels: the run's training digits.
    """

    spec: RunSpec
    network: ModelWeights
    fresh: bool
    index: int
    images: NDArray[Any]
    labels: NDArray[Any]

    @property
    def stack(self) -> LayerStack:
        """The network's layers."""
        return stack_of(self.spec.network)

    @property
    def name(self) -> str:
        """What the controls of this network and this digit are told apart by."""
        training = self.spec.training
        start = (self.spec.network, training.seed, training.loss, training.zero_start, self.fresh)
        return f"{hash((start, self.spec.preparation, self.index)):x}"

    @property
    def rate(self) -> float:
        """The learning rate of the run's first epoch."""
        return self.spec.training.learning_rate

    @property
    def rate_words(self) -> str:
        """The learning rate as it stands in a calculation."""
        return significant(self.rate)

    @property
    def own_optimizer_words(self) -> str:
        """That the run's optimizer steps in another way than learning rate × gradient, if so."""
        optimizer = self.spec.training.optimizer
        if optimizer == "sgd":
            return ""
        return say(
            "Your optimizer is {optimizer}. It calculates its steps in another way: see *{view}*.",
            optimizer=setting_name(optimizer),
            view=say_message(path.step("Learn").views["optimizers"]),
        )

    def ask(self, task: Callable[..., T], *arguments: Any) -> T | None:
        """What a worker finds out about a step; None, and a sentence, if there is no answer."""
        return ask(task, self.network, self.spec, *arguments, untrained=self.fresh)


def choose_subject(lab: Lab, data: Dataset, digit: bool) -> Subject | None:
    """The controls and the picture; None, and a sentence, if there is no step to make.

    Args:
        lab: the session.
        data: the digits.
        digit: whether one digit is chosen; else the batch of the training is looked at.
    """
    picture, beside = picture_beside(_WIDTH) if digit else (st.container(), st.container())
    with beside, st.container(horizontal=True, vertical_alignment="bottom"):
        fresh = not lab.trained or _chosen_start()
        if digit:
            choose_training_digit(lab, "learn")
    spec = lab.spec if fresh or not lab.trained else lab.trained.spec
    if not _can_step(spec):
        return None
    images, labels = training_digits(
        data.x_train, data.y_train, spec.preparation, spec.training.seed
    )
    index = min(lab.selection.index, len(labels) - 1)
    weights = () if fresh or not lab.trained else lab.trained.weights
    network = ModelWeights(spec.network, weights, spec.preparation.preprocessing)
    if digit:
        with picture:
            name = say("of training digit {index}", index=whole(index))
            alt = picture_alt(name, labels[index])
            show.digit(images[index], alt=alt, width=_WIDTH)
    with beside:
        labelled = say(
            "Training digit {index} has the label {label}.",
            index=whole(index),
            label=labels[index],
        )
        st.caption(f"{labelled if digit else ''} {_network_words(spec, fresh)}")
    return Subject(spec, network, fresh, index, images, labels)


def _network_words(spec: RunSpec, fresh: bool) -> str:
    """Which network is looked at, and how it makes its steps."""
    state = (
        say("You see your network before its training.")
        if fresh
        else say("You see your network after its training.")
    )
    how = say(
        "Seed {seed}, {optimizer}, learning rate {rate}.",
        seed=spec.training.seed,
        optimizer=setting_name(spec.training.optimizer),
        rate=significant(spec.training.learning_rate),
    )
    return f"{state} {how}"


def _chosen_start() -> bool:
    chosen = choose_view(
        say("Your network"),
        list(_STATES),
        key="learn_network",
        format_func=lambda state: say_message(_STATES[state]),
    )
    return chosen == START


def _can_step(spec: RunSpec) -> bool:
    """Whether the lab makes this step; else a sentence says why not."""
    if total_parameters(spec.network) > limits.MAX_PARAMETERS:
        st.warning(
            say(
                "Your network has more than {most} parameters, so the lab does not train it. Give "
                "its first hidden layer fewer units.",
                most=whole(limits.MAX_PARAMETERS),
            )
        )
        link(path.step("Network"), say("Change the network"), ":material/hub:")
        return False
    if not spec.labels_fit:
        st.warning(
            say(
                "Your labels do not fit your loss or your metric, so Keras can't make this step. "
                "Choose another loss or metric on Train."
            )
        )
        link(path.step("Train"), say("Change the loss"), ":material/tune:")
        return False
    return True
