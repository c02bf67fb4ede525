"""Ablations: one thing of a run is left out or spoiled, to see what it is for."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from digitlab import limits
from digitlab.specs.network import CLASSES, HiddenLayer, NetworkSpec
from digitlab.specs.preparation import PrepSpec
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.specs.run import RunSpec
from digitlab.specs.training import SPARSE, TrainSpec

BASELINE = RunSpec(
    NetworkSpec((HiddenLayer(128, "relu"),)),
    TrainSpec(learning_rate=0.1, validation_share=VALIDATION_SHARE),
)
"""What ablations are compared with: it learns well within seconds, with plain SGD, so each thing
that is taken away is missed. `benchmarks/ablations.py` measures how much."""

SLOW = RunSpec(training=TrainSpec(validation_share=VALIDATION_SHARE))
"""The article's recipe, with some digits kept for validation. Its steps are too small: it gets
better with whatever makes them longer, so it tells nothing of what is good for a network."""


UNSEEN_DIGITS = 5_000
"""The last training digits. With this validation share no ablation learns from them, also if a
digit is left out. Both networks read them with their true labels: Keras's own validation
accuracy would count noisy labels, and none of a digit that is left out."""


_SLOW_WITH_LONG_STEPS = replace(SLOW, training=replace(SLOW.training, learning_rate=0.1))


class Outcome(StrEnum):
    """What a changed network can come to beside its baseline; what a learner can expect."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOTHING = "nothing"  # learned
    REFUSED = "refused"  # by Keras


@dataclass(frozen=True)
class Ablation:
    """One change of a run.

    Attributes:
        field: of the network, the preparation or the training, that is changed.
        value: that it gets.
        values: to choose from; empty if there are no others.
        name: tells it from the others; the field's, if empty.
        baseline: what it is compared with.
    """

    field: str
    value: Any
    values: tuple[Any, ...] = ()
    name: str = ""
    baseline: RunSpec = BASELINE

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.field)

    def applied_to(self, spec: RunSpec, value: Any = None) -> RunSpec:
        """This run with this ablation too; `value` stands for another amount."""
        changes = {self.field: self.value if value is None else value}
        if self.field == "learning_rate":
            changes["rate_changes"] = ()
        part = getattr(spec, self._part)
        return replace(spec, **{self._part: replace(part, **changes)})

    def value_in(self, spec: RunSpec) -> Any:
        """The value that the run has in its place."""
        return getattr(getattr(spec, self._part), self.field)

    def is_in(self, spec: RunSpec) -> bool:
        """Whether the run has this ablation. A learning rate is a choice like any other."""
        default = self.value_in(RunSpec())
        return bool(self.field != "learning_rate" and self.value_in(spec) != default)

    @property
    def _part(self) -> str:
        """Which part of a run it changes."""
        kinds = {"network": NetworkSpec, "training": TrainSpec, "preparation": PrepSpec}
        return next(part for part, kind in kinds.items() if hasattr(kind, self.field))


ABLATIONS = (
    Ablation("scale", False),
    Ablation("one_hot", False),
    Ablation("shuffle_labels", True),
    Ablation("data_share", limits.MIN_DATA_SHARE, (limits.MIN_DATA_SHARE, 0.03, 0.1, 0.3)),
    Ablation("label_noise", 0.8, (0.1, 0.2, 0.4, 0.6, 0.8)),
    Ablation("dropped_digit", 8, tuple(range(CLASSES))),
    Ablation("use_bias", False),
    Ablation("zero_start", True),
    Ablation("learning_rate", limits.MAX_LEARNING_RATE, (0.5, 1.0, 3.0, limits.MAX_LEARNING_RATE)),
)
"""In the order in which a learner meets what they change."""

LONGER_STEPS = (
    Ablation("learning_rate", 0.1, name="longer_by_rate", baseline=SLOW),
    Ablation("optimizer", "momentum", name="longer_by_momentum", baseline=SLOW),
    Ablation("scale", False, name="longer_by_pixels", baseline=SLOW),
    Ablation("scale", False, name="long_by_rate_and_pixels", baseline=_SLOW_WITH_LONG_STEPS),
)
"""Three ways to longer steps, and one of them where the steps are long already."""


def ablations_in(spec: RunSpec) -> list[Ablation]:
    """The ablations that this run has."""
    return [ablation for ablation in ABLATIONS if ablation.is_in(spec)]


def without_ablations(spec: RunSpec) -> RunSpec:
    """The same run with nothing changed on purpose."""
    network = replace(spec.network, use_bias=True)
    baseline = RunSpec(network, replace(spec.training, zero_start=False))
    return baseline if spec.training.loss != SPARSE else with_fitting_loss(baseline)


def with_ablations_of(spec: RunSpec, other: RunSpec) -> RunSpec:
    """The run, with the ablations that the other one has."""
    for ablation in ablations_in(other):
        spec = ablation.applied_to(spec, ablation.value_in(other))
    return with_fitting_loss(spec) if other.labels_fit else spec


def with_fitting_loss(spec: RunSpec) -> RunSpec:
    """The same run with a loss and a metric that take labels of its form."""
    if spec.labels_fit:
        return spec
    if spec.preparation.one_hot:
        return replace(spec, training=replace(spec.training, loss=TrainSpec().loss))
    return replace(spec, training=replace(spec.training, loss=SPARSE, metric=TrainSpec().metric))
