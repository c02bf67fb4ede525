"""Parts of Luck: a recipe and its rival."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.analysis.differences import recipe_differences
from digitlab.records.job import Job
from digitlab.records.training import EpochRecord
from digitlab.runs.record import Run, newest_first
from digitlab.specs import RunSpec
from digitlab.ui.luck import train_seeds
from digitlab.ui.runs.table import listed
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.wording.choices import recipe as recipe_words
from digitlab.wording.descriptions import NAMES, counted, joined, network_words


@dataclass(frozen=True)
class Side:
    """A recipe and its runs.

    Attributes:
        letter: A stands on the controls, B is its rival.
        recipe: as `seed_runs.recipe_of` gives it.
        runs: those that count, by seed.
        growing: the epochs so far of those in training.
    """

    letter: str
    recipe: RunSpec
    runs: Sequence[Run]
    growing: Sequence[Sequence[EpochRecord]] = ()

    @property
    def seeds(self) -> list[int]:
        """Of the runs that count."""
        return [run.spec.training.seed for run in self.runs]

    def with_jobs(self, jobs: Iterable[Job]) -> "Side":
        """The same with those of these trainings that are of this recipe."""
        mine = [job for job in jobs if seed_runs.recipe_of(job.spec) == self.recipe]
        runs = seed_runs.by_recipe([*map(Run.of, mine), *self.runs]).get(self.recipe, [])
        return Side(self.letter, self.recipe, runs, [job.history for job in mine if job.active])


def known(lab: Lab) -> list[Run]:
    """The visitor's runs, newest first; while the memory fails, those of its job group too."""
    runs = {run.id: run for run in listed(lab)}
    current = train_seeds.job_group(lab)
    for job in current.jobs if current else ():
        runs.setdefault(job.id, Run.of(job))
    return newest_first(runs.values())


def choose_rival(
    lab: Lab, mine: RunSpec, runs_by_recipe: Mapping[RunSpec, Sequence[Run]]
) -> RunSpec | None:
    """A choice among the visitor's other recipes, those with most runs first; None without any."""
    others = sorted(
        runs_by_recipe.keys() - {mine}, key=lambda recipe: len(runs_by_recipe[recipe]), reverse=True
    )
    if not others:
        st.markdown(
            "There is no other recipe of yours yet. Train this one, then change **one** setting on "
            "Train or Network and come back: this recipe will stand here as B."
        )
        return None
    chosen = lab.rival if lab.rival in others else others[0]
    key = control_key("luck_rival", chosen)

    def words(recipe: RunSpec) -> str:
        return f"{_otherwise(mine, recipe)} ({counted(len(runs_by_recipe[recipe]), 'run')})"

    st.selectbox(
        "B, another recipe of yours, and how it differs",
        others,
        others.index(chosen),
        key=key,
        format_func=words,
        on_change=_take_rival,
        args=(lab, key),
    )
    st.caption(words(chosen))  # the box cuts it off
    return chosen


def _take_rival(lab: Lab, key: str) -> None:
    lab.rival = st.session_state[key]


def _otherwise(mine: RunSpec, other: RunSpec) -> str:
    """What the other one does not share: "learning rate 0.1"."""
    differing = recipe_differences(mine, other)
    return joined(
        (
            f"{difference.setting.lower()} {NAMES.get(difference.second, difference.second)}"
            for difference in differing
        ),
        ", ",
    )


def show_recipe(side: Side, runs: Sequence[Run], planned: Sequence[int]) -> None:
    """A recipe in words, how many of the planned runs it has, and which do not count."""
    network = network_words(side.recipe.network)
    st.markdown(f"{network[0].upper()}{network[1:]}; {recipe_words(side.recipe)}.")
    has = [seed for seed in planned if seed in side.seeds]
    seeds = ": seed " if len(has) == 1 else ": seeds " if has else ""
    st.caption(f"{len(has)} of {len(planned)} runs{seeds}{joined(has, ', ')}.")
    if lost := seed_runs.uncounted(runs, side.recipe):
        st.caption(
            f":material/warning: Without a full training, so not counted: {joined(lost, ', ')}."
        )
