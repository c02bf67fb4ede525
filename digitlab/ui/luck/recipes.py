"""Parts of Luck: a recipe and its rival."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.analysis.differences import recipe_differences
from digitlab.records.job import Job
from digitlab.records.training import EpochRecord
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.wording.lists import with_commas
from digitlab.wording.results.run_differences import other_settings
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.choices import recipe as recipe_words
from digitlab.wording.settings.descriptions import state_words
from digitlab.wording.settings.network_names import network_words


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

    @property
    def words(self) -> str:
        """Its network and how it is trained, without the seed."""
        return say(
            "Network: {network}. Training: {recipe}.",
            network=network_words(self.recipe.network),
            recipe=recipe_words(self.recipe),
        )

    def with_jobs(self, jobs: Iterable[Job]) -> "Side":
        """The same with those of these trainings that are of this recipe."""
        mine = [job for job in jobs if seed_runs.recipe_of(job.spec) == self.recipe]
        runs = seed_runs.by_recipe([*map(Run.of, mine), *self.runs]).get(self.recipe, [])
        return Side(self.letter, self.recipe, runs, [job.history for job in mine if job.active])


def others_of(
    mine: RunSpec, by_recipe: Mapping[RunSpec, Sequence[Run]]
) -> Mapping[RunSpec, Sequence[Run]]:
    """The runs of the visitor's other recipes, those with most runs first."""
    others = by_recipe.keys() - {mine}
    ordered = sorted(others, key=lambda recipe: len(by_recipe[recipe]), reverse=True)
    return {recipe: by_recipe[recipe] for recipe in ordered}


def rival_of(lab: Lab, others: Mapping[RunSpec, Sequence[Run]]) -> RunSpec | None:
    """The other recipe that was chosen, else the one with most runs; None without any."""
    return lab.rival if lab.rival in others else next(iter(others), None)


def choose_rival(
    lab: Lab, mine: RunSpec, rival: RunSpec, runs_by_recipe: Mapping[RunSpec, Sequence[Run]]
) -> None:
    """A choice among the visitor's other recipes.

    Args:
        lab: the session.
        mine: the recipe on the controls.
        rival: the one that is chosen.
        runs_by_recipe: the runs that count.
    """
    others = list(others_of(mine, runs_by_recipe))
    key = control_key("luck_rival", rival)

    def words(recipe: RunSpec) -> str:
        return say_count(
            "{difference} ({count} run)",
            "{difference} ({count} runs)",
            len(runs_by_recipe[recipe]),
            difference=other_settings(recipe_differences(mine, recipe)),
        )

    st.selectbox(
        say("B is another of your recipes. What is different?"),
        others,
        others.index(rival),
        key=key,
        format_func=words,
        on_change=_take_rival,
        args=(lab, key),
    )
    st.caption(words(rival))  # the box cuts it off


def _take_rival(lab: Lab, key: str) -> None:
    lab.rival = st.session_state[key]


def show_recipe(side: Side, runs: Sequence[Run], planned: Sequence[int]) -> None:
    """A recipe in words, how many of the planned runs it has, and which do not count."""
    st.markdown(side.words)
    has = [seed for seed in planned if seed in side.seeds]
    if has:
        counted = say_count(
            "{count} of {all} runs: seed {seeds}.",
            "{count} of {all} runs: seeds {seeds}.",
            len(has),
            all=len(planned),
            seeds=with_commas([str(seed) for seed in has]),
        )
    else:
        counted = say("0 of {all} runs.", all=len(planned))
    st.caption(counted)
    if lost := seed_runs.uncounted(runs, side.recipe):
        did_not_finish = say(
            "These trainings did not finish, so they don't count: {runs}.",
            runs=with_commas([_seed_words(run) for run in lost]),
        )
        st.caption(f":material/warning: {did_not_finish}")


def _seed_words(run: Run) -> str:
    return say("seed {seed} ({state})", seed=run.spec.training.seed, state=state_words(run))
