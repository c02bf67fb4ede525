"""Ablations: ways to break a training on purpose, each of them one change of a run."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from digitlab import limits
from digitlab.specs.network import CLASSES
from digitlab.specs.preparation import PrepSpec
from digitlab.specs.run import RunSpec
from digitlab.specs.training import OPTIMIZERS, SPARSE, TrainSpec


class Outcome(StrEnum):
    """What an ablated run can come to beside its baseline; what a learner can expect."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOTHING = "nothing"  # learned
    REFUSED = "refused"  # by Keras


@dataclass(frozen=True)
class Ablation:
    """One way to break a training.

    Attributes:
        field: of the preparation or the training, that is changed.
        value: that it gets.
        control: of `CONTROLS`, that it changes.
        values: to choose from; empty if there are no others.
    """

    field: str
    value: Any
    control: str = "preparation"
    values: tuple[Any, ...] = ()

    def applied_to(self, spec: RunSpec, value: Any = None) -> RunSpec:
        """This run with this ablation too; `value` stands for another amount."""
        changes = {self.field: self.value if value is None else value}
        if self.field == "learning_rate":
            changes["rate_changes"] = ()
        if self._in_preparation:
            return replace(spec, preparation=replace(spec.preparation, **changes))
        return replace(spec, training=replace(spec.training, **changes))

    def value_in(self, spec: RunSpec) -> Any:
        """The value that the run has in its place."""
        return getattr(spec.preparation if self._in_preparation else spec.training, self.field)

    def is_in(self, spec: RunSpec) -> bool:
        """Whether the run has this ablation."""
        if self.field == "learning_rate":  # any other one is a choice like the rest
            return bool(self.value_in(spec) == self.value)
        return bool(self.value_in(spec) != self.value_in(_BASELINE))

    @property
    def _in_preparation(self) -> bool:
        return self.field in PrepSpec.__dataclass_fields__


_BASELINE = RunSpec()


ABLATIONS = (
    Ablation("scale", False),
    Ablation("one_hot", False),
    Ablation("shuffle_labels", True),
    Ablation("data_share", limits.MIN_DATA_SHARE, values=(limits.MIN_DATA_SHARE, 0.03, 0.1, 0.3)),
    Ablation("label_noise", 0.2, values=(0.1, 0.2, 0.4, 0.6, 0.8)),
    Ablation("dropped_digit", 8, values=tuple(range(CLASSES))),
    Ablation("zero_start", True),
    Ablation("learning_rate", limits.MAX_LEARNING_RATE, control="learning_rate"),
)
"""In the order in which a learner meets the steps that they break."""


def ablations_in(spec: RunSpec) -> list[Ablation]:
    """The ablations that this run has."""
    return [ablation for ablation in ABLATIONS if ablation.is_in(spec)]


def without_ablations(spec: RunSpec) -> RunSpec:
    """The baseline: the same run with nothing broken."""
    changes: dict[str, Any] = {"zero_start": _BASELINE.training.zero_start}
    if spec.training.learning_rate == limits.MAX_LEARNING_RATE:
        changes["learning_rate"] = OPTIMIZERS[spec.training.optimizer]
    baseline = RunSpec(spec.network, replace(spec.training, **changes))
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
