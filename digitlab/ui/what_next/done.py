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
from digitlab.wording.abilities import ability
from digitlab.wording.numerals import per_cent, whole
from digitlab.wording.say import say
from digitlab.wording.settings.choices import plain
from digitlab.wording.settings.descriptions import titles

_CARD = 150  # pixels; two side by side on a phone


def show_numbers(lab: Lab, runs: Sequence[Run]) -> None:
    """How many networks, exams, steps and questions; never a test score.

    Args:
        lab: the session.
        runs: those that Runs lists, newest first: also others' that were opened by address.
    """
    trained = [run for run in runs if run.owner == lab.owner and has_network(run)]
    steps = (*path.STEPS, *path.WHY)
    scored = {run.id: share for run in trained if (share := validation_accuracy(run)) is not None}
    best = max(scored, key=lambda run_id: scored[run_id], default=None)
    right, asked = progress(lab.checks.values())
    steps_done = sum(step.name in lab.done for step in steps)
    numbers = (
        (say("Your networks"), whole(len(trained))),
        (say("Best accuracy"), per_cent(scored[best], 1) if best else "–"),
        (say("Exams taken"), whole(len(exams(lab)))),
        (say("Steps done"), f"{steps_done} / {len(steps)}"),
    )
    st.header(say("What you have done"), anchor=False)
    grid = cards(_CARD)
    for label, value in numbers:
        with grid.cell():
            st.metric(label, value)
    if best:
        words = say(
            "The best accuracy is the validation accuracy of **{run}**.",
            run=plain(titles(runs)[best]),
        )
    elif trained:
        words = say(
            "None of your networks has a validation accuracy. To get one, set a validation share "
            "on Train."
        )
    else:
        words = say("You have no trained network now.")
    counted = say(
        "The lab counts the networks of this browser that are on **Runs** now, and the exams of "
        "this browser. It forgets which steps and questions you have done when you reload the "
        "page."
    )
    st.caption(f"{words} {counted}")
    if right:
        st.markdown(
            say(
                "You have answered **{right} of {all}** questions of *Check yourself* correctly.",
                right=right,
                all=asked,
            )
        )


def show_abilities(lab: Lab) -> None:
    """What the steps that are done have taught, and links to the others."""
    steps = (*path.STEPS, *path.WHY)
    done = [step for step in steps if step.name in lab.done]
    st.header(say("What you can do now"), anchor=False)
    if done:
        st.markdown("\n".join(f"- {ability(step.name)}" for step in done))
    else:
        st.markdown(say("You have not done a step yet. Start with the first one."))
    if left := [step for step in steps if step not in done]:
        st.caption(
            say("You have not done these steps yet:") if done else say("These are the steps:")
        )
        with st.container(horizontal=True):
            for step in left:
                link(step, step.title, ":material/circle:")
