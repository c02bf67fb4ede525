"""What a link sets up: all settings, and which of them are locked."""

from dataclasses import dataclass, field, replace

from digitlab.specs.checks import check_choice
from digitlab.specs.run import RunSpec
from digitlab.specs.selection import SampleSelection

CONTROLS = (
    "network",
    "epochs",
    "learning_rate",
    "batch_size",
    "validation_share",
    "optimizer",
    "loss",
    "metric",
    "seed",
    "preparation",
    "sample",
)
"""What a lesson can fix or hide; `wording.settings.control_names` has their names on the pages."""

TRAINING = tuple(name for name in CONTROLS if name not in ("network", "preparation", "sample"))
"""Those of them that are controls of Train: each is a field of `TrainSpec`."""


@dataclass(frozen=True)
class LessonSpec:
    """Every setting of the lab, and which of them are locked.

    It protects nothing: it locks the controls for those who came by the link.

    Attributes:
        spec: network, training and preparation.
        selection: which digits are looked at.
        fixed: names of controls that are shown, but can't be changed.
        hidden: names of controls that are not shown; they keep their values too.

    Raises:
        ValueError: if a name is none of `CONTROLS`, or is both fixed and hidden. Neither a link
            nor a page asks for that, so its words are for the log.
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

    def lock(self, requested: RunSpec) -> RunSpec:
        """The requested spec, but with the locked values of this lesson."""
        locked = {
            name: getattr(self.spec.training, name) for name in TRAINING if name in self.locked
        }
        if "learning_rate" in locked:
            locked["rate_changes"] = self.spec.training.rate_changes
        network = self.spec.network if "network" in self.locked else requested.network
        preparation = requested.preparation
        if "preparation" in self.locked:
            preparation = self.spec.preparation
            locked["zero_start"] = self.spec.training.zero_start
        return RunSpec(network, replace(requested.training, **locked), preparation)

    def lock_selection(self, requested: SampleSelection) -> SampleSelection:
        """The requested selection, but with the locked digit of this lesson."""
        if "sample" not in self.locked:
            return requested
        return replace(requested, subset=self.selection.subset, index=self.selection.index)
