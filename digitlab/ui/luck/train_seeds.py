"""Train a recipe with further seeds: the button, how it goes on, and its Stop."""

from collections.abc import Callable

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.specs import RunSpec
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.progress import follow_group
from digitlab.wording.reasons import limit_words

_NAME = "luck"


def job_group(lab: Lab) -> JobGroup | None:
    """The trainings under way for Luck, of one recipe at a time."""
    current = lab.job_groups.get(_NAME)
    if current and not current.active and not repository().problem:
        del lab.job_groups[_NAME]  # its networks are kept: the session need not hold them
        return None
    return current


def offer(lab: Lab, letter: str, recipe: RunSpec, seeds: list[int]) -> None:
    """A button that trains as many runs of a recipe as are missing, or five more.

    Args:
        lab: the session.
        letter: of the recipe.
        recipe: as `seed_runs.recipe_of` gives it.
        seeds: of its runs that count.
    """
    missing = seed_runs.NEEDED - len(seeds)
    if not seeds:
        label = "Train it with five seeds"
    elif missing > 0:
        label = f"Train the {f'{missing} that are' if missing > 1 else 'one that is'} missing"
    else:
        label = "Five more seeds"
    under_way = lab.job_groups.get(_NAME)
    st.button(
        label,
        key=f"luck_train_{letter}",
        type="primary" if missing > 0 else "secondary",
        icon=":material/casino:",
        disabled=under_way is not None and under_way.active,
        on_click=_start,
        args=(lab, recipe, seeds, missing if missing > 0 else seed_runs.NEEDED),
    )


def follow(current: JobGroup, draw: Callable[[list[Job]], None]) -> None:
    """Show how the trainings go on until all have ended; then the page runs once more.

    Args:
        current: the trainings.
        draw: shows their jobs so far, live.
    """
    many = len(current.specs)
    follow_group(
        current,
        "luck_stop",
        words=lambda: f"Trained: {many - current.left} of {many} networks",
        draw=lambda: draw(list(current.jobs)),
    )


def _start(lab: Lab, recipe: RunSpec, seeds: list[int], many: int) -> None:
    """Queue the runs; those of this recipe that the visitor trains already are not doubled."""
    if (before := lab.job_groups.get(_NAME)) and before.active:
        return
    running = [
        job
        for job in queue().active()
        if job.owner == lab.owner and seed_runs.recipe_of(job.spec) == recipe
    ][:many]
    taken = [*seeds, *(job.spec.training.seed for job in running)]
    fresh = seed_runs.next_seeds(lab.spec.training.seed, taken, many - len(running))
    runs = [*(job.spec for job in running), *map(recipe.with_seed, fresh)]
    started = JobGroup(tuple(runs), lab.owner, list(running), origin=lab.origin)
    started.advance(queue().submit)
    if started.jobs:
        lab.job_groups[_NAME] = started
    else:
        lab.notice = limit_words(started.problem) if started.problem else ""
