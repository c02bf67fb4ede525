"""What a link sets up: all settings, and which of them a class can't change."""

from dataclasses import dataclass, field, replace

from digitlab.specs.checks import check_choice
from digitlab.specs.run import RunSpec
from digitlab.specs.selection import SampleSelection

CONTROLS = {
    "network": "Network",
    "epochs": "Epochs",
    "learning_rate": "Learning rate",
    "batch_size": "Batch size",
    "validation_share": "Validation share",
    "optimizer": "Optimizer",
    "loss": "Loss",
    "metric": "Metric",
    "seed": "Seed",
    "preparation": "Break it on purpose",
    "sample": "Digit on Data and Prepare",
}
"""What a lesson can fix or hide, and how people call it."""

TRAINING = tuple(name for name in CONTROLS if name not in ("network", "preparation", "sample"))
"""Those of them that are controls of Train: each is a field of `TrainSpec`."""


@dataclass(frozen=True)
class LessonSpec:
    """Every setting of the lab, and what of it stays as it is.

    It is no lock: it holds the controls, for those who came by the link.

    Attributes:
        run: network and training.
        look: which digits are looked at.
        fixed: names of controls that are shown, but can't be changed.
        hidden: names of controls that are not shown; they keep their values too.

    Raises:
        ValueError: if a name is none of `CONTROLS`, or is both fixed and hidden.
    """

    spec: RunSpec = field(default_factory=RunSpec)
    selection: SampleSelection = field(default_factory=SampleSelection)
    fixed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in sorted(self.locked):
            check_choice("What a lesson fixes or hides", name, tuple(CONTROLS))
        if both := self.fixed & self.hidden:
            raise ValueError(f"A control is either fixed or hidden, not both: {min(both)}.")

    @property
    def locked(self) -> frozenset[str]:
        """Names of all controls that can't be changed."""
        return self.fixed | self.hidden

    def lock(self, wished: RunSpec) -> RunSpec:
        """The run that is wished for, but with the values that this lesson holds."""
        kept = {name: getattr(self.spec.training, name) for name in TRAINING if name in self.locked}
        if "learning_rate" in kept:
            kept["rate_changes"] = self.spec.training.rate_changes
        network = self.spec.network if "network" in self.locked else wished.network
        preparation = wished.preparation
        if "preparation" in self.locked:
            preparation = self.spec.preparation
            kept["zero_start"] = self.spec.training.zero_start
        return RunSpec(network, replace(wished.training, **kept), preparation)

    def lock_selection(self, wished: SampleSelection) -> SampleSelection:
        """The look that is wished for, but at the digit that this lesson holds."""
        if "sample" not in self.locked:
            return wished
        return replace(wished, subset=self.selection.subset, index=self.selection.index)
