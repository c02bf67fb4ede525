"""What a search has found: the scores of its settings, and the winner by validation digits."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from digitlab.specs import RunSpec
from digitlab.specs.search import SearchSpec, Setting


@dataclass(frozen=True)
class Tried:
    """A setting and how well its runs read.

    Attributes:
        setting: a value for each hyperparameter.
        scores: the share of validation digits that each of its runs reads, seed by seed; at the
            end of the last rung in which all of its runs have one.
        epochs: that these runs had.
        given_up: whether it was given up before the last rung.
    """

    setting: Setting
    scores: tuple[float, ...]
    epochs: int
    given_up: bool = False

    @property
    def mean(self) -> float:
        """Of the scores."""
        return fmean(self.scores)


def tried(plan: SearchSpec, scores: Mapping[RunSpec, float]) -> list[Tried]:
    """The settings that have scores, in the order of the plan.

    Args:
        plan: what was searched.
        scores: a share of validation digits for each run that has come to its end.
    """
    latest: dict[Setting, Tried] = {}
    for rung in range(len(plan.rungs)):
        settings = plan.in_rung(rung, scores)
        if settings is None:
            break
        for setting in settings:
            runs = plan.runs([setting], rung)
            if all(run in scores for run in runs):
                values = tuple(scores[run] for run in runs)
                last = rung == len(plan.rungs) - 1
                latest[setting] = Tried(setting, values, runs[0].training.epochs, not last)
    return [latest[setting] for setting in plan.settings if setting in latest]


def winner(plan: SearchSpec, scores: Mapping[RunSpec, float]) -> Tried | None:
    """The setting with the highest mean in the last rung; None before all of it is trained."""
    rung = len(plan.rungs) - 1
    settings = plan.in_rung(rung, scores)
    if settings is None or any(run not in scores for run in plan.runs(settings, rung)):
        return None
    best = plan.ranked(settings, rung, scores)[0]
    return next(each for each in tried(plan, scores) if each.setting == best)


def saved(plan: SearchSpec) -> tuple[int, int]:
    """Epochs that the search trains, and that it would train without halving."""
    every = len(plan.settings) * len(plan.seeds) * plan.base.training.epochs
    return plan.total_epochs, every
