"""What the learner has done, in numbers, and what they can do now."""

from collections.abc import Sequence

import streamlit as st

from digitlab.quiz import progress
from digitlab.runs.record import Run
from digitlab.runs.scores import has_network, validation_accuracy
from digitlab.ui.session.exam import exams
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.layout import cards
from digitlab.wording.abilities import ABILITIES
from digitlab.wording.choices import plain
from digitlab.wording.descriptions import titles
from digitlab.wording.numerals import per_cent

_CARD = 150  # pixels; two side by side on a phone

_COUNTED = (
    "Networks and exams are those of this browser. Steps and questions are those since you opened "
    "the lab: a reload forgets them."
)


def show_numbers(lab: Lab, runs: Sequence[Run]) -> None:
    """How many networks, exams, steps and questions; never a test score.

    Args:
        lab: the session.
        runs: the visitor's, newest first.
    """
    trained = [run for run in runs if has_network(run)]
    steps = (*path.STEPS, *path.WHY)
    scored = {run.id: share for run in trained if (share := validation_accuracy(run)) is not None}
    best = max(scored, key=lambda run_id: scored[run_id], default=None)
    right, asked = progress(lab.checks.values())
    numbers = {
        "Networks trained": f"{len(trained):,}",
        "Best accuracy": per_cent(scored[best], 1) if best else "–",
        "Exams taken": f"{len(exams(lab)):,}",
        "Steps done": f"{sum(step.name in lab.done for step in steps)} of {len(steps)}",
    }
    st.header("What you have done", anchor=False)
    grid = cards(_CARD)
    for name, value in numbers.items():
        with grid.cell():
            st.metric(name, value)
    if best:
        words = f"Best accuracy: the validation accuracy of **{plain(titles(runs)[best])}**."
    elif trained:
        words = "None of your networks had validation digits: set a validation share on Train."
    else:
        words = "You have trained no network yet."
    st.caption(f"{words} {_COUNTED}")
    if right:
        st.markdown(f"You have answered **{right} of {asked}** questions of *Check yourself*.")


def show_abilities(lab: Lab) -> None:
    """What the steps that are done have taught, and links to the others."""
    steps = (*path.STEPS, *path.WHY)
    done = [step for step in steps if step.name in lab.done]
    st.header("What you can do now", anchor=False)
    if done:
        st.markdown("\n".join(f"- {ABILITIES[step.name]}" for step in done))
    else:
        st.markdown("You have done no step yet. Begin with the first one.")
    left = [step for step in steps if step not in done]
    if left:
        st.caption("Steps that you have not done yet:" if done else "The steps:")
        with st.container(horizontal=True):
            for step in left:
                link(step, step.name, ":material/circle:")
