"""A hyperparameter search: which settings are tried, on which seeds, and how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from statistics import fmean
from typing import Any, NamedTuple

from digitlab import limits
from digitlab.specs.network import HiddenLayer
from digitlab.specs.presets import with_validation
from digitlab.specs.run import RunSpec
from digitlab.specs.training import OPTIMIZERS


@dataclass(frozen=True)
class Hyperparameter:
    """A setting that a search can vary.

    Attributes:
        values: to choose from, in their order on an axis.
        usual: of these, what a search begins with.
        value_in: the value that a run has.
        applied_to: the run with another value.
    """

    values: tuple[Any, ...]
    usual: tuple[Any, ...]
    value_in: Callable[[RunSpec], Any]
    applied_to: Callable[[RunSpec, Any], RunSpec]


def _of_training(field: str, values: tuple[Any, ...], usual: tuple[Any, ...]) -> Hyperparameter:
    def applied_to(spec: RunSpec, value: Any) -> RunSpec:
        changes: dict[str, Any] = {field: value}
        if field in ("learning_rate", "epochs"):
            changes["rate_changes"] = ()
        return replace(spec, training=replace(spec.training, **changes))

    return Hyperparameter(values, usual, lambda spec: getattr(spec.training, field), applied_to)


def _units_in(spec: RunSpec) -> int | None:
    return spec.network.hidden[0].units if spec.network.hidden else None


def _with_units(spec: RunSpec, units: int) -> RunSpec:
    first, *others = spec.network.hidden
    hidden = (HiddenLayer(units, first.activation), *others)
    return replace(spec, network=replace(spec.network, hidden=hidden))


HYPERPARAMETERS = {
    "learning_rate": _of_training(
        "learning_rate",
        (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0),
        (0.01, 0.03, 0.1, 0.3, 1.0),
    ),
    "units": Hyperparameter((4, 8, 16, 32, 64, 128, 256), (8, 16, 32, 64), _units_in, _with_units),
    "batch_size": _of_training("batch_size", limits.BATCH_SIZES, (16, 50, 100, 256)),
    "epochs": _of_training("epochs", (1, 2, 3, 5, 10, 20), (1, 3, 5, 10)),
    "optimizer": _of_training("optimizer", tuple(OPTIMIZERS), tuple(OPTIMIZERS)),
}
"""By the name of the argument that each one is in Keras; `units` are those of the first hidden
layer."""


Setting = tuple[Any, ...]
"""A value for each hyperparameter that a search varies."""


class Rung(NamedTuple):
    """A round of a search, after which settings are given up.

    Attributes:
        epochs: that each of its runs has at its end.
        settings: how many settings are still in it.
    """

    epochs: int
    settings: int


@dataclass(frozen=True)
class SearchSpec:
    """What is tried: every combination of these values, each with every seed.

    Attributes:
        base: all other settings. Its seed does not count.
        grid: names of `HYPERPARAMETERS`, one or two, each with the values that are tried.
        seeds: of the runs of each setting.
        halving: whether settings that read few validation digits are given up early: successive
            halving. Else each one gets all of its epochs: grid search.

    Raises:
        ValueError: if nothing is to be tried, or more than the lab takes. Choose asks for neither,
            so its words are for the log.
    """

    base: RunSpec
    grid: tuple[tuple[str, tuple[Any, ...]], ...]
    seeds: tuple[int, ...]
    halving: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.grid) <= limits.MAX_SEARCH_PARAMETERS:
            raise ValueError("A search varies one setting or two.")
        if not self.seeds or self.size > limits.MAX_SEARCH_RUNS:
            raise ValueError(f"A search has 1 to {limits.MAX_SEARCH_RUNS} runs; not {self.size}.")
        if self.halving and any(name == "epochs" for name, _ in self.grid):
            raise ValueError("Successive halving sets the number of epochs itself.")

    @property
    def size(self) -> int:
        """How many runs it has; with halving, how many begin."""
        return len(self.settings) * len(self.seeds)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every combination of values, the first parameter's slowest."""
        return tuple(product(*(values for _, values in self.grid)))

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The rounds: a grid search has one.

        With halving each round has half as many settings as the one before, and about twice as many
        epochs; the last one has all epochs.
        """
        many, most = len(self.settings), self.base.training.epochs
        if not self.halving:
            return (Rung(most, many),)
        rungs: list[Rung] = []
        for left in reversed(range((many - 1).bit_length() + 1)):  # how often epochs still double
            epochs = max(1, most >> left)
            if not rungs or epochs > rungs[-1].epochs:
                rungs.append(Rung(epochs, -(-many >> len(rungs))))
        return tuple(rungs)

    @property
    def total_epochs(self) -> int:
        """Of all its runs; each goes on where it stood at the end of the rung before."""
        if not self.halving:
            return sum(run.training.epochs for run in self.runs(self.settings, 0))
        before, total = 0, 0
        for rung in self.rungs:
            total += rung.settings * (rung.epochs - before)
            before = rung.epochs
        return total * len(self.seeds)

    def run(self, setting: Setting, seed: int, rung: int = -1) -> RunSpec:
        """The run of a setting with a seed; a share of the digits validates.

        Args:
            setting: one of `settings`.
            seed: one of `seeds`.
            rung: at whose end; the last one by default.
        """
        spec = self.base.with_seed(seed)
        for (name, _), value in zip(self.grid, setting, strict=True):
            spec = HYPERPARAMETERS[name].applied_to(spec, value)
        spec = with_validation(spec)
        changes: dict[str, Any] = {"metric": "accuracy", "rate_changes": ()}
        if self.halving:
            changes["epochs"] = self.rungs[rung].epochs
        return replace(spec, training=replace(spec.training, **changes))

    def runs(self, settings: Sequence[Setting], rung: int) -> tuple[RunSpec, ...]:
        """All runs of these settings at a rung: setting by setting, seed by seed."""
        return tuple(self.run(setting, seed, rung) for setting in settings for seed in self.seeds)

    def ranked(
        self, settings: Sequence[Setting], rung: int, scores: Mapping[RunSpec, float]
    ) -> list[Setting]:
        """These settings, the one with the highest mean score first; among equals the earlier.

        Args:
            settings: that are compared.
            rung: at whose end.
            scores: of each of their runs: a share of validation digits.
        """

        def mean(setting: Setting) -> float:
            return fmean(scores[self.run(setting, seed, rung)] for seed in self.seeds)

        return sorted(settings, key=mean, reverse=True)

    def in_rung(self, rung: int, scores: Mapping[RunSpec, float]) -> tuple[Setting, ...] | None:
        """The settings that are in a rung; None as long as a score of an earlier one is missing."""
        settings = self.settings
        for earlier in range(rung):
            if any(run not in scores for run in self.runs(settings, earlier)):
                return None
            kept = self.ranked(settings, earlier, scores)[: self.rungs[earlier + 1].settings]
            settings = tuple(setting for setting in settings if setting in kept)
        return settings
