"""Parts of Luck: which runs of which recipes its views speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digitlab.analysis import seed_runs
from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.runs.record import Run, newest_first
from digitlab.specs import RunSpec
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.recipes import Side, others_of, rival_of
from digitlab.ui.runs.table import listed
from digitlab.ui.session.state import Lab


@dataclass(frozen=True)
class Comparison:
    """The recipe on the controls, its rival if there is one, and their runs.

    Attributes:
        runs: all that are known of this visitor, newest first.
        by_recipe: those that count, for each recipe.
        sides: A, and B if there is another recipe.
        size: with how many seeds they are compared.
        planned: these seeds.
        current: the trainings under way.
    """

    runs: Sequence[Run]
    by_recipe: Mapping[RunSpec, Sequence[Run]]
    sides: Sequence[Side]
    size: int
    planned: Sequence[int]
    current: JobGroup | None

    def with_jobs(self, sides: Iterable[Side], jobs: Iterable[Job]) -> list[Side]:
        """These sides with what is trained of them at the moment."""
        jobs = list(jobs)
        return [side.with_jobs(jobs) for side in sides]

    def missing(self, side: Side) -> list[int]:
        """The planned seeds of which a recipe has no run that counts."""
        return [seed for seed in self.planned if seed not in side.seeds]


def comparison(lab: Lab) -> Comparison:
    """What this visitor compares now."""
    current = train_seeds.job_group(lab)
    runs = _known(lab, current)
    by_recipe = seed_runs.by_recipe(runs)
    mine = seed_runs.recipe_of(lab.spec)
    sides = [Side("A", mine, by_recipe.get(mine, []))]
    if (rival := rival_of(lab, others_of(mine, by_recipe))) is not None:
        sides.append(Side("B", rival, by_recipe[rival]))
    diverged = {seed for side in sides for seed in seed_runs.diverged_seeds(runs, side.recipe)}
    planned = seed_runs.planned_seeds(
        lab.luck_seeds, lab.spec.training.seed, [side.seeds for side in sides], diverged
    )
    return Comparison(runs, by_recipe, sides, lab.luck_seeds, planned, current)


def _known(lab: Lab, current: JobGroup | None) -> list[Run]:
    """The visitor's runs, newest first; while the memory fails, those of its job group too."""
    runs = {run.id: run for run in listed(lab)}
    for job in current.jobs if current else ():
        runs.setdefault(job.id, Run.of(job))
    return newest_first(runs.values())
