"""Train a recipe with the seeds that it lacks: the button, how it goes on, and its Stop."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from digitlab import limits
from digitlab.analysis import seed_runs
from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.specs import RunSpec
from digitlab.ui.session.begin_training import begin_group
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.progress import follow_group
from digitlab.wording.say import Message, say, say_count, say_message, to_say

_NAME = "luck"
_LABELS: Final[dict[int, Message]] = {
    5: to_say("Train it with five seeds"),
    10: to_say("Train it with ten seeds"),
    20: to_say("Train it with twenty seeds"),
}
"""On the button, for each of `limits.SEED_COUNTS`."""


def job_group(lab: Lab) -> JobGroup | None:
    """The trainings under way for Luck, of one recipe at a time."""
    current = lab.job_groups.get(_NAME)
    if current and not current.active and not repository().problem:
        # Its networks are kept: nobody need hold them. Another tab may have let them go already.
        lab.job_groups.pop(_NAME, None)
        return None
    return current


def choose_size(lab: Lab) -> None:
    """With how many seeds the recipes are compared: chosen before the runs."""
    key = control_key("luck_seeds", lab.luck_seeds)
    st.segmented_control(
        say("How many seeds?"),
        limits.SEED_COUNTS,
        default=lab.luck_seeds,
        required=True,
        key=key,
        on_change=_take_size,
        args=(lab, key),
        help=say(
            "Choose this number before you train. More seeds take longer. But with more seeds "
            "you can find smaller differences."
        ),
    )


def _take_size(lab: Lab, key: str) -> None:
    lab.luck_seeds = st.session_state[key]


def offer(lab: Lab, letter: str, recipe: RunSpec, missing: Sequence[int], size: int) -> None:
    """A button that trains the runs that a recipe lacks; none if it has them all.

    Args:
        lab: the session.
        letter: of the recipe.
        recipe: as `seed_runs.recipe_of` gives it.
        missing: seeds that were planned and of which it has no run that counts.
        size: how many were planned.
    """
    if not missing:
        return
    many = len(missing)
    label = (
        say_message(_LABELS[size])
        if many == size
        else say_count("Train the missing run", "Train the {count} missing runs", many)
    )
    under_way = lab.job_groups.get(_NAME)
    st.button(
        label,
        key=f"luck_train_{letter}",
        type="primary",
        icon=":material/casino:",
        disabled=under_way is not None and under_way.active,
        on_click=_start,
        args=(lab, recipe, missing),
    )


def followed(current: JobGroup | None, draw: Callable[[list[Job]], None]) -> None:
    """Show how the trainings go on until all have ended, if there are any, and what they give.

    Args:
        current: the trainings.
        draw: shows them; it gets those under way, live.
    """
    if current is None or not current.active:
        draw([])
        return
    many = len(current.specs)
    follow_group(
        current,
        "luck_stop",
        words=lambda: say("Trained: {done} of {all} networks", done=many - current.left, all=many),
        draw=lambda: draw(list(current.jobs)),
    )


def _start(lab: Lab, recipe: RunSpec, missing: Sequence[int]) -> None:
    """Queue the runs; those that the visitor trains already are not doubled."""
    if (before := lab.job_groups.get(_NAME)) and before.active:
        return
    running = {
        job.spec.training.seed: job
        for job in queue().active()
        if job.owner == lab.owner and seed_runs.recipe_of(job.spec) == recipe
    }
    first = [running[seed] for seed in missing if seed in running]
    fresh = [recipe.with_seed(seed) for seed in missing if seed not in running]
    specs = (*(job.spec for job in first), *fresh)
    begin_group(lab, _NAME, JobGroup(specs, lab.owner, first, origin=lab.origin))
